"""What a start-up declares about public money of the United Kingdom."""

from pydantic import Field

from softlanding import Day, Described, Form, MoneyInput, Name


class SubsidyKind(Described):
    """The rules an amount was given under; all count."""

    MFA = "MFA", "Minimal financial assistance, Subsidy Control Act 2022."
    SPEI = "SPEI", "Assistance for services of public economic interest."
    EU_DEMINIMIS_NI = "EU_DEMINIMIS_NI", "EU de minimis aid, as in Northern Ireland."
    SAFA = "SAFA", "Small amounts of financial assistance, before the Act."


class SubsidyGrant(Form):
    """One amount that the start-up was given."""

    authority: Name = Field(description="The public authority that gave it.")
    amount: MoneyInput = Field(description="What it was worth, in GBP.")
    given_on: Day = Field(description="The day on which it was given.")
    kind: SubsidyKind = Field(description="The rules it was given under.")


class SubsidyPosition(
    Form,
    json_schema_extra={
        "examples": [
            {
                "grants": [
                    {
                        "authority": "Example Council",
                        "amount": {"amount": "12000.00", "currency": "GBP"},
                        "given_on": "2025-06-02",
                        "kind": "MFA",
                    }
                ],
                "new_amount": {"amount": "5000.00", "currency": "GBP"},
                "confirmed": True,
            }
        ]
    },
):
    """All that was given since the beginning of the window, and what is to be given."""

    grants: list[SubsidyGrant] = Field(
        default_factory=list,
        max_length=200,
        description="All that was given in this and the two previous financial years.",
    )
    new_amount: MoneyInput = Field(
        description="What is to be given for the stay, in GBP; 0 when there is nothing."
    )
    new_given_on: Day | None = Field(
        default=None, description="The day on which it is to be given; empty for today."
    )
    confirmed: bool = Field(
        default=False,
        description="Has the start-up confirmed in writing that with it the ceiling is kept?",
    )

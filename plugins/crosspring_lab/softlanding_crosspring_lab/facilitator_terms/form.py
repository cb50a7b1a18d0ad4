"""Who guides the start-up, and what the two have agreed on."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from softlanding import PERSONAL, Described, Form, Line, MoneyInput, Name, Prose
from softlanding_crosspring_lab.house import Percent


class FeeModel(Described):
    """What the facilitator is given for its work."""

    FEE = "FEE", "The start-up pays a fee."
    SHARE = "SHARE", "The facilitator takes a share in the start-up."
    FEE_AND_SHARE = "FEE_AND_SHARE", "The start-up pays a fee, and the facilitator takes a share."
    NONE = "NONE", "The facilitator works free of charge."


class Facilitator(Form):
    """The facilitator: the mentor who guides the start-up in the Netherlands."""

    name: Name = Field(description="Name of the facilitator, as registered.")
    kvk: Line = Field(description="Its number in the trade register of the KvK, 8 digits.")
    years_experience: Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)] = (
        Field(description="Years for which it has guided innovative start-ups.")
    )
    assets: MoneyInput = Field(description="All it owns, from its last balance sheet, in EUR.")
    liabilities: MoneyInput = Field(
        description="All it owes, from its last balance sheet, in EUR; equity is the difference."
    )
    insolvent: bool = Field(
        description="Is it bankrupt, or has it been granted a suspension of payments?"
    )
    share_pct: Percent = Field(description="Its share in the start-up, in percent.")
    family_degree: Annotated[int | None, Field(ge=1, le=20), PERSONAL] = Field(
        default=None,
        description="Degree in which facilitator and a founder are related; empty if they are not.",
    )


class MentorAgreement(Form):
    """What facilitator and start-up have agreed on."""

    facilities: list[Line] = Field(
        default_factory=list, max_length=20, description="What is offered: desk, lab, network, …"
    )
    coaching_hours: Annotated[Decimal, Field(ge=0, le=1000, max_digits=6, decimal_places=2)] = (
        Field(description="Hours of coaching during the stay.")
    )
    ip_clause: Prose | None = Field(
        default=None, description="Who owns what is invented, in the words of the agreement."
    )
    fee_model: FeeModel = Field(description="Fee, share, both or none.")
    signed_by_both: bool = Field(description="Have facilitator and start-up signed?")


class FacilitatorTerms(
    Form,
    json_schema_extra={
        "examples": [
            {
                "facilitator": {
                    "name": "Voorbeeld Facilitator",
                    "kvk": "00000009",
                    "years_experience": "5",
                    "assets": {"amount": "250000.00", "currency": "EUR"},
                    "liabilities": {"amount": "90000.00", "currency": "EUR"},
                    "insolvent": False,
                    "share_pct": "5",
                    "family_degree": None,
                },
                "agreement": {
                    "facilities": ["A desk in the lab", "Introductions to housing corporations"],
                    "coaching_hours": "16",
                    "ip_clause": "What the start-up invents belongs to the start-up.",
                    "fee_model": "FEE_AND_SHARE",
                    "signed_by_both": True,
                },
                "startup_kvk": "00000008",
            }
        ]
    },
):
    """Facilitator and agreement; both left out where there is none."""

    facilitator: Facilitator | None = Field(
        default=None, description="The facilitator; left out where the stay has none."
    )
    agreement: MentorAgreement | None = Field(
        default=None, description="The agreement; left out where there is none."
    )
    startup_kvk: Line | None = Field(
        default=None,
        description="The start-up's own KvK number; that of its profile when left out.",
    )

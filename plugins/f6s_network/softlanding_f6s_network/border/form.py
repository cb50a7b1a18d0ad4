"""What each traveller needs to enter the United Kingdom; no numbers and no scans of passports."""

from typing import Annotated

from pydantic import Field

from softlanding import PERSONAL, CountryCode, Day, Described, Form, Name


class UkStatus(Described):
    """A traveller's right to be in the United Kingdom."""

    NONE = "NONE", "None: the traveller comes as a visitor."
    SETTLED = "SETTLED", "Indefinite leave to remain, or settled status."
    PRE_SETTLED = "PRE_SETTLED", "Pre-settled status."
    OTHER_PERMISSION = "OTHER_PERMISSION", "Another permission to stay that is in force."


class BorderTraveller(Form):
    """One traveller."""

    name: Annotated[Name, PERSONAL] = Field(description="The traveller's name, as in the stay.")
    nationalities: Annotated[list[CountryCode], PERSONAL] = Field(
        min_length=1, max_length=5, description="All nationalities, ISO 3166-1 alpha-2."
    )
    uk_status: Annotated[UkStatus, PERSONAL] = Field(
        default=UkStatus.NONE, description="The right to be in the United Kingdom, if any."
    )
    eta_applied_on: Annotated[Day | None, PERSONAL] = Field(
        default=None, description="The day on which an ETA was applied for."
    )
    eta_granted_on: Annotated[Day | None, PERSONAL] = Field(
        default=None,
        description="The day on which the ETA was granted; empty until it is.",
    )
    passport_expiry: Annotated[Day | None, PERSONAL] = Field(
        default=None, description="Last day of the passport that the ETA belongs to."
    )


class Border(
    Form,
    json_schema_extra={
        "examples": [
            {
                "travellers": [
                    {
                        "name": "Paul Demo",
                        "nationalities": ["FR"],
                        "eta_applied_on": "2026-11-10",
                        "eta_granted_on": "2026-11-12",
                        "passport_expiry": "2031-05-20",
                    }
                ]
            }
        ]
    },
):
    """The travellers, each with nationalities, status and ETA."""

    travellers: list[BorderTraveller] = Field(
        min_length=1, max_length=20, description="All travellers of the stay."
    )

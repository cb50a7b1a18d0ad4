"""What the host notes before it hands out badges."""

from typing import Annotated

from pydantic import Field

from softlanding import PERSONAL, Day, Form, Line, MoneyInput, Name


class CampusInsurance(Form):
    """The liability insurance of the start-up."""

    insurer: Name = Field(description="Name of the insurer.")
    cover: MoneyInput = Field(description="Sum insured per case.")
    valid_from: Day = Field(description="First day of cover.")
    valid_to: Day = Field(description="Last day of cover.")


_EXAMPLE = {
    "liability_insurance": {
        "insurer": "Example Insurance",
        "cover": {"amount": "1000000", "currency": "EUR"},
        "valid_from": "2027-03-01",
        "valid_to": "2027-03-30",
    },
    "persons": ["Example Founder"],
    "rooms": ["ETOILE 1"],
    "convention_signed_on": "2026-11-22",
    "resident_projects": 20,
}


class CampusPass(Form, json_schema_extra={"examples": [_EXAMPLE]}):
    """Badges, insurance, hosting agreement."""

    liability_insurance: CampusInsurance = Field(description="The liability insurance.")
    persons: Annotated[list[Name], PERSONAL] = Field(
        min_length=1, max_length=100, description="Names of those who need a badge."
    )
    rooms: list[Line] = Field(
        default_factory=list, max_length=50, description="Rooms the badges open."
    )
    convention_signed_on: Day | None = Field(
        default=None, description="The day on which the hosting agreement was signed."
    )
    desk_blocks: int = Field(default=1, ge=1, le=25, description="Blocks of desks for the stay.")
    resident_projects: int = Field(
        ge=0,
        le=1000,
        description="Projects of the incubator in the building during the stay, without guests.",
    )

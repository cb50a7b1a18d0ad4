"""What the home incubator notes to find out whether a trip can be refunded."""

from pydantic import Field

from softlanding import CountryCode, Day, Described, Form


class ProgrammeKind(Described):
    """What a start-up travels to."""

    ACCELERATOR = "ACCELERATOR", "An accelerator programme."
    INCUBATOR = "INCUBATOR", "A stay at an incubator."
    OTHER = "OTHER", "Something else."


class MobilityGrant(
    Form,
    json_schema_extra={
        "examples": [
            {
                "registered_on": "2022-05-02",
                "sme": True,
                "destination": "FR",
                "start": "2027-03-01",
                "end": "2027-03-30",
                "programme_kind": "INCUBATOR",
            }
        ]
    },
):
    """The company and its trip, as an application for the grant would show them."""

    registered_on: Day = Field(description="The day on which the company was registered.")
    sme: bool = Field(description="Is it a micro, small or medium-sized enterprise?")
    destination: CountryCode = Field(description="The country of the stay, ISO 3166-1 alpha-2.")
    start: Day = Field(description="First day of the stay.")
    end: Day = Field(description="Last day of the stay.")
    programme_kind: ProgrammeKind = Field(description="What the start-up travels to.")

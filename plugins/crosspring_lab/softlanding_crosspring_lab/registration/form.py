"""Who spends how many nights in the Netherlands, and the appointments that follow from it."""

from typing import Annotated

from pydantic import Field

from softlanding import PERSONAL, Day, Form, Line, Name


class RegistrationPerson(Form):
    """One traveller: nights, and the appointment to register."""

    name: Annotated[Name, PERSONAL] = Field(description="The traveller's name, as in the stay.")
    nights_before: Annotated[int, Field(ge=0, le=184), PERSONAL] = Field(
        description="Nights in the Netherlands during the six months before the arrival."
    )
    planned_nights: Annotated[int | None, Field(ge=0, le=366), PERSONAL] = Field(
        default=None,
        description="Nights planned from the arrival on; all of the stay when left out.",
    )
    needs_bsn: bool = Field(
        default=False, description="Does the traveller need a Dutch citizen number (BSN)?"
    )
    appointment_on: Annotated[Day | None, PERSONAL] = Field(
        default=None, description="The day of the appointment to register, in person."
    )
    appointment_city: Annotated[Line | None, PERSONAL] = Field(
        default=None, description="The municipality of the appointment."
    )


class Registration(
    Form,
    json_schema_extra={
        "examples": [
            {
                "city": "Voorbeeldstad",
                "persons": [
                    {
                        "name": "Selma Demo",
                        "nights_before": 0,
                        "planned_nights": 29,
                        "needs_bsn": True,
                        "appointment_on": "2027-04-15",
                        "appointment_city": "Voorbeeldstad",
                    }
                ],
            }
        ]
    },
):
    """Nights and appointments of all travellers."""

    city: Line = Field(description="The municipality in which they live during the stay.")
    persons: list[RegistrationPerson] = Field(
        min_length=1, max_length=20, description="All travellers of the stay."
    )

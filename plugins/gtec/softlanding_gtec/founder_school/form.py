"""What the start-up attended at the founder school."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from softlanding import PERSONAL, Day, Form, Line, Name

Hours = Annotated[Decimal, Field(ge=0, le=200, max_digits=5, decimal_places=2)]
"""Hours, 0 to 200, at most two decimals."""


class GtecSession(Form):
    """A session of the curriculum."""

    topic: Line = Field(description="The topic; the same words for the same topic.")
    hours: Hours = Field(description="Its length in hours.")
    attended: bool = Field(description="Did somebody of the start-up attend it?")


class GtecFounderSchool(
    Form,
    json_schema_extra={
        "examples": [
            {
                "sessions": [
                    {"topic": "Market", "hours": "6", "attended": True},
                    {"topic": "Finance", "hours": "4", "attended": True},
                    {"topic": "Team", "hours": "4.5", "attended": True},
                    {"topic": "Law", "hours": "3", "attended": False},
                ],
                "mentor_hours": "5",
                "mentor": "Example Mentor",
                "signed_on": "2027-05-31",
            }
        ]
    },
):
    """The attendance log: sessions, hours with the mentor, the mentor's signature."""

    sessions: list[GtecSession] = Field(
        default_factory=list, max_length=100, description="All sessions that were offered."
    )
    mentor_hours: Hours = Field(description="Hours with the mentor.")
    mentor: Annotated[Name | None, PERSONAL] = Field(
        default=None, description="The mentor who signs the attendance log."
    )
    signed_on: Day | None = Field(
        default=None, description="The day on which the mentor signed the attendance log."
    )

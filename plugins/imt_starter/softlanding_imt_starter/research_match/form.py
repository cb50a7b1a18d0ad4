"""Which researchers the host has chosen, and when the start-up meets them."""

from typing import Annotated

from pydantic import Field, StringConstraints

from softlanding import PERSONAL, Day, Form, Line

ClockTime = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day in Évry, such as 09:30."""


class ResearchMeeting(Form):
    """A meeting: day, beginning and length."""

    day: Day = Field(description="The day, ISO 8601.")
    starts_at: ClockTime = Field(description="The beginning, local time in Évry, HH:MM.")
    minutes: int = Field(default=60, ge=15, le=240, description="Length in minutes.")
    room: Line | None = Field(default=None, description="Where, if known.")


class ResearchContact(Form):
    """A chosen researcher, with a meeting once it is agreed."""

    orcid: Annotated[Line, PERSONAL] = Field(
        description="ORCID of the researcher, as in the directory."
    )
    meeting: ResearchMeeting | None = Field(default=None, description="The meeting, if agreed.")


_EXAMPLE = {
    "contacts": [
        {
            "orcid": "0099-0000-0000-0062",
            "meeting": {"day": "2027-03-09", "starts_at": "10:00", "minutes": 60},
        }
    ]
}


class ResearchMatch(Form, json_schema_extra={"examples": [_EXAMPLE]}):
    """The researchers chosen for a start-up."""

    contacts: list[ResearchContact] = Field(
        default_factory=list,
        max_length=50,
        description="One entry per researcher and meeting; a second meeting is a second entry.",
    )

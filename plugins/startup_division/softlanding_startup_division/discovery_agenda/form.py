"""The meetings that the host arranges."""

from typing import Annotated

from pydantic import Field, StringConstraints

from softlanding import Day, Described, Form, Line
from softlanding_common.goals.form import GoalKey

ClockTime = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day in Lithuania, such as 09:30."""


class MeetingType(Described):
    """Which part of the ecosystem a meeting opens."""

    INVESTOR = "INVESTOR", "Somebody who may invest."
    CORPORATE = "CORPORATE", "A large company."
    PUBLIC_BODY = "PUBLIC_BODY", "A ministry, agency or city."
    UNIVERSITY = "UNIVERSITY", "A university or institute."
    STARTUP = "STARTUP", "Another start-up."
    CUSTOMER = "CUSTOMER", "Somebody who may buy."


class AgendaMeeting(Form):
    """One meeting."""

    type: MeetingType = Field(description="Which part of the ecosystem it opens.")
    org: Line = Field(description="The organisation; no names of persons.")
    day: Day = Field(description="The day, ISO 8601.")
    starts_at: ClockTime = Field(description="The beginning, local time in Lithuania, HH:MM.")
    minutes: int = Field(default=60, ge=15, le=480, description="Length in minutes.")
    goal: GoalKey = Field(description="Key of the goal it serves, as in the step Goals and needs.")


class DiscoveryAgenda(
    Form,
    json_schema_extra={
        "examples": [
            {
                "meetings": [
                    {
                        "type": "CORPORATE",
                        "org": "Example Dairy",
                        "day": "2027-06-09",
                        "starts_at": "10:00",
                        "minutes": 60,
                        "goal": "pilot",
                    }
                ]
            }
        ]
    },
):
    """The agenda of a stay."""

    meetings: list[AgendaMeeting] = Field(
        default_factory=list, max_length=100, description="All meetings, in any order."
    )

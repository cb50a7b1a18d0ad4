"""What the outcome report rests on."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from softlanding import Day, Described, Form, Name
from softlanding_common.goals.form import Need

Hours = Annotated[Decimal, Field(gt=0, le=12, max_digits=4, decimal_places=2)]


class MeetingResult(Described):
    """What a meeting led to."""

    NONE = "NONE", "Nothing further."
    LEAD = "LEAD", "A possible customer or partner who wants to hear more."
    LETTER_OF_INTENT = "LETTER_OF_INTENT", "A letter of intent."
    PILOT = "PILOT", "A pilot."
    CUSTOMER = "CUSTOMER", "A customer."
    INVESTMENT = "INVESTMENT", "Talks about an investment."
    COLLABORATION = "COLLABORATION", "A collaboration in research."


class ReportMeeting(Form):
    """One meeting that was held."""

    on: Day = Field(description="The day of the meeting.")
    organisation: Name = Field(description="The organisation met.")
    need: Need = Field(description="What the meeting was for.")
    usefulness: int = Field(ge=1, le=5, description="How useful it was, 1 (not) to 5 (very).")
    result: MeetingResult = Field(
        default=MeetingResult.NONE, description="What it has led to so far."
    )


class MentorSession(Form):
    """Time with the mentor on one day."""

    on: Day = Field(description="The day.")
    hours: Hours = Field(description="Hours, more than 0 and at most 12.")


class Absence(Form):
    """Days of the stay on which the start-up was not at its host."""

    first: Day = Field(description="First day away.")
    last: Day = Field(description="Last day away, included.")


_EXAMPLE = {
    "meetings": [
        {
            "on": "2027-03-03",
            "organisation": "Example Works",
            "need": "CORPORATES",
            "usefulness": 4,
            "result": "PILOT",
        }
    ],
    "mentor_sessions": [{"on": "2027-03-02", "hours": "1.5"}],
    "absences": [{"first": "2027-03-20", "last": "2027-03-21"}],
    "exit_interview_on": "2027-03-29",
    "checked_out_on": "2027-03-30",
}


class Report(Form, json_schema_extra={"examples": [_EXAMPLE]}):
    """Meetings, mentor sessions, absences, and the end of the stay."""

    meetings: list[ReportMeeting] = Field(
        default_factory=list, max_length=200, description="The meetings that were held."
    )
    mentor_sessions: list[MentorSession] = Field(
        default_factory=list, max_length=100, description="Time with the mentor."
    )
    absences: list[Absence] = Field(
        default_factory=list, max_length=50, description="Days away from the host."
    )
    exit_interview_on: Day | None = Field(
        default=None, description="Day of the demo and exit interview."
    )
    checked_out_on: Day | None = Field(
        default=None, description="Day on which badge and desk were given back."
    )

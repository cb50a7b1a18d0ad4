"""The mid-term review."""

from pydantic import Field

from softlanding import Day, Described, Form, Line
from softlanding_common.goals.form import GoalKey


class GoalState(Described):
    """Where a goal stands."""

    ON_TRACK = "ON_TRACK", "It will be reached."
    AT_RISK = "AT_RISK", "It may be missed; a next step is named."
    REACHED = "REACHED", "It is reached."
    DROPPED = "DROPPED", "It is no longer pursued."


class GoalProgress(Form):
    """Where one goal stands."""

    goal: GoalKey = Field(description="Key of the goal, as noted with the goals.")
    state: GoalState = Field(description="Where it stands.")
    next_step: Line | None = Field(
        default=None, description="What is to be done next, and by whom."
    )


_EXAMPLE = {
    "kickoff_on": "2027-03-04",
    "held_on": "2027-03-15",
    "progress": [
        {
            "goal": "pilot",
            "state": "AT_RISK",
            "next_step": "The mentor calls the second company by Friday.",
        }
    ],
}


class Midterm(Form, json_schema_extra={"examples": [_EXAMPLE]}):
    """The kick-off, and the review of each goal."""

    kickoff_on: Day | None = Field(
        default=None, description="The day the goals were gone through at the kick-off."
    )
    held_on: Day = Field(description="The day of the review.")
    progress: list[GoalProgress] = Field(
        min_length=1, max_length=10, description="Where each goal stands."
    )

"""Who looks after the start-up, and to whom it is introduced."""

from typing import Annotated

from pydantic import Field

from softlanding import PERSONAL, Day, Described, Form, Name
from softlanding_common.goals.form import GoalKey, Need


class IntroductionOutcome(Described):
    """What became of an introduction."""

    PLANNED = "PLANNED", "Asked for or agreed; not held yet."
    HELD = "HELD", "Held; nothing further is agreed."
    FOLLOW_UP = "FOLLOW_UP", "Held; they meet again."
    DECLINED = "DECLINED", "The other side did not want to."


class Introduction(Form):
    """One introduction, for one need of one goal."""

    goal: GoalKey = Field(description="Key of the goal, as noted with the goals.")
    need: Need = Field(description="Which need of the goal it is for.")
    to: Name = Field(description="The organisation the start-up is introduced to.")
    on: Day | None = Field(default=None, description="The day they meet; none while not agreed.")
    outcome: IntroductionOutcome = Field(
        default=IntroductionOutcome.PLANNED, description="What became of it."
    )


_EXAMPLE = {
    "mentor": "Example Mentor",
    "introductions": [
        {
            "goal": "pilot",
            "need": "CORPORATES",
            "to": "Example Works",
            "on": "2027-03-03",
            "outcome": "PLANNED",
        }
    ],
}


class Mentor(Form, json_schema_extra={"examples": [_EXAMPLE]}):
    """A mentor by name, and the introductions."""

    # May be left out, so that the introductions stay readable once the name is deleted.
    mentor: Annotated[Name | None, PERSONAL] = Field(
        default=None, description="Name of the mentor."
    )
    introductions: list[Introduction] = Field(
        default_factory=list, max_length=100, description="To whom the start-up is introduced."
    )

"""The goals of a stay, each with what the start-up needs to reach it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from softlanding import Described, Form, Line

GoalKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,19}$")]
"""A short name for a goal, such as `pilot`; other steps refer to it."""


class Need(Described):
    """What a start-up looks for in another country."""

    CUSTOMERS = "CUSTOMERS", "People or companies that may buy."
    CORPORATES = "CORPORATES", "Large companies for a pilot."
    INVESTORS = "INVESTORS", "Those who may invest."
    PARTNERS = "PARTNERS", "Start-ups or companies to work with."
    RESEARCH = "RESEARCH", "Researchers, labs, students."
    REGULATION = "REGULATION", "Public bodies, permits, rules of the market."
    TALENT = "TALENT", "People to hire."
    MENTORING = "MENTORING", "Advice of people who know the market."


class Goal(Form):
    """One goal."""

    key: GoalKey = Field(description="Short name, the same as long as the goal is the same.")
    text: Line = Field(description="What is to be reached, in one sentence.")
    needs: list[Need] = Field(
        min_length=1, max_length=8, description="What the start-up needs for it."
    )


class Goals(
    Form,
    json_schema_extra={
        "examples": [
            {
                "goals": [
                    {
                        "key": "pilot",
                        "text": "Agree on a pilot with one industrial customer",
                        "needs": ["CORPORATES", "MENTORING"],
                    }
                ]
            }
        ]
    },
):
    """What the month is for: one to three goals."""

    goals: list[Goal] = Field(min_length=1, max_length=3, description="One to three goals.")

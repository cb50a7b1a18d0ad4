"""Which corporates the host introduces, what they look for, and what was signed with them."""

from typing import Annotated

from pydantic import Field, StringConstraints

from softlanding import PERSONAL, Day, Form, Line, Name

NaceCode = Annotated[str, StringConstraints(pattern=r"^([A-Z]|[0-9]{2}(\.[0-9]{1,2})?)$")]
"""A section, division, group or class of NACE Rev. 2.1: `K`, `62`, `62.1`, `62.10`."""


class GtecCorporate(Form):
    """A large company that may run a pilot."""

    name: Name = Field(description="Name of the company.")
    nace: list[NaceCode] = Field(
        default_factory=list,
        max_length=20,
        description="What it does, by NACE Rev. 2.1: section, division, group or class.",
    )
    interests: list[Line] = Field(
        default_factory=list, max_length=20, description="What it looks for, in keywords."
    )
    contact: Annotated[Name | None, PERSONAL] = Field(
        default=None, description="Whom to talk to there."
    )


class GtecMeeting(Form):
    """A meeting with one of the corporates."""

    party: Name = Field(description="The company, by its name above.")
    day: Day = Field(description="The day of the meeting.")
    confidential: bool = Field(
        default=False, description="Will something be told that is to stay secret?"
    )


class GtecSignedNda(Form):
    """An agreement on secrecy (NDA) that was signed."""

    party: Name = Field(description="The company it was signed with, by its name above.")
    signed_on: Day = Field(description="The day on which the last party signed.")


class GtecCorporateMatch(
    Form,
    json_schema_extra={
        "examples": [
            {
                "corporates": [
                    {"name": "Demo Works", "nace": ["28.22"], "interests": ["factory networks"]},
                    {"name": "Demo Telecom", "nace": ["61"]},
                    {"name": "Demo Software", "nace": ["K"]},
                ],
                "offers": ["Factory networks"],
                "meetings": [{"party": "Demo Works", "day": "2027-05-10", "confidential": True}],
                "ndas": [{"party": "Demo Works", "signed_on": "2027-05-03"}],
            }
        ]
    },
):
    """Corporates, what the start-up offers them, meetings and agreements on secrecy."""

    corporates: list[GtecCorporate] = Field(
        min_length=1, max_length=50, description="The companies the host introduces."
    )
    offers: list[Line] = Field(
        default_factory=list,
        max_length=20,
        description="What the start-up offers, in the keywords used for interests.",
    )
    meetings: list[GtecMeeting] = Field(
        default_factory=list, max_length=100, description="The meetings that are agreed."
    )
    ndas: list[GtecSignedNda] = Field(
        default_factory=list, max_length=100, description="The agreements on secrecy signed."
    )

"""What a start-up says of its profile on F6S."""

from pydantic import Field

from softlanding import Form, Line, Prose
from softlanding_f6s_network.house import WebAddress


class ProfileFields(Form):
    """The seven parts of a profile, as they stand on F6S; what is empty is left out."""

    one_liner: Line | None = Field(default=None, description="The start-up in one sentence.")
    description: Prose | None = Field(default=None, description="What it does, at length.")
    team: int = Field(default=0, ge=0, le=1000, description="Number of people shown as the team.")
    market: Prose | None = Field(default=None, description="The market it is in.")
    traction: Prose | None = Field(default=None, description="What it has reached so far.")
    video_url: WebAddress | None = Field(default=None, description="Address of its video.")
    deck_url: WebAddress | None = Field(default=None, description="Address of its pitch deck.")


class F6sProfile(
    Form,
    json_schema_extra={
        "examples": [
            {
                "f6s_url": "https://www.f6s.com/example-startup",
                "fields": {
                    "one_liner": "Digital identity for e-health",
                    "description": "We let hospitals know who asks.",
                    "team": 3,
                    "market": "Hospitals in Europe.",
                    "traction": "Two pilots.",
                    "deck_url": "https://example.org/deck.pdf",
                },
                "uses_open_call": False,
                "uk_public_money": False,
            }
        ]
    },
):
    """The profile on F6S and what the application rests on."""

    f6s_url: Line = Field(description="Address of the profile: https://www.f6s.com/…")
    fields: ProfileFields = Field(description="The parts of the profile.")
    uses_open_call: bool = Field(
        description="Does the stay use a sub-grant of an open call (cascade funding)?"
    )
    uk_public_money: bool = Field(
        description="Does public money of the United Kingdom pay for any part of the stay?"
    )

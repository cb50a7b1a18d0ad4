"""What the home incubator asks its start-up later.

The questions are those by which other programmes measure lasting effects: market, customers,
partnerships, resources, pilots, investment (Scaleup4Europe), jobs and new products (EEN).
"""

from pydantic import Field

from softlanding import Day, Described, Form, MoneyInput, Prose


class Settlement(Described):
    """Whether the start-up has settled in the host's country."""

    YES = "YES", "It has settled there."
    NO = "NO", "It has not, and will not."
    LATER = "LATER", "It has not yet decided."


class FollowUpFigures(Form):
    """The figures of one follow-up, counted since the stay; as the start-up declares them."""

    measured_on: Day = Field(description="The day the figures were asked for.")
    market_entered: bool = Field(description="Does it sell in the host's country?")
    customers: int = Field(ge=0, le=100_000, description="Customers there.")
    pilots: int = Field(ge=0, le=1000, description="Pilots and letters of intent there.")
    partnerships: int = Field(ge=0, le=1000, description="Partnerships with firms there.")
    research_collaborations: int = Field(
        ge=0, le=1000, description="Collaborations with researchers there."
    )
    raised: MoneyInput | None = Field(default=None, description="Money raised since the stay.")
    jobs_added: int = Field(ge=0, le=10_000, description="Jobs added since the stay.")
    new_products: int = Field(ge=0, le=1000, description="New products since the stay.")
    settlement: Settlement = Field(description="Has it settled there?")
    note: Prose | None = Field(default=None, description="What lasted, in a few words.")


_EXAMPLE = {
    "measurements": [
        {
            "measured_on": "2027-09-01",
            "market_entered": True,
            "customers": 2,
            "pilots": 1,
            "partnerships": 1,
            "research_collaborations": 0,
            "raised": {"amount": "250000.00", "currency": "EUR"},
            "jobs_added": 3,
            "new_products": 1,
            "settlement": "LATER",
        }
    ]
}


class FollowUp(Form, json_schema_extra={"examples": [_EXAMPLE]}):
    """The follow-ups so far, first and second."""

    measurements: list[FollowUpFigures] = Field(
        min_length=1, max_length=4, description="The follow-ups so far; earlier ones are kept."
    )

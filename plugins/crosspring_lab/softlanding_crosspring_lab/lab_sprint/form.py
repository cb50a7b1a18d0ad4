"""The board of the product lab: experiments, and what came out of them."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from softlanding import Day, Form, Line, Prose

Measure = Annotated[
    Decimal, Field(ge=-1_000_000_000, le=1_000_000_000, max_digits=14, decimal_places=4)
]
"""A measured number, at most four decimals."""


class ExperimentResult(Form):
    """What was measured, and when."""

    value: Measure = Field(description="The metric as measured.")
    measured_on: Day = Field(description="The day on which it was measured.")


class Experiment(Form):
    """One experiment of one week."""

    week: Annotated[int, Field(ge=1, le=52)] = Field(
        description="Week of the stay, counted from the arrival: 1 for its days 1 to 7."
    )
    hypothesis: Prose = Field(description="What one expects to be true.")
    metric: Line = Field(description="What is counted or measured, with its unit.")
    target: Measure = Field(description="The number from which the hypothesis holds.")
    planned_on: Day | None = Field(
        default=None, description="The day in that week on which it takes place."
    )
    result: ExperimentResult | None = Field(
        default=None, description="The result; empty until it is measured."
    )


class LabSprint(
    Form,
    json_schema_extra={
        "examples": [
            {
                "experiments": [
                    {
                        "week": 1,
                        "hypothesis": "Tenants look at their own consumption when they can.",
                        "metric": "Tenants out of 20 who open the page twice",
                        "target": "8",
                        "planned_on": "2027-04-14",
                        "result": {"value": "11", "measured_on": "2027-04-16"},
                    }
                ]
            }
        ]
    },
):
    """The board: at least one experiment in each week."""

    experiments: list[Experiment] = Field(
        min_length=1, max_length=100, description="The experiments of all weeks."
    )

"""What is certainly wrong with one traveller's days, and what a person decides."""

from dataclasses import dataclass
from datetime import timedelta

from softlanding import StaySnapshot, Text, Traveller
from softlanding_common.mobility_9090.budget import Budget
from softlanding_common.mobility_9090.form import MobilityTraveller
from softlanding_common.mobility_9090.travellers import LONG
from softlanding_common.texts import told


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A certain fault, as a sentence; or a point that a person decides."""

    code: str
    text: Text
    certain: bool = True


def overrun(
    traveller: Traveller, given: MobilityTraveller, budget: Budget, stay: StaySnapshot
) -> Finding | None:
    """Return what is wrong when a traveller passes the limit of days, or None.

    Whether a long-stay permit of another country changes the count is not certain.
    """
    over, permit = budget.first_day_over, given.permit
    if over is None:
        return None
    if permit and permit.kind in LONG and permit.country != stay.host.country:
        return Finding(
            code="PERMIT_FROM_ELSEWHERE",
            text=told(
                "A person decides whether the permit of {name} from elsewhere covers the days from"
                " {day} on, which pass {limit}.",
                name=traveller.name,
                day=over,
                limit=budget.limit,
            ),
            certain=False,
        )
    if budget.at_entry:
        text = told(
            "{name} passes {limit} days on {day}, the day of entry.",
            name=traveller.name,
            limit=budget.limit,
            day=over,
        )
    else:
        text = told(
            "{name} passes {limit} days on {day}; latest lawful exit {exit}.",
            name=traveller.name,
            limit=budget.limit,
            day=over,
            exit=over - timedelta(days=1),
        )
    return Finding(code="OVER_BUDGET", text=text)

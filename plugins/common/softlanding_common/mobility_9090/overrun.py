"""What is wrong when a traveller passes the limit of days."""

from datetime import timedelta

from softlanding import StaySnapshot, Traveller
from softlanding_common.findings import Finding, failed, review
from softlanding_common.mobility_9090.budget import Budget
from softlanding_common.mobility_9090.form import MobilityTraveller
from softlanding_common.mobility_9090.travellers import LONG
from softlanding_common.texts import told


def overrun(
    traveller: Traveller, given: MobilityTraveller, budget: Budget, stay: StaySnapshot
) -> Finding | None:
    """Return the finding about a traveller who passes the limit, or None.

    Whether a long-stay permit of another country changes the count is not certain.
    """
    over, permit = budget.first_day_over, given.permit
    if over is None:
        return None
    if permit and permit.kind in LONG and permit.country != stay.host.country:
        return review(
            "PERMIT_FROM_ELSEWHERE",
            told(
                "A person decides whether the permit of {name} from elsewhere covers the days from"
                " {day} on, which pass {limit}.",
                name=traveller.name,
                day=over,
                limit=budget.limit,
            ),
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
    return failed("OVER_BUDGET", text)

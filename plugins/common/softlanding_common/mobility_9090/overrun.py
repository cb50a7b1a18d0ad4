"""What is wrong when a traveller passes the limit of days."""

from collections.abc import Iterator
from datetime import timedelta

from softlanding import StaySnapshot
from softlanding_common.findings import Finding, failed, review
from softlanding_common.mobility_9090.count import Counted
from softlanding_common.mobility_9090.travellers import LONG
from softlanding_common.texts import told


def overrun(counted: Counted, stay: StaySnapshot) -> Iterator[Finding]:
    """Yield the finding about a traveller who passes the limit.

    Whether a long-stay permit of another country changes the count is not certain.
    """
    traveller, budget, permit = counted.traveller, counted.budget, counted.given.permit
    over = budget.first_day_over
    if over is None:
        return
    if permit and permit.kind in LONG and permit.country != stay.host.country:
        yield review(
            "PERMIT_FROM_ELSEWHERE",
            told(
                "A person decides whether the permit of {name} from elsewhere covers the days from"
                " {day} on, which pass {limit}.",
                name=traveller.name,
                day=over,
                limit=budget.limit,
            ),
        )
    elif budget.at_entry:
        yield failed(
            "OVER_BUDGET",
            told(
                "{name} passes {limit} days on {day}, the day of entry.",
                name=traveller.name,
                limit=budget.limit,
                day=over,
            ),
        )
    else:
        yield failed(
            "OVER_BUDGET",
            told(
                "{name} passes {limit} days on {day}; latest lawful exit {exit}.",
                name=traveller.name,
                limit=budget.limit,
                day=over,
                exit=over - timedelta(days=1),
            ),
        )

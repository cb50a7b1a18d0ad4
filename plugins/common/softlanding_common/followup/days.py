"""On which days the figures are asked for, and which day is next."""

from collections.abc import Iterable
from datetime import date, timedelta

from softlanding import RulesInForce


def follow_up_days(arrival: date, rules: RulesInForce) -> tuple[date, date]:
    """Return the days of the first and the second follow-up, counted from the arrival."""
    first, second = rules.integer("first_days"), rules.integer("second_days")
    return arrival + timedelta(days=first), arrival + timedelta(days=second)


def next_follow_up(due: Iterable[date], measured: Iterable[date]) -> date | None:
    """Return the first day due that has no measurement of its own, or None when none is left.

    Measurements are taken in their order: a single late one is that of the first day.
    """
    waiting = sorted(measured)
    for day in sorted(due):
        while waiting and waiting[0] < day:
            waiting.pop(0)
        if not waiting:
            return day
        waiting.pop(0)
    return None

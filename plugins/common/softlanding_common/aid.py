"""The rolling window of de minimis aid: what counts on a day, and from when an amount fits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from softlanding import add_months


@dataclass(frozen=True, kw_only=True)
class Aid:
    """An amount in euros, and the day on which the legal right to it arose."""

    granted_on: date
    amount: Decimal


def window_start(day: date, months: int) -> date:
    """Return the first day of the window that ends on `day`; aid of that very day counts."""
    return add_months(day, -months)


def used_on(aid: Iterable[Aid], day: date, months: int) -> Decimal:
    """Return what was granted from the first day of the window to `day`, both included."""
    first = window_start(day, months)
    return sum((one.amount for one in aid if first <= one.granted_on <= day), Decimal(0))


def release_day(granted_on: date, months: int) -> date:
    """Return the first day on which aid granted on `granted_on` no longer counts."""
    day = add_months(granted_on, months) + timedelta(days=1)
    # At the end of February several days have the same first day of their window.
    while window_start(day, months) <= granted_on:
        day += timedelta(days=1)
    return day


def first_day_below(
    aid: Sequence[Aid], *, new: Decimal, ceiling: Decimal, day: date, months: int
) -> date | None:
    """Return the first day, not before `day`, on which `new` fits below the ceiling.

    None when `new` alone is above the ceiling. The sum falls only when aid leaves the window,
    so no other days need to be tried.
    """
    if new > ceiling:
        return None
    released = {release_day(one.granted_on, months) for one in aid}
    days = sorted({day, *(other for other in released if other > day)})
    return next(other for other in days if used_on(aid, other, months) + new <= ceiling)

"""The 90/180 budget of one traveller in the Schengen area, as pure arithmetic of days.

The day of entry and the day of exit count; on each day of the stay one looks back over the
window (180 days, that day included) and counts distinct days: a union, not a sum of stays.
Source: European Commission, short-stay calculator and its user manual.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Budget:
    """What a traveller has used and may still use.

    `used` are counted days in the window of the arrival, before it; `remaining` what is left
    then, never below 0. `worst_total` is the largest count on a planned day, `first_day_over`
    the first planned day above the limit. `latest_exit` is the last lawful day of one who stays
    on from the arrival without a break; None when not even the arrival is lawful. `at_entry`
    tells that the traveller would be over the limit on entering, not by staying on.
    """

    limit: int
    used: int
    remaining: int
    worst_total: int
    first_day_over: date | None
    at_entry: bool
    latest_exit: date | None


def budget_of(
    stay: Span,
    *,
    prior: Iterable[Span],
    side_trips: Iterable[Span] = (),
    permitted_until: date | None = None,
    limit: int,
    window: int,
) -> Budget:
    """Return the budget of a stay; `prior` are earlier days that count, permits left out.

    Days of the stay up to `permitted_until` are lawful by a permit of the host's country and
    do not count; days of side trips always do. Side trips are looked at as far as they share a
    window with the stay.
    """
    arrival, departure = _ordinals(stay)
    nearest, farthest = arrival - window + 1, departure + window - 1
    begins = arrival
    if permitted_until is not None and permitted_until >= stay.first:
        begins = permitted_until.toordinal() + 1
    trips = _within(nearest, farthest, side_trips)
    planned = _days([(begins, departure), *trips])
    counted = _days([(begins, departure), *trips, *_within(nearest - window + 1, farthest, prior)])
    totals = [(day, _count(counted, day - window + 1, day)) for day in planned]
    over = next((day for day, total in totals if total > limit), None)
    used = _count(counted, arrival - window + 1, arrival - 1)
    return Budget(
        limit=limit,
        used=used,
        remaining=max(limit - used, 0),
        worst_total=max((total for _, total in totals), default=0),
        first_day_over=None if over is None else date.fromordinal(over),
        at_entry=over is not None and not _count(counted, over - 1, over - 1),
        latest_exit=_latest_exit(counted, arrival, begins, limit, window),
    )


def _latest_exit(
    counted: Sequence[int], arrival: int, begins: int, limit: int, window: int
) -> date | None:
    """Stay on from the first day that counts, until the day before the first one over."""
    last = begins - 1
    for day in range(begins, begins + limit):
        if _count(counted, day - window + 1, begins - 1) + day - begins + 1 > limit:
            break
        last = day
    return date.fromordinal(last) if last >= arrival else None


def _count(days: Sequence[int], first: int, last: int) -> int:
    return max(bisect_right(days, last) - bisect_left(days, first), 0)


def _ordinals(span: Span) -> tuple[int, int]:
    return span.first.toordinal(), span.last.toordinal()


def _within(first: int, last: int, spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Return what lies between two days of spans; what does not ends before it begins."""
    return [(max(first, begin), min(last, end)) for begin, end in map(_ordinals, spans)]


def _days(spans: Iterable[tuple[int, int]]) -> list[int]:
    """Return the distinct days of spans in order; a span that ends before it begins has none."""
    found: list[int] = []
    for first, last in sorted(spans):
        after = max(first, found[-1] + 1) if found else first
        found.extend(range(after, last + 1))
    return found

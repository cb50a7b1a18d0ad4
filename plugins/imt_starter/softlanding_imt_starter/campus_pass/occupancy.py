"""How full the building is on each day of a stay."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from softlanding import StaySnapshot


def days_of(stay: StaySnapshot) -> Iterator[date]:
    """Yield the days of a stay, arrival and departure included."""
    for number in range(stay.days):
        yield stay.arrival + timedelta(days=number)


def taken_on(day: date, residents: int, others: Iterable[StaySnapshot]) -> int:
    """Return the projects in the building on a day: residents and guests."""
    return residents + sum(other.arrival <= day <= other.departure for other in others)


def fullest_day(
    stay: StaySnapshot, residents: int, others: Sequence[StaySnapshot]
) -> tuple[date, int]:
    """Return the first of the fullest days, and how many projects are there without the stay."""
    counts = [(day, taken_on(day, residents, others)) for day in days_of(stay)]
    most = max(count for _, count in counts)
    return next(pair for pair in counts if pair[1] == most)


def first_full_day(
    stay: StaySnapshot, residents: int, others: Sequence[StaySnapshot], capacity: int
) -> tuple[date, int] | None:
    """Return the first day without room for one more project, and how many are there."""
    for day in days_of(stay):
        taken = taken_on(day, residents, others)
        if taken >= capacity:
            return day, taken
    return None

"""How old a company is."""

from datetime import date
from decimal import ROUND_CEILING, Decimal

from softlanding import add_months

_TENTH = Decimal("0.1")


def full_years(since: date, day: date) -> int:
    """Return the number of birthdays from `since` to `day`, which is not before it."""
    years = day.year - since.year
    return years if add_months(since, 12 * years) <= day else years - 1


def years_begun(since: date, day: date) -> Decimal:
    """Return the age in years, rounded up to a tenth: a day after the fifth birthday is 5.1.

    So an age that is above a limit never reads like the limit.
    """
    years = full_years(since, day)
    birthday, next_birthday = add_months(since, 12 * years), add_months(since, 12 * years + 12)
    if birthday == day:
        return Decimal(years)
    part = Decimal((day - birthday).days) / Decimal((next_birthday - birthday).days)
    return (years + part).quantize(_TENTH, ROUND_CEILING)

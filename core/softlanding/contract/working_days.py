"""Working days of a country: weekdays that are no public holiday there.

Nation-wide holidays count, and with a `subdivision` (ISO 3166-2 without the country: `BE` for
Berlin) those of it too. Where the calendar of a country is not known, only its weekends count.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def _calendar(country: str, subdivision: str | None) -> holidays.HolidayBase | None:
    try:
        calendar = holidays.country_holidays(country, subdiv=subdivision)
    except NotImplementedError:
        return None
    # The country's own language, not that of the machine, which the library would follow.
    return holidays.country_holidays(
        country, subdiv=subdivision, language=calendar.default_language
    )


def holiday_on(day: date, country: str, subdivision: str | None = None) -> str | None:
    """Return the name of the public holiday on `day`, in the country's own language, or None."""
    calendar = _calendar(country, subdivision)
    return None if calendar is None else calendar.get(day)


def is_working_day(day: date, country: str, subdivision: str | None = None) -> bool:
    """Tell whether `day` is neither on a weekend nor a public holiday."""
    return day.weekday() < 5 and holiday_on(day, country, subdivision) is None


def working_day_up_to(day: date, country: str) -> date:
    """Return `day`, or the last working day before it in this country."""
    while not is_working_day(day, country):
        day -= timedelta(days=1)
    return day


def add_working_days(day: date, number: int, country: str) -> date:
    """Return the `number`th working day after `day`; with 0, `day` itself."""
    for _ in range(number):
        day += timedelta(days=1)
        while not is_working_day(day, country):
            day += timedelta(days=1)
    return day

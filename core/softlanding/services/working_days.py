"""Working days of a country, for due dates."""

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def _calendar(country: str) -> holidays.HolidayBase | None:
    try:
        return holidays.country_holidays(country)
    except NotImplementedError:
        return None


def working_day_up_to(day: date, country: str) -> date:
    """Return `day`, or the last working day before it in this country.

    Nation-wide public holidays and weekends do not count; where the calendar of a country is
    not known, only its weekends are left out.
    """
    calendar = _calendar(country)
    while day.weekday() >= 5 or (calendar is not None and day in calendar):
        day -= timedelta(days=1)
    return day

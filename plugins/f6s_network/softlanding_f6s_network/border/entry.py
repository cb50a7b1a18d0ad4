"""Which way a traveller enters, how long an ETA lasts, by when one applies for it."""

from datetime import date, timedelta
from enum import StrEnum

from softlanding import add_months, is_working_day
from softlanding_common.countries import EEA_AND_SWITZERLAND
from softlanding_f6s_network.border.form import BorderTraveller, UkStatus

_AT_HOME = frozenset({"GB", "IE"})
_ENGLAND = "ENG"


class Way(StrEnum):
    """How a traveller enters the United Kingdom."""

    FREE = "FREE"
    ETA = "ETA"
    UNVERIFIED = "UNVERIFIED"


def is_at_home(nationalities: list[str] | tuple[str, ...]) -> bool:
    """Tell whether one of the nationalities is British or Irish."""
    return not _AT_HOME.isdisjoint(nationalities)


def way_of(traveller: BorderTraveller) -> Way:
    """Return the way of a traveller; the best of several nationalities decides.

    Who of other nationals needs a visa is not verified, so a person decides about them.
    """
    if is_at_home(traveller.nationalities) or traveller.uk_status is not UkStatus.NONE:
        return Way.FREE
    if EEA_AND_SWITZERLAND.isdisjoint(traveller.nationalities):
        return Way.UNVERIFIED
    return Way.ETA


def eta_valid_to(granted_on: date, passport_expiry: date, years: int) -> date:
    """Return the last day of an ETA: so many years, or the end of the passport if that is first."""
    return min(add_months(granted_on, 12 * years), passport_expiry)


def decided_by(applied_on: date, working_days: int) -> date:
    """Return the working day of England by which an application can be expected to be decided."""
    day = applied_on
    for _ in range(working_days):
        day += timedelta(days=1)
        while not is_working_day(day, "GB", _ENGLAND):
            day += timedelta(days=1)
    return day


def apply_by(arrival: date, working_days: int) -> date:
    """Return the last day of application that is decided on the day of arrival at the latest."""
    day = arrival
    while decided_by(day, working_days) > arrival:
        day -= timedelta(days=1)
    return day


def last_day_of_visit(arrival: date, months: int) -> date:
    """Return the last day of a visit of so many months; the day of arrival is the first."""
    return add_months(arrival, months) - timedelta(days=1)

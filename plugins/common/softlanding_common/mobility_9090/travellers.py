"""Whose days are counted, and what the form says of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from softlanding import StaySnapshot, Traveller
from softlanding_common.countries import is_third_country
from softlanding_common.mobility_9090.budget import Budget, Span, budget_of
from softlanding_common.mobility_9090.form import (
    Mobility9090,
    MobilityPermit,
    MobilityPermitKind,
    MobilityPriorStay,
    MobilitySideTrip,
    MobilityTraveller,
)
from softlanding_common.roster import same_name

LONG = frozenset({MobilityPermitKind.RESIDENCE_PERMIT, MobilityPermitKind.LONG_STAY_VISA})
"""Permits whose days do not count in the country that issued them."""


def counted_travellers(stay: StaySnapshot) -> list[Traveller]:
    """Return the travellers of third countries: theirs are the days that count."""
    return [one for one in stay.travellers if is_third_country(one.nationalities)]


def told_by_name(answers: Mobility9090) -> Mapping[str, MobilityTraveller]:
    """Return what the form says by `same_name`; the first of those who are named twice."""
    found: dict[str, MobilityTraveller] = {}
    for one in answers.travellers:
        found.setdefault(same_name(one.name), one)
    return found


def reversed_days(
    given: MobilityTraveller,
) -> MobilityPriorStay | MobilitySideTrip | None:
    """Return the first of a traveller's stays that ends before it begins."""
    trips: Sequence[MobilityPriorStay | MobilitySideTrip] = (*given.prior_stays, *given.side_trips)
    return next((trip for trip in trips if trip.exit < trip.entry), None)


def permitted_until(permit: MobilityPermit | None, host_country: str) -> date | None:
    """Return the last day that a permit of the host's country makes lawful without counting."""
    if permit is None or permit.kind not in LONG or permit.country != host_country:
        return None
    return permit.valid_to


def budget_for(given: MobilityTraveller, stay: StaySnapshot, *, limit: int, window: int) -> Budget:
    """Return the budget of a traveller on a stay; spans that end before they begin are empty."""
    return budget_of(
        Span(first=stay.arrival, last=stay.departure),
        prior=_spans(trip for trip in given.prior_stays if not trip.under_permit),
        side_trips=_spans(given.side_trips),
        permitted_until=permitted_until(given.permit, stay.host.country),
        limit=limit,
        window=window,
    )


def last_day(given: MobilityTraveller, stay: StaySnapshot) -> date:
    """Return the last planned day in the Schengen area."""
    return max([stay.departure, *(trip.exit for trip in given.side_trips)])


def _spans(trips: Iterable[MobilityPriorStay | MobilitySideTrip]) -> list[Span]:
    return [Span(first=trip.entry, last=trip.exit) for trip in trips]

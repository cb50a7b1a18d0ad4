"""How many nights make a resident, and what a traveller has to do."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from softlanding import StaySnapshot, add_months
from softlanding_crosspring_lab.registration.form import RegistrationPerson


class Duty(StrEnum):
    """Where a traveller registers, if at all."""

    BRP = "BRP"
    """As a resident, in the municipality."""
    RNI = "RNI"
    """As a non-resident, by choice: it gives a BSN."""
    NONE = "NONE"


@dataclass(frozen=True, kw_only=True)
class Nights:
    """One traveller's nights: those before and those planned, against the limit."""

    person: RegistrationPerson
    total: int
    duty: Duty


def limit_from(arrival: date, months: int) -> int:
    """Return the nights of so many calendar months from the arrival on."""
    return (add_months(arrival, months) - arrival).days


def nights_of(person: RegistrationPerson, stay: StaySnapshot, limit: int) -> Nights:
    """Add up the nights; `limit` of them make a resident.

    Without a plan of their own, travellers spend every night of the stay in the Netherlands.
    """
    planned = (
        (stay.departure - stay.arrival).days
        if person.planned_nights is None
        else person.planned_nights
    )
    total = person.nights_before + planned
    below = Duty.RNI if person.needs_bsn else Duty.NONE
    duty = Duty.BRP if total >= limit else below
    return Nights(person=person, total=total, duty=duty)

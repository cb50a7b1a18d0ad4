"""What stands between one traveller and the border."""

from dataclasses import dataclass
from datetime import date

from softlanding import Outcome, Text
from softlanding_f6s_network.border.entry import Way, decided_by, eta_valid_to, way_of
from softlanding_f6s_network.border.form import BorderTraveller
from softlanding_f6s_network.texts import told


@dataclass(frozen=True, kw_only=True)
class Visit:
    """The days and figures that an ETA is measured by; `apply_by` is the last day to apply."""

    arrival: date
    departure: date
    today: date
    years: int
    working_days: int
    apply_by: date
    last_day: date


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was found about one traveller; `valid_to` is the end of an ETA in hand."""

    outcome: Outcome
    code: str
    message: Text
    valid_to: date | None = None


def finding(traveller: BorderTraveller, visit: Visit) -> Finding:
    """Return the finding about one traveller."""
    way = way_of(traveller)
    if way is Way.FREE:
        return Finding(
            outcome=Outcome.NOT_APPLICABLE,
            code="NO_AUTHORISATION_NEEDED",
            message=told("{name} needs no travel authorisation.", name=traveller.name),
        )
    if way is Way.UNVERIFIED:
        return Finding(
            outcome=Outcome.NEEDS_REVIEW,
            code="VISA_UNVERIFIED",
            message=told(
                "A person must decide whether {name} needs a visa: the rules for this nationality"
                " are not verified.",
                name=traveller.name,
            ),
        )
    if visit.departure > visit.last_day:
        return _failed(
            "VISIT_TOO_LONG",
            told(
                "A visit that begins {arrival} ends {last} at the latest; {name} leaves"
                " {departure}.",
                arrival=visit.arrival,
                last=visit.last_day,
                name=traveller.name,
                departure=visit.departure,
            ),
        )
    return _with_eta(traveller, visit)


def _with_eta(traveller: BorderTraveller, visit: Visit) -> Finding:
    applied, granted = traveller.eta_applied_on, traveller.eta_granted_on
    for day in (applied, granted):
        if day is not None and day > visit.today:
            return _failed(
                "ETA_DATE_IN_FUTURE",
                told(
                    "The ETA of {name} is dated {day}; today is {today}.",
                    name=traveller.name,
                    day=day,
                    today=visit.today,
                ),
            )
    if granted is None:
        return _waiting(traveller, applied, visit)
    if applied is not None and granted < applied:
        return _failed(
            "ETA_DATES_CONTRADICT",
            told(
                "The ETA of {name} cannot be granted {granted}, before it was applied for"
                " on {applied}.",
                name=traveller.name,
                granted=granted,
                applied=applied,
            ),
        )
    if traveller.passport_expiry is None:
        return _failed(
            "PASSPORT_EXPIRY_MISSING",
            told("Give the last day of the passport of {name}.", name=traveller.name),
        )
    valid_to = eta_valid_to(granted, traveller.passport_expiry, visit.years)
    return _granted(traveller.name, valid_to, visit)


def _waiting(traveller: BorderTraveller, applied: date | None, visit: Visit) -> Finding:
    if applied is None:
        return _failed(
            "ETA_MISSING",
            told(
                "{name} has no ETA; it must be applied for by {day}, {count} working days before"
                " arrival.",
                name=traveller.name,
                day=visit.apply_by,
                count=visit.working_days,
            ),
        )
    if applied > visit.apply_by:
        return _failed(
            "ETA_APPLIED_LATE",
            told(
                "The ETA of {name} was applied for on {applied}; the last day was {day}, {count}"
                " working days before arrival.",
                name=traveller.name,
                applied=applied,
                day=visit.apply_by,
                count=visit.working_days,
            ),
        )
    return Finding(
        outcome=Outcome.NEEDS_REVIEW,
        code="ETA_PENDING",
        message=told(
            "The ETA of {name} was applied for on {applied} and is not granted yet; expect an"
            " answer by {day}.",
            name=traveller.name,
            applied=applied,
            day=decided_by(applied, visit.working_days),
        ),
    )


def _granted(name: str, valid_to: date, visit: Visit) -> Finding:
    if valid_to < visit.arrival:
        return _failed(
            "ETA_ENDS_BEFORE_ARRIVAL",
            told("ETA of {name} ends {day}, before your arrival.", name=name, day=valid_to),
            valid_to,
        )
    if valid_to < visit.departure:
        return _failed(
            "ETA_ENDS_BEFORE_DEPARTURE",
            told("ETA of {name} ends {day}, before your departure.", name=name, day=valid_to),
            valid_to,
        )
    return Finding(
        outcome=Outcome.PASSED,
        code="ETA_VALID",
        message=told("ETA of {name} is valid to {day}.", name=name, day=valid_to),
        valid_to=valid_to,
    )


def _failed(code: str, message: Text, valid_to: date | None = None) -> Finding:
    return Finding(outcome=Outcome.FAILED, code=code, message=message, valid_to=valid_to)

"""Passport, visa and travel authorisation of one traveller."""

from collections.abc import Iterator
from datetime import date

from softlanding import (
    Country,
    RulesInForce,
    StaySnapshot,
    Traveller,
    add_months,
)
from softlanding_common.figures import known
from softlanding_common.findings import Finding, failed, review
from softlanding_common.mobility_9090.form import MobilityPermitKind, MobilityTraveller
from softlanding_common.mobility_9090.travellers import last_day, permitted_until
from softlanding_common.texts import told


def paper_findings(
    traveller: Traveller, given: MobilityTraveller, stay: StaySnapshot, rules: RulesInForce
) -> Iterator[Finding]:
    """Yield what is wrong or open; a permit of the host's country for all days settles it."""
    leaving = last_day(given, stay)
    if given.passport_valid_to < leaving:
        yield failed(
            "PASSPORT_ENDS_EARLY",
            told(
                "The passport of {name} ends {day}, before the exit {exit}.",
                name=traveller.name,
                day=given.passport_valid_to,
                exit=leaving,
            ),
        )
    until = permitted_until(given.permit, stay.host.country)
    if until is not None and until >= leaving:
        return
    free = {known(rules, f"visa_free_{code.lower()}") for code in traveller.nationalities}
    if 1 not in free:
        yield from _visa(traveller, given, leaving, needed=None not in free)
    yield from _passport(traveller, given, stay.arrival, leaving, rules)
    if 1 in free:
        yield from _authorisation(traveller, given, leaving, rules)
    yield review(
        "ACTIVITIES_TO_DECIDE",
        told(
            "A person decides whether {name} comes for meetings and training alone: a short stay"
            " gives no right to work.",
            name=traveller.name,
        ),
    )


def _passport(
    traveller: Traveller,
    given: MobilityTraveller,
    arrival: date,
    leaving: date,
    rules: RulesInForce,
) -> Iterator[Finding]:
    months = _whole(rules, "passport_months_after_exit")
    years = _whole(rules, "passport_years")
    if months is None or years is None:
        yield review(
            "PASSPORT_TO_DECIDE",
            told(
                "A person decides whether the passport of {name}, issued {issued} and valid to"
                " {day}, is good for the border.",
                name=traveller.name,
                issued=given.passport_issued_on,
                day=given.passport_valid_to,
            ),
        )
    if months is not None and leaving <= given.passport_valid_to < add_months(leaving, months):
        yield failed(
            "PASSPORT_ENDS_EARLY",
            told(
                "The passport of {name} ends {day}; it must be valid to {needed}, {months}"
                " months after the exit.",
                name=traveller.name,
                day=given.passport_valid_to,
                needed=add_months(leaving, months),
                months=months,
            ),
        )
    if years is not None and add_months(given.passport_issued_on, 12 * years) <= arrival:
        yield failed(
            "PASSPORT_TOO_OLD",
            told(
                "The passport of {name} was issued {issued}, {years} years or more before the"
                " arrival.",
                name=traveller.name,
                issued=given.passport_issued_on,
                years=years,
            ),
        )


def _visa(
    traveller: Traveller, given: MobilityTraveller, leaving: date, *, needed: bool
) -> Iterator[Finding]:
    """Yield what is open about a visa; `needed` tells that one certainly is."""
    permit = given.permit
    if permit and permit.kind is MobilityPermitKind.SHORT_STAY_VISA:
        if permit.valid_to < leaving:
            yield failed(
                "VISA_ENDS_EARLY",
                told(
                    "The visa of {name} ends {day}, before the exit {exit}.",
                    name=traveller.name,
                    day=permit.valid_to,
                    exit=leaving,
                ),
            )
    elif not needed:
        yield review(
            "VISA_TO_DECIDE",
            told(
                "A person decides whether {name} needs a visa ({countries}).",
                name=traveller.name,
                countries=[Country(code) for code in traveller.nationalities],
            ),
        )
    else:
        yield failed(
            "VISA_MISSING",
            told(
                "{name} needs a visa ({countries}) and has none.",
                name=traveller.name,
                countries=[Country(code) for code in traveller.nationalities],
            ),
        )


def _authorisation(
    traveller: Traveller, given: MobilityTraveller, leaving: date, rules: RulesInForce
) -> Iterator[Finding]:
    required, permit = known(rules, "etias_required"), given.permit
    if required is None:
        yield review(
            "ETIAS_TO_DECIDE",
            told(
                "A person decides whether {name} needs a travel authorisation (ETIAS) already.",
                name=traveller.name,
            ),
        )
    elif required and (
        permit is None or permit.kind is not MobilityPermitKind.ETIAS or permit.valid_to < leaving
    ):
        yield failed(
            "ETIAS_MISSING",
            told(
                "{name} needs a travel authorisation (ETIAS) that is valid to {day}.",
                name=traveller.name,
                day=leaving,
            ),
        )


def _whole(rules: RulesInForce, name: str) -> int | None:
    figure = known(rules, name)
    return None if figure is None else int(figure)

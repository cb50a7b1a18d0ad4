"""Where a European or a British health insurance card is taken, and when it must be asked for.

European cards: the host's public system in the EU, the EEA and Switzerland; cards of the EU
are taken by the NHS too. The British card: the EU, not Norway, Iceland, Liechtenstein and
Switzerland; free, to be applied for two weeks ahead, business trips included
(businesstravelnewseurope.com, techcarter.com, 111.wales.nhs.uk).
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from softlanding import Country, RulesInForce, StaySnapshot, Text
from softlanding_common.countries import EEA_AND_SWITZERLAND, EU
from softlanding_common.findings import Finding, failed, review, warning
from softlanding_common.health_cover.form import CoverKind, TravellerCover
from softlanding_common.texts import told

_NAMES: Mapping[CoverKind, Text] = {CoverKind.EHIC: told("EHIC"), CoverKind.GHIC: told("GHIC")}


def card_findings(
    cover: TravellerCover, stay: StaySnapshot, rules: RulesInForce, today: date
) -> Iterator[Finding]:
    """Tell what keeps a card from covering the whole stay."""
    if cover.kind is CoverKind.EHIC:
        yield from _where_european(cover, stay)
    elif stay.host.country not in EU:
        yield failed(
            "GHIC_NOT_VALID",
            told(
                "A GHIC is not valid in {country}; {name} needs another cover.",
                country=Country(stay.host.country),
                name=cover.name,
            ),
        )
    if cover.valid_to is None:
        yield _not_at_hand(cover, stay, rules, today)
    elif cover.valid_to < stay.departure:
        yield failed(
            "CARD_ENDS_EARLY",
            told(
                "The {card} of {name} ends {day} before departure {departure}.",
                card=_NAMES[cover.kind],
                name=cover.name,
                day=cover.valid_to,
                departure=stay.departure,
            ),
        )
    if cover.valid_from is not None and cover.valid_from > stay.arrival:
        yield failed(
            "CARD_STARTS_LATE",
            told(
                "The {card} of {name} begins {day} after arrival {arrival}.",
                card=_NAMES[cover.kind],
                name=cover.name,
                day=cover.valid_from,
                arrival=stay.arrival,
            ),
        )


def _where_european(cover: TravellerCover, stay: StaySnapshot) -> Iterator[Finding]:
    issuer, host = cover.issued_by or stay.startup.country, stay.host.country
    taken = EU if host == "GB" else EEA_AND_SWITZERLAND
    if issuer in taken and (host == "GB" or host in EEA_AND_SWITZERLAND):
        return
    if host == "GB" and issuer in EEA_AND_SWITZERLAND:
        yield review(
            "EHIC_UNCERTAIN",
            told(
                "A person must decide: whether the NHS takes the EHIC of {name}, issued in"
                " {country}, has not been verified.",
                name=cover.name,
                country=Country(issuer),
            ),
        )
        return
    yield failed(
        "EHIC_NOT_VALID",
        told(
            "An EHIC issued in {issuer} is not valid in {country}; {name} needs another cover.",
            issuer=Country(issuer),
            country=Country(host),
            name=cover.name,
        ),
    )


def _not_at_hand(
    cover: TravellerCover, stay: StaySnapshot, rules: RulesInForce, today: date
) -> Finding:
    card = _NAMES[cover.kind]
    if cover.applied_on is None or cover.applied_on > today:
        return failed(
            "CARD_NOT_APPLIED",
            told("{name} has no {card} and has not applied for one.", name=cover.name, card=card),
        )
    if cover.kind is CoverKind.GHIC:
        days = rules.integer("ghic_apply_days")
        if cover.applied_on > stay.arrival - timedelta(days=days):
            return failed(
                "GHIC_APPLIED_LATE",
                told(
                    "{name} applied for a GHIC on {day}, less than {days} days before the arrival"
                    " {arrival}.",
                    name=cover.name,
                    day=cover.applied_on,
                    days=days,
                    arrival=stay.arrival,
                ),
            )
    return warning(
        "CARD_AWAITED",
        told(
            "{name} applied for the {card} on {day}; it has to be at hand on arrival {arrival}.",
            name=cover.name,
            card=card,
            day=cover.applied_on,
            arrival=stay.arrival,
        ),
    )

"""What a private insurance must be: concluded, over the whole stay, high enough for a visa."""

from collections.abc import Iterator

from softlanding import Money, RulesInForce, StaySnapshot
from softlanding_common.figures import known
from softlanding_common.findings import Finding, failed, review
from softlanding_common.health_cover.form import TravellerCover
from softlanding_common.texts import told


def insurance_findings(
    cover: TravellerCover, stay: StaySnapshot, rules: RulesInForce
) -> Iterator[Finding]:
    """Tell what keeps a private insurance from covering the whole stay."""
    insured = cover.sum_insured
    if cover.valid_from is None or cover.valid_to is None:
        yield failed(
            "INSURANCE_NOT_CONCLUDED",
            told("The insurance of {name} has no first and last day.", name=cover.name),
        )
        return
    if cover.valid_from > stay.arrival:
        yield failed(
            "INSURANCE_STARTS_LATE",
            told(
                "The insurance of {name} begins {day} after arrival {arrival}.",
                name=cover.name,
                day=cover.valid_from,
                arrival=stay.arrival,
            ),
        )
    if cover.valid_to < stay.departure:
        yield failed(
            "INSURANCE_ENDS_EARLY",
            told(
                "The insurance of {name} ends {day} before departure {departure}.",
                name=cover.name,
                day=cover.valid_to,
                departure=stay.departure,
            ),
        )
    if insured is None or not insured.amount:
        yield failed(
            "SUM_MISSING", told("The insurance of {name} has no sum insured.", name=cover.name)
        )
    elif cover.for_visa:
        yield from _visa_findings(cover.name, insured, rules)


def _visa_findings(name: str, insured: Money, rules: RulesInForce) -> Iterator[Finding]:
    minimum = known(rules, "visa_minimum")
    if minimum is None:
        yield review(
            "VISA_MINIMUM_UNKNOWN",
            told(
                "A person must decide: the insurance of {name} is for {sum}; the least that a visa"
                " needs has not been verified.",
                name=name,
                sum=insured,
            ),
        )
    elif insured.currency != "EUR":
        yield review(
            "SUM_IN_OTHER_CURRENCY",
            told(
                "A person must decide: the insurance of {name} is for {sum}; a visa needs"
                " {minimum}.",
                name=name,
                sum=insured,
                minimum=Money(amount=minimum),
            ),
        )
    elif insured.amount < minimum:
        yield failed(
            "SUM_TOO_SMALL",
            told(
                "The insurance of {name} is for {sum}; a visa needs {minimum}.",
                name=name,
                sum=insured,
                minimum=Money(amount=minimum),
            ),
        )

"""The check of `startup_division.founder_route`."""

import hashlib
from collections.abc import Iterator
from decimal import Decimal

from softlanding import (
    CheckContext,
    Evidence,
    Fact,
    Outcome,
    RuleUnknown,
    StaySnapshot,
    Text,
    Verdict,
)
from softlanding_common.countries import is_third_country
from softlanding_common.euros import currency_fault
from softlanding_startup_division.founder_route.form import FounderField, FounderRoute
from softlanding_startup_division.texts import told

_FIGURES = (("means_minimum", "EUR per month"), ("insurance_minimum", "EUR"))


async def check_founder_route(
    answers: FounderRoute, stay: StaySnapshot, ctx: CheckContext
) -> Verdict:
    """Tell which points of the Startup Visa are missing; who moves freely needs none.

    Facts carry the figures asked for, not those of the founder, which are personal.
    """
    if not is_third_country(answers.nationalities):
        return Verdict(
            outcome=Outcome.NOT_APPLICABLE,
            code="MOVES_FREELY",
            message=told("The founder moves freely in the European Union and needs no visa."),
        )
    if fault := currency_fault(answers):
        return fault
    missing, unknown = list(_missing(answers)), None
    try:
        missing += _missing_figures(answers, ctx)
    except RuleUnknown as not_known:
        unknown = not_known
    if unknown is not None and not missing:
        raise unknown
    facts = (
        Fact(name="field", value=str(answers.field)),
        Fact(name="part_owner", value=answers.part_owner),
        *(
            Fact(name=name, value=ctx.rules.decimal(name), unit=unit)
            for name, unit in _FIGURES
            if unknown is None
        ),
        Fact(name="points_missing", value=len(missing), unit="points"),
    )
    if missing:
        outcome, code = Outcome.FAILED, "POINTS_MISSING"
        message = told("Missing for the Startup Visa: {points}.", points=missing)
    else:
        outcome, code = Outcome.PASSED, "ROUTE_OPEN"
        message = told(
            "Nothing is missing for the Startup Visa in this screen; a committee decides."
        )
    # The screen's result, not the answers: they are personal, and few enough to be guessed.
    screen = Evidence(
        kind="screen",
        label="Screen for the Startup Visa, without documents",
        sha256=hashlib.sha256(message["en"].encode()).hexdigest(),
    )
    return Verdict(outcome=outcome, code=code, message=message, facts=facts, evidence=(screen,))


def _missing(answers: FounderRoute) -> Iterator[Text]:
    if answers.field is FounderField.OTHER:
        yield told("a field that the visa lists")
    if not answers.part_owner:
        yield told("a part of the start-up in the founder's hands")


def _missing_figures(answers: FounderRoute, ctx: CheckContext) -> list[Text]:
    means, insurance = (ctx.rules.decimal(name) for name, _ in _FIGURES)
    return list(_short(answers, means, insurance))


def _short(answers: FounderRoute, means: Decimal, insurance: Decimal) -> Iterator[Text]:
    if answers.means_per_month.amount < means:
        yield told("means of {means} EUR per month", means=means)
    if answers.insurance.amount < insurance:
        yield told("health insurance of {insurance} EUR", insurance=insurance)

"""The check of `startup_division.mobility_grant`."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from softlanding import (
    CheckContext,
    Evidence,
    Fact,
    RulesInForce,
    RuleUnknown,
    StaySnapshot,
    Verdict,
    add_months,
)
from softlanding_common.findings import Finding, failed, passed, review, verdict_of
from softlanding_startup_division.age import years_begun
from softlanding_startup_division.mobility_grant.form import MobilityGrant
from softlanding_startup_division.texts import told

HOME_COUNTRY = "LT"


async def check_mobility_grant(
    answers: MobilityGrant, stay: StaySnapshot, ctx: CheckContext
) -> Verdict:
    """Hold company and trip against the conditions of the call.

    When no call is open, a person must find out whether there is a new one; the conditions of
    the last one are told as what to expect, and decide nothing.
    """
    rules, closed_on = _conditions(ctx)
    days = (answers.end - answers.start).days + 1
    years = (
        years_begun(answers.registered_on, ctx.today)
        if answers.registered_on <= ctx.today
        else Decimal(0)
    )
    limit, least = rules.integer("age_maximum_years"), rules.integer("stay_minimum_days")
    facts = (
        Fact(name="registered_on", value=answers.registered_on),
        Fact(name="age", value=years, unit="years"),
        Fact(name="age_maximum", value=limit, unit="years"),
        Fact(name="sme", value=answers.sme),
        Fact(name="destination", value=answers.destination),
        Fact(name="stay_days", value=days, unit="days"),
        Fact(name="stay_minimum", value=least, unit="days"),
        Fact(name="programme_kind", value=str(answers.programme_kind)),
        Fact(name="call_closed_on", value=closed_on),
    )
    sheet = Evidence.of_answers(
        kind="eligibility_sheet",
        label=f"Eligibility by the rules {rules.rule_set.version}",
        answers=answers,
    )
    findings = list(_faults(answers, ctx.today, days=days, limit=limit, least=least, years=years))
    eligible = passed(
        "ELIGIBLE",
        told(
            "Company is {years} years old, stay is {days} days: the trip can be refunded.",
            years=years,
            days=days,
        ),
    )
    if closed_on is not None:
        findings = list(_closed(closed_on, findings))
    return verdict_of(findings, eligible, facts=facts, evidence=(sheet,))


def _conditions(ctx: CheckContext) -> tuple[RulesInForce, date | None]:
    """Return the conditions in force, or those of the last call and the day it closed."""
    try:
        ctx.rules.decimal("age_maximum_years")
        ctx.rules.decimal("stay_minimum_days")
    except RuleUnknown:
        ends = [
            figure.valid_until
            for figure in ctx.rules.rule_set.figures
            if figure.valid_until is not None and figure.valid_until < ctx.today
        ]
        if not ends:
            raise
        return ctx.rules.rule_set.on(max(ends)), max(ends)
    return ctx.rules, None


def _faults(
    answers: MobilityGrant, today: date, *, days: int, limit: int, least: int, years: Decimal
) -> Iterator[Finding]:
    if answers.registered_on > today:
        yield failed(
            "REGISTERED_LATER",
            told("The company is registered on {day} only.", day=answers.registered_on),
        )
    elif add_months(answers.registered_on, 12 * limit) < today:
        yield failed(
            "COMPANY_TOO_OLD",
            told("Company is {years} years old, limit {limit}.", years=years, limit=limit),
        )
    if not answers.sme:
        yield failed("NOT_AN_SME", told("Company is not a small or medium-sized enterprise."))
    if answers.destination == HOME_COUNTRY:
        yield failed("NOT_ABROAD", told("The stay is in Lithuania; the grant is for trips abroad."))
    if answers.end < answers.start:
        yield failed(
            "ENDS_BEFORE_START",
            told(
                "The stay ends {end} before it starts {start}.",
                end=answers.end,
                start=answers.start,
            ),
        )
    elif days < least:
        yield failed(
            "STAY_TOO_SHORT",
            told("Stay is {days} days, at least {least} needed.", days=days, least=least),
        )


def _closed(closed_on: date, findings: list[Finding]) -> Iterator[Finding]:
    yield review(
        "CALL_CLOSED",
        told(
            "The last known call closed on {closed_on}; a person must find out whether there is"
            " a new one.",
            closed_on=closed_on,
        ),
    )
    if findings:
        yield review(findings[0].code, told("By the conditions of the last call:"))
        yield from (review(one.code, one.message) for one in findings)
    else:
        yield review(
            "WAS_ELIGIBLE", told("By the conditions of the last call it could be refunded.")
        )

"""The check of `f6s_network.mfa`."""

from dataclasses import replace
from decimal import Decimal

from softlanding import (
    CheckContext,
    Evidence,
    Fact,
    Money,
    Outcome,
    StaySnapshot,
    Text,
    Verdict,
    joined,
)
from softlanding_f6s_network.mfa.form import SubsidyPosition
from softlanding_f6s_network.mfa.position import CURRENCY, Position, position_facts, position_on
from softlanding_f6s_network.money import currency_fault
from softlanding_f6s_network.texts import told


async def check_mfa(answers: SubsidyPosition, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Sum what was given since 1 April two financial years before, add the new amount, compare.

    Without a new amount the step does not concern the stay; the position is told all the same.
    """
    if fault := currency_fault(answers, CURRENCY):
        return fault
    day = answers.new_given_on or ctx.today
    position = position_on(day, answers.grants, answers.new_amount.amount, ctx.rules)
    counted = sum(one.given_on >= position.window_start for one in answers.grants)
    return replace(
        _judged(answers, position),
        facts=(
            Fact(name="new_given_on", value=day),
            *position_facts(position),
            Fact(name="grants_counted", value=counted, unit="grants"),
            Fact(name="confirmed", value=answers.confirmed),
        ),
        evidence=(
            Evidence.of_answers(
                kind="mfa_confirmation",
                label=f"Confirmed: {'yes' if answers.confirmed else 'no'}",
                answers=answers,
            ),
        ),
    )


def _judged(answers: SubsidyPosition, position: Position) -> Verdict:
    used = told(
        "{used} of {ceiling} used since {day}.",
        used=_pounds(position.used),
        ceiling=_pounds(position.ceiling),
        day=position.window_start,
    )
    if not position.new:
        none = told("No public money of the United Kingdom is to be given for this stay.")
        return _verdict(Outcome.NOT_APPLICABLE, "NO_UK_MONEY", joined([none, used]))
    if not position.fits:
        left = told(
            "{new} more does not fit: {headroom} is left.",
            new=_pounds(position.new),
            headroom=_pounds(position.headroom),
        )
        return _verdict(Outcome.FAILED, "CEILING_EXCEEDED", joined([used, left]))
    if not answers.confirmed:
        missing = told("The start-up has not confirmed that the ceiling is kept.")
        return _verdict(Outcome.FAILED, "CONFIRMATION_MISSING", joined([used, missing]))
    fits = told(
        "{new} more fits: {headroom} is left.",
        new=_pounds(position.new),
        headroom=_pounds(position.headroom),
    )
    if position.published:
        flag = told(
            "Above {limit} the authority publishes what it gives.",
            limit=_pounds(position.transparency_above),
        )
        return _verdict(Outcome.WARNING, "TRANSPARENCY", joined([used, fits, flag]))
    return _verdict(Outcome.PASSED, "BELOW_CEILING", joined([used, fits]))


def _pounds(amount: Decimal) -> Money:
    # Not validated: a sum may be longer than an amount that a form accepts.
    return Money.model_construct(amount=amount, currency=CURRENCY)


def _verdict(outcome: Outcome, code: str, message: Text) -> Verdict:
    return Verdict(outcome=outcome, code=code, message=message)

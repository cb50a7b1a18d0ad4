"""The check of `f6s_network.cascade`."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
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
)
from softlanding_common.euros import money_fact
from softlanding_f6s_network.cascade.call import CURRENCY, Call, call_of
from softlanding_f6s_network.cascade.form import KEPT, CascadeReadiness
from softlanding_f6s_network.money import currency_fault
from softlanding_f6s_network.texts import told


async def check_cascade(
    answers: CascadeReadiness, stay: StaySnapshot, ctx: CheckContext
) -> Verdict:
    """Compare the request with the call, and look for declarations, KYC and double funding."""
    if fault := currency_fault(answers, CURRENCY):
        return fault
    call = call_of(answers, ctx.rules)
    kept_until = stay.departure + KEPT
    verdict = (
        _amount_fault(call)
        or _paper_fault(answers)
        or _undecided(call)
        or _kept_too_short(call, kept_until)
        or _verdict(
            Outcome.PASSED,
            "READY",
            told(
                "Ready for {requested} of call {call}; records are kept until {day}.",
                requested=_euros(call.requested),
                call=answers.call_id,
                day=call.records_until,
            ),
        )
    )
    elsewhere = sum((one.amount.amount for one in answers.prior_fstp_list), Decimal(0))
    return replace(
        verdict,
        facts=(
            money_fact("requested", call.requested, CURRENCY),
            money_fact("call_maximum", call.maximum, CURRENCY),
            money_fact("prior_from_same_project", call.prior, CURRENCY),
            money_fact("total", call.total, CURRENCY),
            Fact(name="call_total_maximum", value=call.total_maximum, unit=CURRENCY),
            money_fact("prior_fstp", elsewhere, CURRENCY),
            Fact(name="records_until", value=call.records_until),
            Fact(name="kept_until", value=kept_until),
        ),
        evidence=(
            Evidence.of_answers(
                kind="sub_grant_file",
                label=f"Call {answers.call_id}, kept until {call.records_until}",
                answers=answers,
            ),
        ),
    )


def _amount_fault(call: Call) -> Verdict | None:
    if call.requested > call.maximum:
        return _verdict(
            Outcome.FAILED,
            "CALL_MAXIMUM_EXCEEDED",
            told(
                "Requested {requested}; the call pays at most {maximum}.",
                requested=_euros(call.requested),
                maximum=_euros(call.maximum),
            ),
        )
    if call.total_maximum is not None and call.total > call.total_maximum:
        return _verdict(
            Outcome.FAILED,
            "CALL_TOTAL_EXCEEDED",
            told(
                "With {prior} from before, {total} is requested; the project pays at most"
                " {maximum} in all.",
                prior=_euros(call.prior),
                total=_euros(call.total),
                maximum=_euros(call.total_maximum),
            ),
        )
    return None


def _paper_fault(answers: CascadeReadiness) -> Verdict | None:
    if answers.same_cost_funded_elsewhere:
        return _verdict(
            Outcome.FAILED,
            "DOUBLE_FUNDING",
            told("Somebody else pays for the same costs; double funding is forbidden."),
        )
    missing = list(_missing(answers))
    if missing:
        return _verdict(
            Outcome.FAILED,
            "PAPERS_MISSING",
            told("Before any payment there must be: {papers}.", papers=missing),
        )
    return None


def _missing(answers: CascadeReadiness) -> Iterator[Text]:
    if not answers.sme_declaration:
        yield told("the SME declaration")
    if not answers.ownership_declaration:
        yield told("the declaration on ownership and control")
    if not answers.bank_kyc:
        yield told("the checks of bank and company (KYC)")


def _undecided(call: Call) -> Verdict | None:
    # Without anything from before, the total is the request, which the call allows.
    if call.total_maximum is not None or not call.prior:
        return None
    return _verdict(
        Outcome.NEEDS_REVIEW,
        "CALL_TOTAL_UNKNOWN",
        told(
            "With {prior} from before, {total} is requested; a person must find out what the"
            " project pays at most in all.",
            prior=_euros(call.prior),
            total=_euros(call.total),
        ),
    )


def _kept_too_short(call: Call, kept_until: date) -> Verdict | None:
    if call.records_until <= kept_until:
        return None
    return _verdict(
        Outcome.WARNING,
        "RECORDS_NEEDED_LONGER",
        told(
            "Records are needed until {needed}, but kept here until {kept}: keep a copy.",
            needed=call.records_until,
            kept=kept_until,
        ),
    )


def _euros(amount: Decimal) -> Money:
    # Not validated: a sum may be longer than an amount that a form accepts.
    return Money.model_construct(amount=amount, currency=CURRENCY)


def _verdict(outcome: Outcome, code: str, message: Text) -> Verdict:
    return Verdict(outcome=outcome, code=code, message=message)

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest

from softlanding import Outcome, Retention, Verdict
from softlanding_f6s_network.cascade.form import KEPT, CascadeReadiness

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]


def eur(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


async def test_a_ready_start_up_passes_with_all_figures(check: Check, answers: Answers) -> None:
    prior = [{"project": "Other", "amount": eur("1000.50")}]
    verdict = await check("cascade", answers("cascade", prior_fstp_list=prior))
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "READY")
    assert verdict.message == {
        "en": "Ready for €50,000.00 of call DEMO-OC-1; records are kept until 2033-12-31."
    }
    assert [
        (one.name, None if one.value is None else str(one.value), one.unit) for one in verdict.facts
    ] == [
        ("requested", "50000.00", "EUR"),
        ("call_maximum", "60000.00", "EUR"),
        ("prior_from_same_project", "0.00", "EUR"),
        ("total", "50000.00", "EUR"),
        ("call_total_maximum", None, "EUR"),
        ("prior_fstp", "1000.50", "EUR"),
        ("records_until", "2033-12-31", None),
        ("kept_until", "2037-02-27", None),
    ]
    assert [(one.kind, one.label) for one in verdict.evidence] == [
        ("sub_grant_file", "Call DEMO-OC-1, kept until 2033-12-31")
    ]


@pytest.mark.parametrize(
    ("requested", "own", "outcome", "code"),
    [
        ("59999.99", None, Outcome.PASSED, "READY"),
        ("60000.00", None, Outcome.PASSED, "READY"),
        ("60000.01", None, Outcome.FAILED, "CALL_MAXIMUM_EXCEEDED"),
        ("150000.00", "150000", Outcome.PASSED, "READY"),
        ("150000.01", "150000", Outcome.FAILED, "CALL_MAXIMUM_EXCEEDED"),
        ("20000.01", "20000", Outcome.FAILED, "CALL_MAXIMUM_EXCEEDED"),
    ],
)
async def test_the_request_stays_within_the_call(
    check: Check,
    answers: Answers,
    requested: str,
    own: str | None,
    outcome: Outcome,
    code: str,
) -> None:
    verdict = await check(
        "cascade",
        answers(
            "cascade", requested=eur(requested), call_maximum=None if own is None else eur(own)
        ),
    )
    assert (verdict.outcome, verdict.code) == (outcome, code)


async def test_too_much_is_told_with_the_maximum(check: Check, answers: Answers) -> None:
    verdict = await check("cascade", answers("cascade", requested=eur("75000")))
    assert verdict.message == {"en": "Requested €75,000.00; the call pays at most €60,000.00."}


@pytest.mark.parametrize(
    ("prior", "outcome", "code"),
    [
        ("49999.99", Outcome.PASSED, "READY"),
        ("50000.00", Outcome.PASSED, "READY"),
        ("50000.01", Outcome.FAILED, "CALL_TOTAL_EXCEEDED"),
    ],
)
async def test_the_project_has_a_maximum_over_all_its_calls(
    check: Check, answers: Answers, prior: str, outcome: Outcome, code: str
) -> None:
    given = answers("cascade", prior_from_same_project=eur(prior), call_total_maximum=eur("100000"))
    verdict = await check("cascade", given)
    assert (verdict.outcome, verdict.code) == (outcome, code)
    if outcome is Outcome.FAILED:
        assert verdict.message == {
            "en": "With €50,000.01 from before, €100,000.01 is requested; the project pays at"
            " most €100,000.00 in all."
        }


async def test_a_total_that_nobody_has_named_needs_a_person(check: Check, answers: Answers) -> None:
    verdict = await check("cascade", answers("cascade", prior_from_same_project=eur("0.01")))
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "CALL_TOTAL_UNKNOWN")
    nothing = await check("cascade", answers("cascade", prior_from_same_project=eur("0")))
    assert nothing.outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        (
            {"sme_declaration": False},
            "PAPERS_MISSING",
            "Before any payment there must be: the SME declaration.",
        ),
        (
            {"ownership_declaration": False, "bank_kyc": False},
            "PAPERS_MISSING",
            "Before any payment there must be: the declaration on ownership and control, the"
            " checks of bank and company (KYC).",
        ),
        (
            {"same_cost_funded_elsewhere": True, "bank_kyc": False},
            "DOUBLE_FUNDING",
            "Somebody else pays for the same costs; double funding is forbidden.",
        ),
    ],
)
async def test_papers_must_be_there_and_costs_be_paid_once(
    check: Check, answers: Answers, changes: dict[str, Any], code: str, message: str
) -> None:
    verdict = await check("cascade", answers("cascade", **changes))
    assert (verdict.outcome, verdict.code, verdict.message) == (
        Outcome.FAILED,
        code,
        {"en": message},
    )


@pytest.mark.parametrize(
    ("ends_on", "outcome", "records_until"),
    [
        ("2032-02-27", Outcome.PASSED, date(2037, 2, 27)),
        ("2032-02-28", Outcome.WARNING, date(2037, 2, 28)),
        ("2028-02-29", Outcome.PASSED, date(2033, 2, 28)),
    ],
)
async def test_records_are_needed_for_five_years_after_the_project(
    check: Check, answers: Answers, ends_on: str, outcome: Outcome, records_until: date
) -> None:
    verdict = await check("cascade", answers("cascade", project_ends_on=ends_on))
    assert verdict.outcome is outcome
    assert {one.name: one.value for one in verdict.facts}["records_until"] == records_until
    if outcome is Outcome.WARNING:
        assert (verdict.code, verdict.message["en"]) == (
            "RECORDS_NEEDED_LONGER",
            "Records are needed until 2037-02-28, but kept here until 2037-02-27: keep a copy.",
        )


def test_every_answer_outlives_the_stay() -> None:
    for name, field in CascadeReadiness.model_fields.items():
        assert Retention(days=KEPT.days) in field.metadata, name


async def test_amounts_are_in_euros(check: Check, answers: Answers) -> None:
    prior = [{"project": "Other", "amount": {"amount": "1", "currency": "GBP"}}]
    verdict = await check("cascade", answers("cascade", prior_fstp_list=prior))
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "CURRENCY_NOT_EUR")
    assert verdict.message == {
        "en": "The rule is in EUR, but prior_fstp_list[1].amount is in GBP. Give it in EUR."
    }

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from softlanding import Evidence, Outcome, Registration, Severity, StaySnapshot, Verdict
from softlanding_crosspring_lab.facilitator_terms.form import FacilitatorTerms

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]
Facts = Callable[[Verdict], Mapping[str, str]]
Stay = Callable[..., StaySnapshot]
PLAN = "crosspring_lab.innovation_plan"


def changed(answers: Answers, **changes: Any) -> dict[str, Any]:
    """Return terms that meet all criteria but for the changes, to facilitator or agreement."""
    given = answers("facilitator_terms")
    for name, value in changes.items():
        part = "facilitator" if name in given["facilitator"] else "agreement"
        assert name in given[part]
        given[part][name] = value
    return given


async def test_terms_that_meet_all_criteria_at_their_limits_pass(
    check: Check, answers: Answers, facts: Facts
) -> None:
    given = answers("facilitator_terms")
    verdict = await check("facilitator_terms", given, others={PLAN: answers("innovation_plan")})
    assert (verdict.outcome, verdict.code, verdict.message["en"], verdict.severity) == (
        Outcome.PASSED,
        "TERMS_MET",
        "Facilitator and agreement meet all 7 criteria.",
        Severity.BLOCK,
    )
    assert facts(verdict) == {
        "seek_startup_permit": "True",
        "years_experience": "2",
        "experience_years_minimum": "2",
        "equity": "0.00",
        "equity_minimum": "0",
        "share": "50",
        "share_maximum": "50",
        "family_degree_excluded": "3",
        "coaching_hours": "16",
        "rvo_experience": "True",
        "rvo_equity": "True",
        "rvo_solvency": "True",
        "rvo_share": "True",
        "rvo_family": "True",
        "rvo_signed": "True",
        "rvo_registered": "True",
    }
    assert verdict.evidence == (
        Evidence.of_answers(
            kind="mentor_agreement",
            label="Facilitator and agreement as noted",
            answers=FacilitatorTerms.model_validate(given),
        ),
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"years_experience": "1.99"}, "EXPERIENCE_TOO_SHORT"),
        ({"years_experience": "2.01"}, "TERMS_MET"),
        ({"liabilities": {"amount": "99.99"}}, "TERMS_MET"),
        ({"liabilities": {"amount": "100.01"}}, "EQUITY_NEGATIVE"),
        ({"assets": {"amount": "100.00", "currency": "USD"}}, "CURRENCY_NOT_EUR"),
        ({"insolvent": True}, "FACILITATOR_INSOLVENT"),
        ({"share_pct": "49.99"}, "TERMS_MET"),
        ({"share_pct": "50.01"}, "FACILITATOR_MAJORITY"),
        ({"family_degree": 1}, "FACILITATOR_IS_FAMILY"),
        ({"family_degree": 3}, "FACILITATOR_IS_FAMILY"),
        ({"family_degree": 5}, "TERMS_MET"),
        ({"family_degree": None}, "TERMS_MET"),
        ({"signed_by_both": False}, "AGREEMENT_NOT_SIGNED"),
        ({"kvk": "0000009"}, "FACILITATOR_NOT_REGISTERED"),
    ],
)
async def test_each_criterion_holds_up_to_its_limit(
    check: Check, answers: Answers, changes: dict[str, Any], code: str
) -> None:
    assert (await check("facilitator_terms", changed(answers, **changes))).code == code


async def test_all_that_is_missing_is_told_in_order(check: Check, answers: Answers) -> None:
    given = changed(
        answers,
        years_experience="1.5",
        liabilities={"amount": "5100.00"},
        insolvent=True,
        share_pct="50.5",
        family_degree=2,
        signed_by_both=False,
        kvk="123",
    )
    verdict = await check("facilitator_terms", given)
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "EXPERIENCE_TOO_SHORT",
        "Facilitator has 1.5 years of experience; 2 are needed."
        " Facilitator's equity is €5,000.00 below the €0.00 needed."
        " Facilitator is insolvent."
        " Facilitator holds 50.5 % \u2013 majority not allowed."
        " Facilitator and a founder are relatives; up to degree 3 is not allowed."
        " The agreement is not signed by both."
        " The number of the facilitator does not hold: KvK numbers have 8 digits, got 3.",
    )


@pytest.mark.parametrize(
    ("own", "profile", "code"),
    [
        (None, None, "STARTUP_NOT_REGISTERED"),
        (None, "00000001", "TERMS_MET"),
        ("00000002", None, "TERMS_MET"),
        ("0000002", "00000001", "STARTUP_NOT_REGISTERED"),
    ],
)
async def test_the_start_up_is_registered_by_its_answer_or_its_profile(
    check: Check,
    answers: Answers,
    dutch_stay: Stay,
    own: str | None,
    profile: str | None,
    code: str,
) -> None:
    registrations = (Registration(scheme="KVK", value=profile),) if profile else ()
    stay = dutch_stay(startup=replace(dutch_stay().startup, registrations=registrations))
    given = answers("facilitator_terms", startup_kvk=own)
    assert (await check("facilitator_terms", given, stay=stay)).code == code


@pytest.mark.parametrize(
    ("seeks", "severity"),
    [(True, Severity.BLOCK), (False, Severity.WARN), (None, Severity.BLOCK)],
)
@pytest.mark.parametrize("signed", [True, False])
async def test_the_terms_block_those_who_seek_the_permit_and_warn_the_others(
    check: Check, answers: Answers, seeks: bool | None, severity: Severity, signed: bool
) -> None:
    plan = answers("innovation_plan", seek_startup_permit=seeks)
    verdict = await check(
        "facilitator_terms",
        changed(answers, signed_by_both=signed),
        others={} if seeks is None else {PLAN: plan},
    )
    assert (verdict.outcome is Outcome.PASSED, verdict.severity) == (signed, severity)


@pytest.mark.parametrize("part", ["facilitator", "agreement"])
async def test_without_facilitator_or_agreement_the_permit_cannot_be_sought(
    check: Check, answers: Answers, part: str
) -> None:
    given = answers("facilitator_terms", **{part: None})
    seeking, not_seeking = [
        await check(
            "facilitator_terms",
            given,
            others={PLAN: answers("innovation_plan", seek_startup_permit=seeks)},
        )
        for seeks in (True, False)
    ]
    assert (seeking.outcome, seeking.code, seeking.severity, seeking.message["en"]) == (
        Outcome.FAILED,
        "NO_AGREEMENT",
        Severity.BLOCK,
        "The stay has no facilitator with an agreement yet.",
    )
    assert (not_seeking.outcome, not_seeking.code, not_seeking.message["en"]) == (
        Outcome.NOT_APPLICABLE,
        "NO_FACILITATOR_WANTED",
        "No founder seeks the permit, and the stay has no facilitator.",
    )


async def test_the_family_of_a_founder_is_no_fact(
    check: Check, answers: Answers, facts: Facts
) -> None:
    verdict = await check("facilitator_terms", changed(answers, family_degree=2))
    assert "family_degree" not in facts(verdict)

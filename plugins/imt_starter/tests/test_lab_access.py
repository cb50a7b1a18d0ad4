from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest

from softlanding import Outcome, Traveller, Verdict
from softlanding.testing.checks import a_stay

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]
PROFILE = "imt_starter.research_profile"


async def checked(
    check: Check,
    answers: Answers,
    *,
    lab: str | None = "demo-lab-photonics",
    stay: Any = None,
    today: date = date(2026, 11, 22),
    **changes: Any,
) -> Verdict:
    return await check(
        "lab_access",
        answers("lab_access", **changes),
        stay=stay or a_stay(),
        today=today,
        others={PROFILE: answers("research_profile", lab=lab)},
    )


async def test_the_request_of_gintaras_is_pending_until_20_january(
    check: Check, answers: Answers
) -> None:
    verdict = await checked(check, answers)
    assert (verdict.outcome, verdict.code, verdict.severity, verdict.usable_on) == (
        Outcome.NEEDS_REVIEW,
        "OPINION_PENDING",
        None,
        date(2027, 1, 20),
    )
    assert verdict.message["en"] == (
        "Request sent 2026-11-20; the opinion is pending. Silence is favourable from 2027-01-20"
        " on, before the arrival on 2027-03-01."
    )
    assert [(one.name, str(one.value), one.unit) for one in verdict.facts] == [
        ("lab", "demo-lab-photonics", None),
        ("zrr", "yes", None),
        ("opinion", "PENDING", None),
        ("request_sent_on", "2026-11-20", None),
        ("opinion_months", "2", "months"),
        ("opinion_due_on", "2027-01-20", None),
        ("opinion_wanted_by", "2027-02-14", None),
        ("arrival", "2027-03-01", None),
    ]


@pytest.mark.parametrize(
    ("today", "outcome", "code"),
    [
        (date(2027, 1, 19), Outcome.NEEDS_REVIEW, "OPINION_PENDING"),
        (date(2027, 1, 20), Outcome.PASSED, "FAVOURABLE_BY_SILENCE"),
        (date(2027, 1, 21), Outcome.PASSED, "FAVOURABLE_BY_SILENCE"),
    ],
)
async def test_two_months_of_silence_are_favourable(
    check: Check, answers: Answers, today: date, outcome: Outcome, code: str
) -> None:
    verdict = await checked(check, answers, today=today)
    assert (verdict.outcome, verdict.code, verdict.usable_on) == (outcome, code, date(2027, 1, 20))


@pytest.mark.parametrize(
    ("sent", "code", "due"),
    [
        ("2026-12-31", "OPINION_PENDING", date(2027, 2, 28)),
        ("2027-01-01", "OPINION_PENDING", date(2027, 3, 1)),
        ("2027-01-02", "OPINION_TOO_LATE", date(2027, 3, 2)),
    ],
)
async def test_the_opinion_is_due_by_the_arrival(
    check: Check, answers: Answers, sent: str, code: str, due: date
) -> None:
    verdict = await checked(check, answers, today=date(2027, 1, 5), request_sent_on=sent)
    assert (verdict.code, verdict.usable_on) == (code, due)


async def test_a_late_opinion_fails_with_the_free_labs(check: Check, answers: Answers) -> None:
    verdict = await checked(check, answers, today=date(2027, 1, 15), request_sent_on="2027-01-10")
    assert verdict.outcome is Outcome.FAILED
    assert verdict.message["en"] == (
        "Request sent 2027-01-10; opinion due 2027-03-10, after your arrival. Choose lab Demo Lab"
        " Open Platforms (demo-lab-open-platforms) or start later."
    )


@pytest.mark.parametrize(
    ("opinion", "sent", "outcome", "code"),
    [
        ("FAVOURABLE", "2026-11-20", Outcome.PASSED, "OPINION_FAVOURABLE"),
        ("REFUSED", "2026-11-20", Outcome.FAILED, "OPINION_REFUSED"),
        ("PENDING", None, Outcome.FAILED, "REQUEST_NOT_SENT"),
        ("FAVOURABLE", None, Outcome.FAILED, "REQUEST_NOT_SENT"),
        ("PENDING", "2026-11-22", Outcome.NEEDS_REVIEW, "OPINION_PENDING"),
        ("PENDING", "2026-11-23", Outcome.FAILED, "REQUEST_IN_FUTURE"),
    ],
)
async def test_the_opinion_binds_once_a_request_is_sent(
    check: Check, answers: Answers, opinion: str, sent: str | None, outcome: Outcome, code: str
) -> None:
    verdict = await checked(check, answers, opinion=opinion, request_sent_on=sent)
    assert (verdict.outcome, verdict.code) == (outcome, code)


async def test_a_refusal_stays_one_after_two_months(check: Check, answers: Answers) -> None:
    verdict = await checked(check, answers, today=date(2027, 2, 20), opinion="REFUSED")
    assert verdict.message["en"] == (
        "The opinion is a refusal: only non-ZRR rooms are open, such as Demo Lab Open Platforms"
        " (demo-lab-open-platforms)."
    )


@pytest.mark.parametrize(
    ("today", "advised"), [(date(2027, 1, 1), False), (date(2027, 1, 2), True)]
)
async def test_a_request_that_would_be_too_late_tells_the_way_out(
    check: Check, answers: Answers, today: date, advised: bool
) -> None:
    verdict = await checked(check, answers, today=today, request_sent_on=None)
    assert ("or start later" in verdict.message["en"]) is advised
    assert verdict.usable_on is None


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"nationality": None}, "nationality"),
        ({"employer": None}, "employer"),
        ({"purpose": None}, "purpose"),
        ({"cv_handed_in": False}, "cv_handed_in"),
        ({"foreign_support_declared": False}, "foreign_support_declared"),
        ({"employer": None, "purpose": None}, "employer, purpose"),
    ],
)
async def test_all_that_is_asked_of_a_traveller_is_there(
    check: Check, answers: Answers, change: dict[str, Any], missing: str
) -> None:
    traveller = answers("lab_access")["travellers"][0] | change
    verdict = await checked(check, answers, travellers=[traveller])
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "FIELDS_MISSING",
        f"The request lacks: Example Founder: {missing}.",
    )


async def test_the_request_names_all_travellers(check: Check, answers: Answers) -> None:
    stay = a_stay(
        travellers=(
            Traveller(name="EXAMPLE FOUNDER", nationalities=("LT",)),
            Traveller(name="Second Founder", nationalities=("LT",)),
        )
    )
    verdict = await checked(check, answers, stay=stay)
    assert (verdict.code, verdict.message["en"]) == (
        "TRAVELLER_MISSING",
        "The request does not name Second Founder.",
    )


@pytest.mark.parametrize(
    ("lab", "outcome", "code"),
    [
        ("NONE", Outcome.NOT_APPLICABLE, "NO_RESTRICTED_LAB"),
        ("demo-lab-open-platforms", Outcome.NOT_APPLICABLE, "NO_RESTRICTED_LAB"),
        ("samovar", Outcome.NEEDS_REVIEW, "OPINION_PENDING"),
        ("somewhere", Outcome.NEEDS_REVIEW, "LAB_NOT_CHOSEN"),
        (None, Outcome.NEEDS_REVIEW, "LAB_NOT_CHOSEN"),
    ],
)
async def test_the_lab_decides_whether_an_opinion_is_needed(
    check: Check, answers: Answers, lab: str | None, outcome: Outcome, code: str
) -> None:
    verdict = await checked(check, answers, lab=lab)
    assert (verdict.outcome, verdict.code) == (outcome, code)


async def test_without_a_profile_a_person_decides(check: Check, answers: Answers) -> None:
    verdict = await check("lab_access", answers("lab_access"))
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "LAB_NOT_CHOSEN")

from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from softlanding import Fact, Outcome, Verdict

Check = Callable[..., Awaitable[Verdict]]
TODAY = date(2027, 5, 31)


def session(topic: str, hours: str, *, attended: bool = True) -> dict[str, Any]:
    return {"topic": topic, "hours": hours, "attended": attended}


def log(*sessions: dict[str, Any], **more: Any) -> dict[str, Any]:
    listed = list(sessions) or [session("Market", "4"), session("Team", "4"), session("Law", "4")]
    return {
        "sessions": listed,
        "mentor_hours": "4",
        "mentor": "Example Mentor",
        "signed_on": "2027-05-31",
        **more,
    }


async def attended(check: Check, answers: dict[str, Any]) -> Verdict:
    return await check("founder_school", answers, today=TODAY)


async def test_enough_hours_topics_and_mentoring_pass(check: Check) -> None:
    verdict = await attended(check, log())
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.PASSED,
        "ATTENDED",
        "12 hours attended in 3 topics, 4 hours with the mentor.",
    )
    assert verdict.facts == (
        Fact(name="hours_attended", value=Decimal(12), unit="hours"),
        Fact(name="hours_minimum", value=Decimal(12), unit="hours"),
        Fact(name="topics_attended", value=3, unit="topics"),
        Fact(name="topics_minimum", value=3, unit="topics"),
        Fact(name="mentor_hours", value=Decimal(4), unit="hours"),
        Fact(name="mentor_hours_minimum", value=Decimal(4), unit="hours"),
        Fact(name="signed_on", value=date(2027, 5, 31)),
    )
    assert [one.kind for one in verdict.evidence] == ["attendance_log"]


@pytest.mark.parametrize(
    ("hours", "code"), [("3.99", "TOO_FEW_HOURS"), ("4", "ATTENDED"), ("4.01", "ATTENDED")]
)
async def test_twelve_hours_are_wanted(check: Check, hours: str, code: str) -> None:
    answers = log(session("Market", "4"), session("Team", "4"), session("Law", hours))
    assert (await attended(check, answers)).code == code


async def test_missed_hours_are_told_with_the_missing_topics(check: Check) -> None:
    answers = log(
        session("Market", "4"),
        session("Team", "4"),
        session("Finance", "4", attended=False),
        session("Law", "4", attended=False),
    )
    verdict = await attended(check, answers)
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "TOO_FEW_HOURS",
        "8 of 12 hours attended; missing topics: Finance, Law.",
    )


async def test_hours_can_be_missed_without_a_missing_topic(check: Check) -> None:
    answers = log(session("Market", "4"), session("Team", "4"), session("Law", "1.5"))
    assert (await attended(check, answers)).message["en"] == (
        "9.5 of 12 hours attended; no other topic was offered."
    )


async def test_three_topics_are_wanted(check: Check) -> None:
    answers = log(session("Market", "8"), session("Team", "8"), session("market ", "1"))
    verdict = await attended(check, answers)
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "TOO_FEW_TOPICS",
        "2 of 3 topics attended; no other topic was offered.",
    )


async def test_a_topic_attended_once_is_not_missing(check: Check) -> None:
    answers = log(
        session("Market", "4", attended=False),
        session("market", "4"),
        session("Team", "4"),
        session("Law", "4"),
    )
    assert (await attended(check, answers)).code == "ATTENDED"


@pytest.mark.parametrize(
    ("hours", "code"),
    [("3.75", "TOO_FEW_MENTOR_HOURS"), ("4", "ATTENDED"), ("4.25", "ATTENDED")],
)
async def test_four_hours_with_the_mentor_are_wanted(check: Check, hours: str, code: str) -> None:
    assert (await attended(check, log(mentor_hours=hours))).code == code


async def test_hours_and_mentoring_fail_together(check: Check) -> None:
    verdict = await attended(check, log(session("Market", "2"), mentor_hours="1"))
    assert verdict.message["en"] == (
        "2 of 12 hours attended; no other topic was offered. 1 of 4 hours with the mentor."
    )


@pytest.mark.parametrize(
    ("signed_on", "outcome"),
    [
        (None, Outcome.WARNING),
        ("2027-05-31", Outcome.PASSED),
        ("2027-06-01", Outcome.WARNING),
    ],
)
async def test_the_mentor_has_signed_the_log(
    check: Check, signed_on: str | None, outcome: Outcome
) -> None:
    assert (await attended(check, log(signed_on=signed_on))).outcome is outcome


async def test_a_log_without_sessions_fails(check: Check) -> None:
    verdict = await attended(check, log() | {"sessions": []})
    assert verdict.message["en"] == "0 of 12 hours attended; no other topic was offered."

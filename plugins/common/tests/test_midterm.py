from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest

from softlanding import Outcome, Verdict

Check = Callable[..., Awaitable[Verdict]]

GOALS = {
    "goals": [
        {"key": "pilot", "text": "Agree on a pilot", "needs": ["CORPORATES"]},
        {"key": "lab", "text": "Find a lab", "needs": ["RESEARCH"]},
    ]
}
REVIEW = date(2027, 3, 15)


def progress(goal: str, state: str = "ON_TRACK", **changes: Any) -> dict[str, Any]:
    return {"goal": goal, "state": state, **changes}


def midterm(*told: dict[str, Any], **changes: Any) -> dict[str, Any]:
    days = {"kickoff_on": "2027-03-04", "held_on": "2027-03-15"}
    return {**days, "progress": list(told or (progress("pilot"), progress("lab"))), **changes}


async def review(check: Check, answers: dict[str, Any], today: date = REVIEW) -> Verdict:
    return await check("midterm", answers, others={"common.goals": GOALS}, today=today)


async def test_goals_on_track_or_reached_pass(check: Check) -> None:
    verdict = await review(check, midterm(progress("pilot"), progress("lab", "REACHED")))
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "ON_TRACK")
    assert [(fact.name, str(fact.value)) for fact in verdict.facts] == [
        ("kickoff_on", "2027-03-04"),
        ("kickoff_due", "2027-03-08"),
        ("held_on", "2027-03-15"),
        ("on_track", "1"),
        ("at_risk", "0"),
        ("reached", "1"),
        ("dropped", "0"),
    ]


async def test_a_goal_at_risk_is_a_warning_with_its_next_step(check: Check) -> None:
    risk = progress("lab", "AT_RISK", next_step="Call the second lab.")
    verdict = await review(check, midterm(progress("pilot"), risk))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.WARNING,
        "GOAL_AT_RISK",
        "At risk: Find a lab. Next: Call the second lab.",
    )


@pytest.mark.parametrize(
    ("told", "outcome", "code"),
    [
        ([progress("pilot")], Outcome.FAILED, "GOAL_WITHOUT_PROGRESS"),
        (
            [progress("pilot"), progress("lab"), progress("moon")],
            Outcome.FAILED,
            "GOAL_UNKNOWN",
        ),
        (
            [progress("pilot"), progress("lab"), progress("lab", "REACHED")],
            Outcome.FAILED,
            "GOAL_TOLD_TWICE",
        ),
        ([progress("pilot"), progress("lab", "AT_RISK")], Outcome.FAILED, "NEXT_STEP_MISSING"),
        ([progress("pilot"), progress("lab", "DROPPED")], Outcome.WARNING, "GOAL_DROPPED"),
    ],
)
async def test_each_goal_is_told_of_once(
    check: Check, told: list[dict[str, Any]], outcome: Outcome, code: str
) -> None:
    verdict = await review(check, midterm(*told))
    assert (verdict.outcome, verdict.code) == (outcome, code)


@pytest.mark.parametrize(
    ("held", "today", "code"),
    [
        ("2027-02-28", date(2027, 4, 30), "REVIEW_OUTSIDE_STAY"),
        ("2027-03-01", date(2027, 4, 30), "ON_TRACK"),
        ("2027-03-30", date(2027, 4, 30), "ON_TRACK"),
        ("2027-03-31", date(2027, 4, 30), "REVIEW_OUTSIDE_STAY"),
        ("2027-03-15", date(2027, 3, 15), "ON_TRACK"),
        ("2027-03-16", date(2027, 3, 15), "REVIEW_TO_COME"),
    ],
)
async def test_the_review_is_held_during_the_stay(
    check: Check, held: str, today: date, code: str
) -> None:
    assert (await review(check, midterm(held_on=held), today)).code == code


@pytest.mark.parametrize(
    ("kickoff", "code"),
    [
        ("2027-03-07", "ON_TRACK"),
        ("2027-03-08", "ON_TRACK"),
        ("2027-03-09", "KICKOFF_LATE"),
        (None, "KICKOFF_MISSING"),
    ],
)
async def test_the_kick_off_is_within_a_week(check: Check, kickoff: str | None, code: str) -> None:
    assert (await review(check, midterm(kickoff_on=kickoff))).code == code


async def test_without_goals_a_person_decides(check: Check) -> None:
    verdict = await check("midterm", midterm(), today=REVIEW)
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "GOALS_MISSING")

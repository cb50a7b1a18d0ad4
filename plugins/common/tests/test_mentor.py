from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest

from softlanding import Outcome, Verdict

Check = Callable[..., Awaitable[Verdict]]

GOALS = {
    "goals": [
        {"key": "pilot", "text": "Agree on a pilot", "needs": ["CORPORATES", "MENTORING"]},
        {"key": "lab", "text": "Find a lab", "needs": ["RESEARCH"]},
    ]
}
OTHERS = {"common.goals": GOALS}


def introduction(goal: str, need: str, **changes: Any) -> dict[str, Any]:
    return {"goal": goal, "need": need, "to": "Example Works", "on": "2027-03-03", **changes}


ALL = [
    introduction("pilot", "CORPORATES"),
    introduction("pilot", "CORPORATES", on="2027-03-04"),
    introduction("pilot", "MENTORING", on="2027-03-05"),
    introduction("lab", "RESEARCH", on="2027-03-08"),
    introduction("lab", "RESEARCH", on="2027-03-30"),
]


def mentor(*introductions: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"mentor": "Example Mentor", "introductions": list(introductions), **changes}


async def test_a_mentor_and_an_introduction_for_each_need_pass(check: Check) -> None:
    verdict = await check("mentor", mentor(*ALL), others=OTHERS)
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.PASSED,
        "INTRODUCTIONS_MADE",
        "A mentor is named, each need has an introduction, and 5 meetings are booked.",
    )
    assert [(fact.name, fact.value, fact.unit) for fact in verdict.facts] == [
        ("mentor_named", True, None),
        ("needs", 3, "needs"),
        ("needs_covered", 3, "needs"),
        ("meetings_booked", 5, "meetings"),
        ("meetings_wanted", 5, "meetings"),
    ]


async def test_each_need_without_an_introduction_is_named(check: Check) -> None:
    verdict = await check("mentor", mentor(*ALL[:2]), others=OTHERS)
    assert (verdict.outcome, verdict.code, dict(verdict.message)) == (
        Outcome.WARNING,
        "NEED_WITHOUT_INTRODUCTION",
        {
            "en": "Without an introduction: mentoring for “Agree on a pilot”, research for"
            " “Find a lab”. 2 of at least 5 meetings are booked.",
            "fr": "Sans mise en relation : mentorat pour « Agree on a pilot », recherche pour"
            " « Find a lab ». 2 rendez-vous sont pris ; il en faut au moins 5.",
        },
    )


async def test_an_introduction_that_was_declined_does_not_count(check: Check) -> None:
    answers = mentor(*ALL[:3], introduction("lab", "RESEARCH", outcome="DECLINED"))
    verdict = await check("mentor", answers, others=OTHERS)
    assert verdict.message["en"] == (
        "Without an introduction: research for “Find a lab”. 3 of at least 5 meetings are booked."
    )


async def test_an_introduction_for_the_same_need_of_another_goal_does_not_count(
    check: Check,
) -> None:
    answers = mentor(*ALL[:4], introduction("lab", "CORPORATES", on="2027-03-09"))
    assert (await check("mentor", answers, others=OTHERS)).code == "INTRODUCTIONS_MADE"
    answers = mentor(*ALL[1:], introduction("lab", "MENTORING"))
    without = mentor(*(one for one in answers["introductions"] if one["need"] != "CORPORATES"))
    assert (await check("mentor", without, others=OTHERS)).code == "NEED_WITHOUT_INTRODUCTION"


@pytest.mark.parametrize(("meetings", "code"), [(4, "FEW_MEETINGS"), (5, "INTRODUCTIONS_MADE")])
async def test_at_least_five_meetings_are_booked(check: Check, meetings: int, code: str) -> None:
    unplanned = [{**one, "on": None} for one in ALL]
    answers = mentor(*ALL[:meetings], *unplanned[meetings:])
    assert (await check("mentor", answers, others=OTHERS)).code == code


@pytest.mark.parametrize(
    ("day", "booked"),
    [("2027-02-28", 4), ("2027-03-01", 5), ("2027-03-30", 5), ("2027-03-31", 4)],
)
async def test_a_meeting_is_booked_on_a_day_of_the_stay(
    check: Check, day: str, booked: int
) -> None:
    answers = mentor(*ALL[:4], {**ALL[4], "on": day})
    verdict = await check("mentor", answers, others=OTHERS)
    assert {fact.name: fact.value for fact in verdict.facts}["meetings_booked"] == booked


async def test_no_mentor_is_a_failure(check: Check) -> None:
    verdict = await check("mentor", mentor(*ALL, mentor=None), others=OTHERS)
    assert (verdict.outcome, verdict.message["en"]) == (Outcome.FAILED, "No mentor is named.")


async def test_an_introduction_is_for_a_goal_that_there_is(check: Check) -> None:
    answers = mentor(*ALL, introduction("moon", "RESEARCH"), introduction("moon", "TALENT"))
    verdict = await check("mentor", answers, others=OTHERS)
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "GOAL_UNKNOWN",
        "The stay has no goal with the key moon.",
    )


@pytest.mark.parametrize("outcome", ["HELD", "FOLLOW_UP"])
@pytest.mark.parametrize(
    ("on", "code"),
    [
        (None, "HELD_TOO_EARLY"),
        ("2027-03-09", "HELD_TOO_EARLY"),
        ("2027-03-08", "INTRODUCTIONS_MADE"),
    ],
)
async def test_a_meeting_is_held_on_a_day_that_has_come(
    check: Check, outcome: str, on: str | None, code: str
) -> None:
    held = introduction("lab", "RESEARCH", outcome=outcome, on=on)
    verdict = await check("mentor", mentor(*ALL, held), others=OTHERS, today=date(2027, 3, 8))
    assert verdict.code == code


async def test_without_goals_a_person_decides(check: Check) -> None:
    verdict = await check("mentor", mentor(*ALL))
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "GOALS_MISSING")

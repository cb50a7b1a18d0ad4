from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest

from softlanding import Outcome, RuleSet, Verdict
from softlanding.testing.checks import a_stay
from softlanding_common.followup.days import follow_up_days, next_follow_up

Check = Callable[..., Awaitable[Verdict]]
FIRST, SECOND = date(2027, 2, 28), date(2027, 8, 27)
STAY = a_stay(arrival=date(2026, 9, 1), departure=date(2026, 9, 30))


def figures(day: str, **changes: Any) -> dict[str, Any]:
    plain = {
        "measured_on": day,
        "market_entered": True,
        "customers": 2,
        "pilots": 1,
        "partnerships": 1,
        "research_collaborations": 0,
        "jobs_added": 3,
        "new_products": 0,
        "settlement": "LATER",
    }
    return {**plain, **changes}


async def follow(check: Check, *days: str, today: date = date(2027, 12, 1)) -> Verdict:
    answers = {"measurements": [figures(day) for day in days]}
    return await check("followup", answers, stay=STAY, today=today)


def test_a_stay_from_1_september_2026_is_followed_up_on_28_february_and_27_august_2027() -> None:
    (rules,) = [one for one in RuleSet.all_in("softlanding_common") if one.key == "common.followup"]
    assert follow_up_days(STAY.arrival, rules.on(date(2026, 11, 22))) == (FIRST, SECOND)


@pytest.mark.parametrize(
    ("measured", "upcoming"),
    [
        ([], FIRST),
        ([date(2027, 2, 27)], FIRST),
        ([date(2027, 2, 28)], SECOND),
        ([date(2027, 8, 26)], SECOND),
        ([date(2027, 8, 27)], SECOND),
        ([date(2028, 3, 1)], SECOND),
        ([date(2027, 2, 28), date(2027, 8, 27)], None),
        ([date(2027, 9, 1), date(2027, 3, 1)], None),
    ],
)
def test_the_next_follow_up_is_the_first_that_nothing_has_reached(
    measured: list[date], upcoming: date | None
) -> None:
    assert next_follow_up((FIRST, SECOND), measured) == upcoming


async def test_the_first_follow_up_names_the_second(check: Check) -> None:
    verdict = await follow(check, "2027-02-28")
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.PASSED,
        "FOLLOW_UP_IN",
        "The follow-up is in; the next is due 2027-08-27.",
    )
    assert [(fact.name, str(fact.value), fact.unit) for fact in verdict.facts] == [
        ("first_due", "2027-02-28", None),
        ("second_due", "2027-08-27", None),
        ("next_due", "2027-08-27", None),
        ("measured_on", "2027-02-28", None),
        ("customers", "2", "customers"),
        ("pilots", "1", "pilots"),
        ("partnerships", "1", "partnerships"),
        ("jobs_added", "3", "jobs"),
        ("settlement", "LATER", None),
    ]


async def test_after_both_nothing_is_left(check: Check) -> None:
    verdict = await follow(check, "2027-03-01", "2027-08-27")
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "FOLLOW_UP_COMPLETE")


@pytest.mark.parametrize(
    ("day", "today", "outcome", "code"),
    [
        ("2027-02-27", date(2027, 3, 1), Outcome.WARNING, "MEASURED_EARLY"),
        ("2027-03-01", date(2027, 3, 1), Outcome.PASSED, "FOLLOW_UP_IN"),
        ("2027-03-02", date(2027, 3, 1), Outcome.FAILED, "MEASURED_TO_COME"),
    ],
)
async def test_figures_are_of_a_day_that_has_come(
    check: Check, day: str, today: date, outcome: Outcome, code: str
) -> None:
    verdict = await follow(check, day, today=today)
    assert (verdict.outcome, verdict.code) == (outcome, code)

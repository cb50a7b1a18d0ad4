from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any

import pytest

from softlanding import Evidence, Outcome, StaySnapshot, Verdict, holiday_on
from softlanding_crosspring_lab.lab_sprint.form import LabSprint
from softlanding_crosspring_lab.lab_sprint.weeks import Week, holidays_in, weeks_of

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]
Facts = Callable[[Verdict], Mapping[str, str]]
Stay = Callable[..., StaySnapshot]
KINGS_DAY = holiday_on(date(2027, 4, 27), "NL")
ASCENSION_DAY = holiday_on(date(2027, 5, 6), "NL")


def board(answers: Answers, **by_week: Any) -> dict[str, Any]:
    """Return a board with one experiment per week; `week_1={…}` changes that of week 1."""
    given = answers("lab_sprint")
    for name, changes in by_week.items():
        given["experiments"][int(name.removeprefix("week_")) - 1] |= changes
    return given


def measured(day: str) -> dict[str, Any]:
    return {"result": {"value": "9", "measured_on": day}}


async def test_a_plan_passes_and_tells_days_and_holidays(
    check: Check, answers: Answers, facts: Facts
) -> None:
    given = answers("lab_sprint")
    verdict = await check("lab_sprint", given)
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.PASSED,
        "SPRINT_ON_TRACK",
        "Each of the 4 weeks has an experiment; 4 results are not due yet.",
    )
    assert facts(verdict) == {
        "experiments": "4",
        "results": "0",
        "weeks": "4",
        "result_days": "7",
        "results_due_week_1": "2027-04-25",
        "results_due_week_2": "2027-05-02",
        "results_due_week_3": "2027-05-09",
        "results_due_week_4": "2027-05-16",
        "holidays_week_3": f"2027-04-27 {KINGS_DAY}",
        "holidays_week_4": f"2027-05-06 {ASCENSION_DAY}",
    }
    assert verdict.evidence == (
        Evidence.of_answers(
            kind="lab_board",
            label="Board with 4 experiments, 0 results",
            answers=LabSprint.model_validate(given),
        ),
    )


@pytest.mark.parametrize("week", [1, 2, 3, 4])
async def test_each_week_has_an_experiment(check: Check, answers: Answers, week: int) -> None:
    given = answers("lab_sprint")
    del given["experiments"][week - 1]
    verdict = await check("lab_sprint", given)
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "WEEK_WITHOUT_EXPERIMENT",
        f"Week {week} has no experiment.",
    )


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (date(2027, 4, 11), "SPRINT_ON_TRACK"),
        (date(2027, 4, 18), "SPRINT_ON_TRACK"),
        (date(2027, 4, 19), "SPRINT_ON_TRACK"),
        (date(2027, 4, 25), "SPRINT_ON_TRACK"),
        (date(2027, 4, 26), "RESULT_MISSING"),
    ],
)
async def test_a_result_is_missing_from_the_eighth_day_after_its_week(
    check: Check, answers: Answers, today: date, code: str
) -> None:
    assert (await check("lab_sprint", answers("lab_sprint"), today=today)).code == code


async def test_weeks_without_a_result_are_named(check: Check, answers: Answers) -> None:
    given = board(answers, week_2=measured("2027-04-23"))
    verdict = await check("lab_sprint", given, today=date(2027, 5, 17))
    assert (verdict.outcome, verdict.message["en"]) == (
        Outcome.FAILED,
        "Week 1 has no measured result. Week 3 has no measured result."
        " Week 4 has no measured result.",
    )


async def test_each_experiment_of_a_week_is_closed(check: Check, answers: Answers) -> None:
    given = board(answers, week_1=measured("2027-04-16"))
    given["experiments"].append({**given["experiments"][0], "result": None})
    verdict = await check("lab_sprint", given, today=date(2027, 4, 26))
    assert (verdict.code, verdict.message["en"]) == (
        "RESULT_MISSING",
        "Week 1 has an experiment without a result.",
    )


@pytest.mark.parametrize(
    ("day", "outcome", "code"),
    [
        ("2027-04-11", Outcome.FAILED, "RESULT_BEFORE_WEEK"),
        ("2027-04-12", Outcome.PASSED, "SPRINT_ON_TRACK"),
        ("2027-04-25", Outcome.PASSED, "SPRINT_ON_TRACK"),
        ("2027-04-26", Outcome.WARNING, "RESULT_LATE"),
        ("2027-04-28", Outcome.WARNING, "RESULT_LATE"),
        ("2027-04-29", Outcome.FAILED, "RESULT_IN_FUTURE"),
    ],
)
async def test_a_result_comes_between_its_week_and_its_due_day(
    check: Check, answers: Answers, day: str, outcome: Outcome, code: str
) -> None:
    given = board(answers, week_1=measured(day))
    verdict = await check("lab_sprint", given, today=date(2027, 4, 28))
    assert (verdict.outcome, verdict.code) == (outcome, code)


async def test_a_late_result_is_told_with_both_days(check: Check, answers: Answers) -> None:
    given = board(answers, week_1=measured("2027-04-26"))
    verdict = await check("lab_sprint", given, today=date(2027, 4, 26))
    assert verdict.message["en"] == (
        "A result of week 1 was measured on 2027-04-26; it was due by 2027-04-25."
    )


async def test_a_lab_with_all_results_is_complete(check: Check, answers: Answers) -> None:
    given = board(
        answers,
        week_1=measured("2027-04-16"),
        week_2=measured("2027-04-23"),
        week_3=measured("2027-04-30"),
        week_4=measured("2027-05-07"),
    )
    verdict = await check("lab_sprint", given, today=date(2027, 5, 11))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.PASSED,
        "SPRINT_COMPLETE",
        "All experiments of the 4 weeks have a result.",
    )


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2027-04-25", "DAY_OUTSIDE_WEEK"),
        ("2027-04-26", "SPRINT_ON_TRACK"),
        ("2027-04-27", "ON_HOLIDAY"),
        ("2027-04-28", "SPRINT_ON_TRACK"),
        ("2027-05-02", "SPRINT_ON_TRACK"),
        ("2027-05-03", "DAY_OUTSIDE_WEEK"),
    ],
)
async def test_the_day_of_an_experiment_lies_in_its_week_and_on_no_holiday(
    check: Check, answers: Answers, day: str, code: str
) -> None:
    given = board(answers, week_3={"planned_on": day})
    assert (await check("lab_sprint", given)).code == code


async def test_kings_day_is_told(check: Check, answers: Answers) -> None:
    given = board(
        answers,
        week_1=measured("2027-04-16"),
        week_2=measured("2027-04-23"),
        week_3={"planned_on": "2027-04-27", **measured("2027-04-27")},
    )
    verdict = await check("lab_sprint", given, today=date(2027, 4, 28))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.WARNING,
        "ON_HOLIDAY",
        f"Week 3: 2027-04-27 is a public holiday, {KINGS_DAY}.",
    )


async def test_a_day_outside_its_week_is_told_with_the_week(check: Check, answers: Answers) -> None:
    verdict = await check("lab_sprint", board(answers, week_1={"planned_on": "2027-04-19"}))
    assert (verdict.outcome, verdict.message["en"]) == (
        Outcome.FAILED,
        "Week 1 is from 2027-04-12 to 2027-04-18; its experiment is planned on 2027-04-19.",
    )


async def test_there_is_no_fifth_week(check: Check, answers: Answers) -> None:
    given = answers("lab_sprint")
    given["experiments"].append({**given["experiments"][0], "week": 5, **measured("2026-11-20")})
    verdict = await check("lab_sprint", given)
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "WEEK_OUTSIDE_LAB",
        "The lab of this stay has 4 weeks; there is no week 5.",
    )


@pytest.mark.parametrize(
    ("departure", "count", "last"),
    [
        (date(2027, 4, 12), 1, date(2027, 4, 12)),
        (date(2027, 4, 18), 1, date(2027, 4, 18)),
        (date(2027, 4, 19), 2, date(2027, 4, 19)),
        (date(2027, 5, 2), 3, date(2027, 5, 2)),
        (date(2027, 5, 3), 4, date(2027, 5, 3)),
        (date(2027, 5, 9), 4, date(2027, 5, 9)),
        (date(2027, 5, 11), 4, date(2027, 5, 9)),
        (date(2027, 6, 30), 4, date(2027, 5, 9)),
    ],
)
def test_a_shorter_stay_has_fewer_weeks(
    dutch_stay: Stay, departure: date, count: int, last: date
) -> None:
    weeks = weeks_of(dutch_stay(departure=departure), at_most=4, result_days=7)
    assert (len(weeks), weeks[-1].last) == (count, last)


def test_the_holidays_of_a_week_are_those_of_its_days() -> None:
    week = Week(number=3, first=date(2027, 4, 27), last=date(2027, 4, 27), due_on=date(2027, 5, 4))
    assert holidays_in(week, "NL") == [f"2027-04-27 {KINGS_DAY}"]
    assert holidays_in(week, "DE") == []

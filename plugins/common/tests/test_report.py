from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from softlanding import Outcome, Verdict
from softlanding.testing.checks import a_stay
from softlanding_common.report.figures import ReportFigures, figures_of
from softlanding_common.report.form import Report

Check = Callable[..., Awaitable[Verdict]]
LATER = date(2027, 4, 14)


def meeting(**changes: Any) -> dict[str, Any]:
    plain = {"on": "2027-03-03", "organisation": "Example Works", "need": "CORPORATES"}
    return {**plain, "usefulness": 4, "result": "NONE", **changes}


def report(**changes: Any) -> dict[str, Any]:
    plain = {
        "meetings": [meeting()],
        "mentor_sessions": [{"on": "2027-03-02", "hours": "1.5"}],
        "absences": [],
        "exit_interview_on": "2027-03-29",
        "checked_out_on": "2027-03-31",
    }
    return {**plain, **changes}


async def test_a_plausible_report_passes_with_its_sums(check: Check) -> None:
    verdict = await check("report", report(), today=LATER)
    assert (verdict.outcome, verdict.code, dict(verdict.message)) == (
        Outcome.PASSED,
        "REPORT_PLAUSIBLE",
        {
            "en": "1 meetings, 1.5 hours with the mentor, 30 of 30 days present.",
            "fr": "1 rendez-vous, 1,5 heures avec le mentor, 30 jours de présence sur 30.",
        },
    )
    assert [(fact.name, fact.value, fact.unit) for fact in verdict.facts] == [
        ("meetings_held", 1, None),
        ("meetings_useful", 1, None),
        ("usefulness", Decimal("4.00"), "mark 1 to 5"),
        ("leads", 0, None),
        ("pilots", 0, None),
        ("customers", 0, None),
        ("investors_met", 0, None),
        ("researchers_met", 0, None),
        ("collaborations", 0, None),
        ("mentor_hours", Decimal("1.5"), "hours"),
        ("days_present", 30, "days"),
    ]
    assert [one.kind for one in verdict.evidence] == ["report"]


def test_meetings_sessions_and_absences_add_up() -> None:
    results = ["LEAD", "LETTER_OF_INTENT", "PILOT", "CUSTOMER", "INVESTMENT", "COLLABORATION"]
    answers = report(
        meetings=[
            *(meeting(result=result, usefulness=3) for result in results),
            meeting(need="INVESTORS", organisation="Example Fund", usefulness=5),
            meeting(need="INVESTORS", organisation="example fund", usefulness=5),
            meeting(need="RESEARCH", organisation="Example Lab", usefulness=4),
        ],
        mentor_sessions=[
            {"on": "2027-03-02", "hours": "1.5"},
            {"on": "2027-03-09", "hours": "0.25"},
        ],
        # Two absences that share a day, from Saturday to Tuesday.
        absences=[
            {"first": "2027-03-20", "last": "2027-03-22"},
            {"first": "2027-03-22", "last": "2027-03-23"},
        ],
    )
    assert figures_of(Report.model_validate(answers), a_stay(), useful_from=4) == ReportFigures(
        meetings_held=9,
        meetings_useful=3,
        usefulness=Decimal("3.56"),
        leads=1,
        pilots=2,
        customers=1,
        investors_met=1,
        researchers_met=1,
        collaborations=1,
        mentor_hours=Decimal("1.75"),
        days_present=26,
    )


@pytest.mark.parametrize(("mark", "useful"), [(3, 0), (4, 1), (5, 1)])
async def test_a_meeting_is_useful_from_mark_4_on(check: Check, mark: int, useful: int) -> None:
    verdict = await check("report", report(meetings=[meeting(usefulness=mark)]), today=LATER)
    assert {fact.name: fact.value for fact in verdict.facts}["meetings_useful"] == useful


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2027-02-28", "OUTSIDE_STAY"),
        ("2027-03-01", "REPORT_PLAUSIBLE"),
        ("2027-03-30", "REPORT_PLAUSIBLE"),
        ("2027-03-31", "OUTSIDE_STAY"),
    ],
)
async def test_what_is_told_is_of_the_stay(check: Check, day: str, code: str) -> None:
    for changes in (
        {"meetings": [meeting(on=day)]},
        {"mentor_sessions": [{"on": day, "hours": "1"}]},
        {"absences": [{"first": day, "last": day}], "meetings": [meeting(on="2027-03-10")]},
    ):
        assert (await check("report", report(**changes), today=LATER)).code == code


async def test_days_outside_the_stay_are_named_once(check: Check) -> None:
    answers = report(meetings=[meeting(on="2027-04-02"), meeting(on="2027-02-27")] * 2)
    verdict = await check("report", answers, today=LATER)
    assert (verdict.outcome, verdict.message["en"]) == (
        Outcome.FAILED,
        "These days are not of the stay from 2027-03-01 to 2027-03-30: 2027-02-27, 2027-04-02.",
    )


@pytest.mark.parametrize(
    ("changes", "outcome", "code"),
    [
        ({"meetings": []}, Outcome.WARNING, "NO_MEETINGS"),
        (
            {"absences": [{"first": "2027-03-10", "last": "2027-03-09"}]},
            Outcome.FAILED,
            "ABSENCE_REVERSED",
        ),
        (
            {"absences": [{"first": "2027-03-03", "last": "2027-03-03"}]},
            Outcome.WARNING,
            "MEETING_WHILE_AWAY",
        ),
        ({"exit_interview_on": None}, Outcome.WARNING, "END_NOT_NOTED"),
        ({"checked_out_on": None}, Outcome.WARNING, "END_NOT_NOTED"),
        ({"exit_interview_on": "2027-03-30"}, Outcome.WARNING, "END_LATE"),
        ({"checked_out_on": "2027-04-01"}, Outcome.WARNING, "END_LATE"),
        ({"exit_interview_on": "2027-02-28"}, Outcome.FAILED, "END_BEFORE_ARRIVAL"),
        ({"exit_interview_on": "2027-03-01"}, Outcome.PASSED, "REPORT_PLAUSIBLE"),
    ],
)
async def test_what_else_is_found(
    check: Check, changes: dict[str, Any], outcome: Outcome, code: str
) -> None:
    verdict = await check("report", report(**changes), today=LATER)
    assert (verdict.outcome, verdict.code) == (outcome, code)


@pytest.mark.parametrize(
    ("today", "code"),
    [(date(2027, 3, 30), "DAYS_TO_COME"), (date(2027, 3, 31), "REPORT_PLAUSIBLE")],
)
async def test_nothing_is_told_of_days_to_come(check: Check, today: date, code: str) -> None:
    assert (await check("report", report(), today=today)).code == code

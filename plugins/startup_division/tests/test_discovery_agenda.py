import hashlib
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest
from icalendar import Calendar

from softlanding import Evidence, Fact, Outcome, StaySnapshot, Verdict
from softlanding_common.goals.form import Goals
from softlanding_startup_division.discovery_agenda.form import DiscoveryAgenda
from softlanding_startup_division.discovery_agenda.meetings import (
    agenda_calendar,
    coverage,
    holiday,
)

Check = Callable[..., Awaitable[Verdict]]
GOALS = {
    "goals": [
        {"key": "growers", "text": "Meet growers", "needs": ["CUSTOMERS"]},
        {"key": "investor", "text": "Meet an investor", "needs": ["INVESTORS"]},
    ]
}
TYPES = ("CUSTOMER", "INVESTOR", "UNIVERSITY", "PUBLIC_BODY")


def meeting(day: str, starts_at: str = "10:00", **changes: Any) -> dict[str, Any]:
    return {
        "type": "CUSTOMER",
        "org": "Demo Farm",
        "day": day,
        "starts_at": starts_at,
        "minutes": 60,
        "goal": "growers",
        **changes,
    }


def agenda(*changes: dict[str, Any], first: int = 8) -> list[dict[str, Any]]:
    """Return eight meetings, one a day from `first` June 2027, of four types, for both goals."""
    meetings = [
        meeting(f"2027-06-{first + number:02}", type=TYPES[number % 4], goal=goal)
        for number, goal in enumerate(["growers", "investor"] * 4)
    ]
    for number, change in enumerate(changes):
        meetings[number] |= change
    return meetings


async def checked(
    check: Check, stay: StaySnapshot, meetings: list[dict[str, Any]], **more: Any
) -> Verdict:
    more.setdefault("others", {"common.goals": GOALS})
    return await check("discovery_agenda", {"meetings": meetings}, stay=stay, **more)


async def test_an_agenda_that_holds_every_condition_passes(
    check: Check, here: StaySnapshot
) -> None:
    given = DiscoveryAgenda.model_validate({"meetings": agenda()})
    text = agenda_calendar(given.meetings, here)
    assert await checked(check, here, agenda()) == Verdict(
        outcome=Outcome.PASSED,
        code="AGENDA_STANDS",
        message={"en": "Meetings: 8, of 4 types; every goal has one."},
        facts=(
            Fact(name="meetings", value=8, unit="meetings"),
            Fact(name="meetings_minimum", value=8, unit="meetings"),
            Fact(name="types", value=4, unit="types"),
            Fact(name="types_minimum", value=4, unit="types"),
            Fact(name="goals", value=2, unit="goals"),
            Fact(name="goals_served", value=2, unit="goals"),
            Fact(name="meetings_per_goal", value=1, unit="meetings"),
            Fact(name="on_holidays", value=0, unit="meetings"),
            Fact(name="fullest_day", value=1, unit="meetings"),
            Fact(name="meetings_per_day", value=4, unit="meetings"),
            Fact(name="first_meeting_on", value=date(2027, 6, 8)),
            Fact(name="first_meeting_until", value=date(2027, 6, 10)),
        ),
        evidence=(
            Evidence(
                kind="calendar",
                label="Agenda of 8 meetings (.ics)",
                sha256=hashlib.sha256(text.encode()).hexdigest(),
            ),
        ),
    )


async def test_a_meeting_on_midsummer_is_a_warning(check: Check, here: StaySnapshot) -> None:
    verdict = await checked(check, here, agenda({}, {"day": "2027-06-24"}))
    assert (verdict.outcome, verdict.code) == (Outcome.WARNING, "ON_HOLIDAY")
    assert verdict.message["en"] == "2027-06-24 is Day of Dew and Saint John."


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        ("2027-06-23", Outcome.PASSED),
        ("2027-06-24", Outcome.WARNING),
        ("2027-06-25", Outcome.PASSED),
        ("2027-06-26", Outcome.PASSED),
        ("2027-07-05", Outcome.PASSED),
        ("2027-07-06", Outcome.WARNING),
    ],
)
async def test_holidays_are_those_of_lithuania_and_weekends_are_free(
    check: Check, here: StaySnapshot, day: str, outcome: Outcome
) -> None:
    assert (await checked(check, here, agenda({}, {"day": day}))).outcome is outcome


def test_a_holiday_is_named_in_english_and_lithuanian_wherever_the_product_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGUAGE", "uk")
    assert holiday(date(2027, 6, 24)) == {
        "en": "Day of Dew and Saint John",
        "lt": "Rasos ir Joninių diena",
    }
    assert holiday(date(2027, 6, 25)) is None


@pytest.mark.parametrize(
    ("count", "code"), [(7, "FEW_MEETINGS"), (8, "AGENDA_STANDS"), (9, "AGENDA_STANDS")]
)
async def test_eight_meetings_are_needed(
    check: Check, here: StaySnapshot, count: int, code: str
) -> None:
    meetings = [*agenda(), meeting("2027-06-30")][:count]
    assert (await checked(check, here, meetings)).code == code


@pytest.mark.parametrize(
    ("types", "code"),
    [
        (("CUSTOMER", "INVESTOR", "CORPORATE"), "FEW_TYPES"),
        (("CUSTOMER", "INVESTOR", "CORPORATE", "STARTUP"), "AGENDA_STANDS"),
        (("CUSTOMER", "INVESTOR", "CORPORATE", "STARTUP", "UNIVERSITY"), "AGENDA_STANDS"),
    ],
)
async def test_four_types_are_needed(
    check: Check, here: StaySnapshot, types: tuple[str, ...], code: str
) -> None:
    changes = [{"type": types[number % len(types)]} for number in range(8)]
    verdict = await checked(check, here, agenda(*changes))
    assert verdict.code == code


@pytest.mark.parametrize(
    ("count", "code"), [(3, "AGENDA_STANDS"), (4, "AGENDA_STANDS"), (5, "FULL_DAY")]
)
async def test_a_day_has_at_most_four_meetings(
    check: Check, here: StaySnapshot, count: int, code: str
) -> None:
    full = [{"day": "2027-06-08", "starts_at": f"{9 + number:02}:00"} for number in range(count)]
    verdict = await checked(check, here, agenda(*full))
    assert verdict.code == code


@pytest.mark.parametrize(
    ("first", "code"), [(7, "AGENDA_STANDS"), (10, "AGENDA_STANDS"), (11, "LATE_START")]
)
async def test_the_first_meeting_is_within_three_days(
    check: Check, here: StaySnapshot, first: int, code: str
) -> None:
    assert (await checked(check, here, agenda(first=first))).code == code


async def test_a_goal_without_a_meeting_fails(check: Check, here: StaySnapshot) -> None:
    meetings = [{**one, "goal": "growers"} for one in agenda()]
    verdict = await checked(check, here, meetings)
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "GOAL_UNSERVED")
    assert verdict.message["en"] == "Goal 'Meet an investor' has no meeting."
    assert verdict.facts[5] == Fact(name="goals_served", value=1, unit="goals")


async def test_one_meeting_for_a_goal_is_enough(check: Check, here: StaySnapshot) -> None:
    meetings = [{**one, "goal": "growers"} for one in agenda()]
    meetings[3]["goal"] = "investor"
    assert (await checked(check, here, meetings)).code == "AGENDA_STANDS"


async def test_a_meeting_for_a_goal_that_the_stay_has_not_fails(
    check: Check, here: StaySnapshot
) -> None:
    verdict = await checked(check, here, agenda({"goal": "pilot"}))
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "GOAL_UNKNOWN")
    assert verdict.message["en"] == "The stay has no goal with the key pilot."


@pytest.mark.parametrize(
    ("starts_at", "code"),
    [
        ("09:00", "AGENDA_STANDS"),
        ("09:01", "MEETINGS_OVERLAP"),
        ("10:59", "MEETINGS_OVERLAP"),
        ("11:00", "AGENDA_STANDS"),
    ],
)
async def test_two_meetings_do_not_overlap(
    check: Check, here: StaySnapshot, starts_at: str, code: str
) -> None:
    verdict = await checked(check, here, agenda({}, {"day": "2027-06-08", "starts_at": starts_at}))
    assert verdict.code == code


async def test_the_meetings_that_overlap_are_named(check: Check, here: StaySnapshot) -> None:
    meetings = agenda({}, {"day": "2027-06-08", "starts_at": "10:30", "org": "Demo Fund"})
    verdict = await checked(check, here, meetings)
    assert verdict.outcome is Outcome.FAILED
    assert verdict.message["en"] == (
        "Two meetings overlap: 2027-06-08 10:00-11:00 (Example Startup: Demo Farm) and"
        " 2027-06-08 10:30-11:30 (Example Startup: Demo Fund)."
    )


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2027-06-06", "OUTSIDE_STAY"),
        ("2027-06-07", "AGENDA_STANDS"),
        ("2027-07-06", "ON_HOLIDAY"),
        ("2027-07-07", "OUTSIDE_STAY"),
    ],
)
async def test_meetings_lie_within_the_stay(
    check: Check, here: StaySnapshot, day: str, code: str
) -> None:
    assert (await checked(check, here, agenda({}, {"day": day}))).code == code


async def test_a_meeting_outside_the_stay_is_named(check: Check, here: StaySnapshot) -> None:
    verdict = await checked(check, here, agenda({}, {"day": "2027-07-07"}))
    assert verdict.outcome is Outcome.FAILED
    assert verdict.message["en"] == (
        "The stay is from 2027-06-07 to 2027-07-06; outside of it lies Demo Farm (2027-07-07)."
    )


async def test_all_findings_are_told_the_worst_first(check: Check, here: StaySnapshot) -> None:
    verdict = await checked(check, here, [meeting("2027-06-24")])
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "GOAL_UNSERVED")
    assert verdict.message["en"] == (
        "Goal 'Meet an investor' has no meeting. 2027-06-24 is Day of Dew and Saint John."
        " Meetings: 1; needed 8. Types of meetings: 1; needed 4."
        " The first meeting is on 2027-06-24; it should be by 2027-06-10."
    )


async def test_an_empty_agenda_serves_no_goal(check: Check, here: StaySnapshot) -> None:
    verdict = await checked(check, here, [])
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "GOAL_UNSERVED")
    assert verdict.facts[-2] == Fact(name="first_meeting_on", value=None)


async def test_without_goals_a_person_decides(check: Check, here: StaySnapshot) -> None:
    verdict = await checked(check, here, agenda(), others={})
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "GOALS_MISSING")
    overlap = agenda({}, {"day": "2027-06-08"})
    assert (await checked(check, here, overlap, others={})).code == "MEETINGS_OVERLAP"


def test_the_calendar_is_the_same_whatever_the_order(here: StaySnapshot) -> None:
    given = DiscoveryAgenda.model_validate({"meetings": agenda()}).meetings
    text = agenda_calendar(given, here)
    assert text == agenda_calendar(given[::-1], here)
    events = Calendar.from_ical(text).events
    assert [event.decoded("dtstart").isoformat() for event in events] == [
        f"2027-06-{day:02}T10:00:00+03:00" for day in range(8, 16)
    ]
    assert {str(event["summary"]) for event in events} == {"Example Startup: Demo Farm"}


def test_meetings_that_begin_together_have_names_of_their_own(here: StaySnapshot) -> None:
    given = DiscoveryAgenda.model_validate({"meetings": [meeting("2027-06-09")] * 2}).meetings
    assert [
        str(event["uid"]) for event in Calendar.from_ical(agenda_calendar(given, here)).events
    ] == [
        f"{here.id}-20270609T1000-1",
        f"{here.id}-20270609T1000-2",
    ]


def test_coverage_counts_the_meetings_of_each_goal() -> None:
    goals = Goals.model_validate(GOALS).goals
    given = DiscoveryAgenda.model_validate({"meetings": agenda()[:3]}).meetings
    assert [(one.goal.key, one.meetings) for one in coverage(given, goals)] == [
        ("growers", 2),
        ("investor", 1),
    ]

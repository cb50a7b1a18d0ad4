from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel

from softlanding import AnsweredStep, PluginContext, StaySnapshot, StayState, StepState
from softlanding.testing.checks import MemoryReader, a_stay, plugin_context
from softlanding_common import plugin
from softlanding_common.goals.form import Need
from softlanding_common.loader import load_stays
from softlanding_common.mentor.form import IntroductionOutcome
from softlanding_common.midterm.form import GoalState
from softlanding_common.types import CommonGoal, CommonIntroduction, CommonReport, CommonStay

STEPS = {step.key: step for step in plugin.steps()}
STAY = a_stay()
GOALS = {
    "goals": [
        {"key": "pilot", "text": "Agree on a pilot", "needs": ["CORPORATES", "TALENT"]},
    ]
}
MENTOR = {
    "mentor": "Example Mentor",
    "introductions": [
        {"goal": "pilot", "need": "CORPORATES", "to": "Example Works"},
        {"goal": "pilot", "need": "CORPORATES", "to": "Model Works", "on": "2027-03-09"},
        {"goal": "pilot", "need": "TALENT", "to": "School", "outcome": "DECLINED"},
        {"goal": "moon", "need": "TALENT", "to": "Nobody"},
    ],
}
MIDTERM = {
    "kickoff_on": "2027-03-04",
    "held_on": "2027-03-15",
    "progress": [{"goal": "pilot", "state": "AT_RISK", "next_step": "Call."}],
}
REPORT = {
    "meetings": [
        {
            "on": "2027-03-09",
            "organisation": "Model Works",
            "need": "CORPORATES",
            "usefulness": 5,
            "result": "PILOT",
        }
    ]
}
FOLLOW_UP = {
    "measurements": [
        {
            "measured_on": "2027-08-28",
            "market_entered": True,
            "customers": 0,
            "pilots": 1,
            "partnerships": 0,
            "research_collaborations": 0,
            "jobs_added": 0,
            "new_products": 0,
            "settlement": "NO",
        }
    ]
}
NOTHING = CommonStay(
    goals=[],
    mentor=None,
    meetings_booked=0,
    kickoff_on=None,
    midterm_on=None,
    report=None,
    next_kpi_follow_up=date(2027, 8, 28),
)


def answered(stay: StaySnapshot, **answers: Any) -> list[AnsweredStep]:
    return [
        AnsweredStep(
            stay_id=stay.id,
            key=f"common.{name}",
            state=StepState.DONE,
            answers=parsed(name, given),
            outcome=None,
            facts=(),
        )
        for name, given in answers.items()
    ]


def parsed(name: str, given: Any) -> BaseModel | None:
    form = STEPS[f"common.{name}"].form
    assert form is not None
    return None if given is None else form.model_validate(given)


def context(read: MemoryReader, today: date = date(2026, 11, 22)) -> PluginContext:
    return plugin_context(plugin, today=today, read=read)


async def test_a_stay_shows_the_month_made_from_its_goals() -> None:
    read = MemoryReader(
        answered=answered(
            STAY, goals=GOALS, mentor=MENTOR, midterm=MIDTERM, report=REPORT, followup=FOLLOW_UP
        )
    )
    assert await load_stays([STAY], context(read)) == [
        CommonStay(
            goals=[
                CommonGoal(
                    key="pilot",
                    text="Agree on a pilot",
                    needs=[Need.CORPORATES, Need.TALENT],
                    introductions=[
                        CommonIntroduction(
                            need=Need.CORPORATES,
                            to="Model Works",
                            on=date(2027, 3, 9),
                            outcome=IntroductionOutcome.PLANNED,
                        ),
                        CommonIntroduction(
                            need=Need.CORPORATES,
                            to="Example Works",
                            on=None,
                            outcome=IntroductionOutcome.PLANNED,
                        ),
                        CommonIntroduction(
                            need=Need.TALENT,
                            to="School",
                            on=None,
                            outcome=IntroductionOutcome.DECLINED,
                        ),
                    ],
                    needs_without_introduction=[Need.TALENT],
                    state=GoalState.AT_RISK,
                    next_step="Call.",
                )
            ],
            mentor="Example Mentor",
            meetings_booked=1,
            kickoff_on=date(2027, 3, 4),
            midterm_on=date(2027, 3, 15),
            report=CommonReport(
                meetings_held=1,
                meetings_useful=1,
                usefulness=Decimal("5.00"),
                leads=0,
                pilots=1,
                customers=0,
                investors_met=0,
                researchers_met=0,
                collaborations=0,
                mentor_hours=Decimal(0),
                days_present=30,
            ),
            next_kpi_follow_up=date(2028, 2, 24),
        )
    ]


@pytest.mark.parametrize("count", [1, 3])
async def test_any_number_of_stays_is_read_in_one_call(count: int) -> None:
    read = MemoryReader()
    stays = [a_stay(id=UUID(int=100 + number)) for number in range(count)]
    assert await load_stays(stays, context(read)) == [NOTHING] * count
    assert read.calls == ["steps"]


async def test_answers_that_no_longer_fit_are_as_if_there_were_none() -> None:
    read = MemoryReader(answered=answered(STAY, goals=None, mentor=None, report=None))
    assert await load_stays([STAY], context(read)) == [NOTHING]


async def test_introductions_outlive_the_name_of_the_mentor() -> None:
    read = MemoryReader(answered=answered(STAY, goals=GOALS, mentor={**MENTOR, "mentor": None}))
    (found,) = await load_stays([STAY], context(read))
    assert (found.mentor, len(found.goals[0].introductions)) == (None, 3)


@pytest.mark.parametrize("state", [StayState.DECLINED, StayState.WITHDRAWN, StayState.CANCELLED])
async def test_a_stay_that_does_not_take_place_is_not_followed_up(state: StayState) -> None:
    (found,) = await load_stays([a_stay(state=state)], context(MemoryReader()))
    assert found.next_kpi_follow_up is None


async def test_figures_that_are_not_in_force_leave_out_what_rests_on_them() -> None:
    read = MemoryReader(answered=answered(STAY, report=REPORT))
    (found,) = await load_stays([STAY], context(read, today=date(2025, 12, 31)))
    assert (found.report, found.next_kpi_follow_up) == (None, None)

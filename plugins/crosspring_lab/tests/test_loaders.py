from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from softlanding import AnsweredStep, Registration, StaySnapshot, StepState, holiday_on
from softlanding.testing.checks import MemoryReader, plugin_context
from softlanding_crosspring_lab import plugin
from softlanding_crosspring_lab.facilitator_terms.criteria import RvoCriterionName
from softlanding_crosspring_lab.facilitator_terms.form import FacilitatorTerms, FeeModel
from softlanding_crosspring_lab.innovation_plan.document import plan_document
from softlanding_crosspring_lab.innovation_plan.form import InnovationKind, InnovationPlan
from softlanding_crosspring_lab.lab_sprint.form import LabSprint
from softlanding_crosspring_lab.lab_sprint.weeks import ExperimentState
from softlanding_crosspring_lab.loaders import load_startups, load_stays
from softlanding_crosspring_lab.types import (
    CrosspringLabExperiment,
    CrosspringLabFacilitation,
    CrosspringLabInnovationAspect,
    CrosspringLabRvoCriterion,
    CrosspringLabStartup,
    CrosspringLabStay,
)

Answers = Callable[..., dict[str, Any]]
Stay = Callable[..., StaySnapshot]
EMPTY = CrosspringLabStay(facilitation=None, experiments=None, innovation_plan=None)


def step(stay_id: UUID, name: str, answers: Any) -> AnsweredStep:
    return AnsweredStep(
        stay_id=stay_id,
        key=f"crosspring_lab.{name}",
        state=StepState.DONE,
        answers=answers,
        outcome=None,
        facts=(),
    )


def context(read: MemoryReader, today: date = date(2026, 11, 22)) -> Any:
    return plugin_context(plugin, today=today, read=read)


@pytest.fixture
def elsewhere(dutch_stay: Stay) -> StaySnapshot:
    host = replace(dutch_stay().host, id=UUID(int=10), slug="gtec")
    return dutch_stay(id=UUID(int=9), host=host)


async def test_stays_are_read_in_one_call_and_null_elsewhere(
    dutch_stay: Stay, elsewhere: StaySnapshot
) -> None:
    for stays, found in (
        ([dutch_stay()], [EMPTY]),
        ([dutch_stay(), elsewhere, dutch_stay(id=UUID(int=8))], [EMPTY, None, EMPTY]),
    ):
        read = MemoryReader()
        assert await load_stays(stays, context(read)) == found
        assert read.calls == ["steps"]


async def test_no_call_is_made_for_stays_elsewhere(elsewhere: StaySnapshot) -> None:
    read = MemoryReader()
    assert await load_stays([elsewhere], context(read)) == [None]
    assert read.calls == []


async def test_facilitation_tells_the_terms_and_each_criterion(
    dutch_stay: Stay, answers: Answers
) -> None:
    given = answers("facilitator_terms", startup_kvk=None)
    given["facilitator"]["share_pct"] = "50.01"
    terms = FacilitatorTerms.model_validate(given)
    stay = dutch_stay()
    read = MemoryReader(answered=[step(stay.id, "facilitator_terms", terms)])
    missing = {RvoCriterionName.SHARE, RvoCriterionName.REGISTERED}
    assert await load_stays([stay], context(read)) == [
        CrosspringLabStay(
            facilitation=CrosspringLabFacilitation(
                facilitator="Example Facilitator",
                coaching_hours=Decimal(16),
                fee_model=FeeModel.FEE,
                rvo_criteria=[
                    CrosspringLabRvoCriterion(name=name, ok=name not in missing)
                    for name in RvoCriterionName
                ],
            ),
            experiments=None,
            innovation_plan=None,
        )
    ]


async def test_the_profile_of_a_start_up_registers_it(dutch_stay: Stay, answers: Answers) -> None:
    registrations = (Registration(scheme="KVK", value="00000001"),)
    stay = dutch_stay(startup=replace(dutch_stay().startup, registrations=registrations))
    terms = FacilitatorTerms.model_validate(answers("facilitator_terms", startup_kvk=None))
    read = MemoryReader(answered=[step(stay.id, "facilitator_terms", terms)])
    (found,) = await load_stays([stay], context(read))
    assert found is not None
    assert found.facilitation is not None
    assert found.facilitation.rvo_criteria is not None
    assert all(one.ok for one in found.facilitation.rvo_criteria)


@pytest.mark.parametrize("part", ["facilitator", "agreement"])
async def test_without_facilitator_or_agreement_there_is_no_facilitation(
    dutch_stay: Stay, answers: Answers, part: str
) -> None:
    stay = dutch_stay()
    terms = FacilitatorTerms.model_validate(answers("facilitator_terms", **{part: None}))
    read = MemoryReader(answered=[step(stay.id, "facilitator_terms", terms)])
    assert await load_stays([stay], context(read)) == [EMPTY]


async def test_figures_that_are_not_known_today_leave_gaps(
    dutch_stay: Stay, answers: Answers
) -> None:
    stay = dutch_stay()
    read = MemoryReader(
        answered=[
            step(
                stay.id,
                "facilitator_terms",
                FacilitatorTerms.model_validate(answers("facilitator_terms")),
            ),
            step(stay.id, "lab_sprint", LabSprint.model_validate(answers("lab_sprint"))),
        ]
    )
    (found,) = await load_stays([stay], context(read, date(2020, 12, 31)))
    assert found is not None
    assert found.facilitation is not None
    assert found.facilitation.rvo_criteria is None
    assert found.experiments is not None
    assert [(one.week, one.due_on, one.state) for one in found.experiments] == [
        (week, None, None) for week in (1, 2, 3, 4)
    ]


async def test_experiments_stand_where_they_stand_today(dutch_stay: Stay, answers: Answers) -> None:
    given = answers("lab_sprint")["experiments"]
    given[1] |= {"result": {"value": "11.5", "measured_on": "2027-04-23"}}
    given[3] |= {"planned_on": "2027-05-06"}
    board = LabSprint.model_validate({"experiments": given[::-1]})
    stay = dutch_stay()
    read = MemoryReader(answered=[step(stay.id, "lab_sprint", board)])
    (found,) = await load_stays([stay], context(read, date(2027, 5, 3)))
    assert found is not None
    assert found.experiments == [
        CrosspringLabExperiment(
            week=week,
            hypothesis="Tenants look at what they use.",
            metric="Tenants out of 20",
            target=Decimal(8),
            planned_on=date(2027, 5, 6) if week == 4 else None,
            result=Decimal("11.5") if week == 2 else None,
            measured_on=date(2027, 4, 23) if week == 2 else None,
            due_on=due_on,
            state=state,
            holiday=holiday_on(date(2027, 5, 6), "NL") if week == 4 else None,
        )
        for week, due_on, state in (
            (1, date(2027, 4, 25), ExperimentState.OVERDUE),
            (2, date(2027, 5, 2), ExperimentState.MEASURED),
            (3, date(2027, 5, 9), ExperimentState.RESULT_DUE),
            (4, date(2027, 5, 16), ExperimentState.PLANNED),
        )
    ]


async def test_the_plan_is_shown_as_one_document(dutch_stay: Stay, answers: Answers) -> None:
    plan = InnovationPlan.model_validate(answers("innovation_plan"))
    stay = dutch_stay()
    read = MemoryReader(answered=[step(stay.id, "innovation_plan", plan)])
    (found,) = await load_stays([stay], context(read))
    assert found == replace(EMPTY, innovation_plan=plan_document(plan))


async def test_aspects_are_those_of_the_latest_plan_of_a_stay_here(
    dutch_stay: Stay, elsewhere: StaySnapshot, answers: Answers
) -> None:
    first = dutch_stay()
    second = dutch_stay(id=UUID(int=8), arrival=date(2027, 9, 6), departure=date(2027, 10, 1))
    third = dutch_stay(id=UUID(int=7), arrival=date(2028, 3, 6), departure=date(2028, 4, 1))
    aspects = [{"aspect": "NEW_TECH", "argument": "It is."}]
    read = MemoryReader(
        stays=[first, second, third, elsewhere],
        answered=[
            step(
                first.id,
                "innovation_plan",
                InnovationPlan.model_validate(answers("innovation_plan")),
            ),
            step(
                second.id,
                "innovation_plan",
                InnovationPlan.model_validate(answers("innovation_plan", aspects=aspects)),
            ),
        ],
    )
    assert await load_startups([first.startup], context(read)) == [
        CrosspringLabStartup(
            innovation_aspects=[
                CrosspringLabInnovationAspect(aspect=InnovationKind.NEW_TECH, argument="It is.")
            ]
        )
    ]
    assert read.calls == ["stays_of", "steps"]


async def test_three_start_ups_are_read_like_one(dutch_stay: Stay, elsewhere: StaySnapshot) -> None:
    here = dutch_stay()
    other = replace(here.startup, id=UUID(int=30))
    away = replace(here.startup, id=UUID(int=31))
    read = MemoryReader(
        stays=[
            here,
            dutch_stay(id=UUID(int=8), startup=other),
            replace(elsewhere, startup=away),
        ]
    )
    found = await load_startups([here.startup, away, other], context(read))
    nothing = CrosspringLabStartup(innovation_aspects=None)
    assert found == [nothing, None, nothing]
    assert read.calls == ["stays_of", "steps"]


async def test_a_start_up_without_a_stay_here_is_null(elsewhere: StaySnapshot) -> None:
    read = MemoryReader(stays=[elsewhere])
    assert await load_startups([elsewhere.startup], context(read)) == [None]
    assert read.calls == ["stays_of"]

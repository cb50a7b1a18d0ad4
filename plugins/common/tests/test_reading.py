from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from softlanding import AnsweredStep, StepState
from softlanding.testing.checks import MemoryReader, a_stay, plugin_context
from softlanding_common import plugin
from softlanding_common.goals.form import Goals
from softlanding_common.reading import Steps, answers_of, latest_answers, stays_by_startup
from softlanding_common.workplace.form import Workplace

KEY = "common.goals"
GOALS = Goals.model_validate(Goals.model_json_schema()["examples"][0])
DESK = Workplace.model_validate(Workplace.model_json_schema()["examples"][0])


def answered(answers: Goals | Workplace | None) -> Steps:
    step = AnsweredStep(
        stay_id=UUID(int=4),
        key=KEY,
        state=StepState.DONE,
        answers=answers,
        outcome=None,
        facts=(),
    )
    return {KEY: step}


@pytest.mark.parametrize("steps", [{}, answered(None), answered(DESK)])
def test_there_are_no_answers_without_the_step_or_of_another_form(steps: Steps) -> None:
    assert answers_of(steps, KEY, Goals) is None
    assert latest_answers([steps], KEY, Goals) is None


def test_the_answers_are_those_of_the_first_stay_that_has_any() -> None:
    other = GOALS.model_copy(update={"goals": []})
    assert answers_of(answered(GOALS), KEY, Goals) is GOALS
    assert latest_answers([{}, answered(GOALS), answered(other)], KEY, Goals) is GOALS


async def test_stays_are_read_once_and_kept_by_start_up_the_latest_first() -> None:
    first = a_stay()
    later = a_stay(id=UUID(int=5), arrival=date(2028, 3, 1), departure=date(2028, 3, 30))
    elsewhere = a_stay(id=UUID(int=6), host=replace(first.host, slug="gtec"))
    other = replace(first.startup, id=UUID(int=7))
    of_other = a_stay(id=UUID(int=8), startup=other, host=elsewhere.host)
    reader = MemoryReader(stays=[first, later, elsewhere, of_other])
    ctx = plugin_context(plugin, today=date(2026, 11, 22), read=reader)
    found = await stays_by_startup(
        [first.startup, other], ctx, lambda stay: stay.host.slug == "imt-starter"
    )
    assert found == {first.startup.id: [later, first]}
    assert reader.calls == ["stays_of"]

"""Whatever is answered, a form is made of it or it is refused, and a form gets its verdict.

The counts stand in `counts.py`.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from tests.counts import count
from tests.plugins.answers import edges, fitting, near, parsed, spoilt
from tests.plugins.declared import MODULES, STEPS, example_of, form_of
from tests.plugins.odd import Json
from tests.plugins.situations import SITUATIONS, USUAL, Situation, an_earlier

from softlanding import (
    AnsweredStep,
    Fact,
    Outcome,
    SavedRecord,
    StaySnapshot,
    StepState,
    Verdict,
)
from softlanding.testing.checks import MemoryReader, plugin_context, run_check

CHECKED = [key for key, step in STEPS.items() if step.check]


def tried(name: str) -> settings:
    return settings(
        max_examples=count(name),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.parametrize("key", STEPS)
def test_any_json_gives_a_form_that_can_be_stored_or_a_validation_error(key: str) -> None:
    @tried("any JSON for a form")
    @given(answers=spoilt(form_of(key), example_of(key)))
    def holds(answers: Json) -> None:
        form = parsed(form_of(key), answers)
        if form is not None:
            stored = form.model_dump(mode="json")
            assert storable(stored)
            assert form_of(key).model_validate(orjson.loads(orjson.dumps(stored))) == form

    holds()


@pytest.mark.parametrize("key", CHECKED)
def test_whatever_a_form_takes_gives_a_verdict_at_every_host(key: str) -> None:
    with asyncio.Runner() as runner:

        @tried("answers for a check")
        @example(answers=example_of(key), situation=USUAL, others={})
        @given(
            answers=st.one_of(
                near(form_of(key), example_of(key)),
                near(form_of(key), example_of(key)),
                fitting(form_of(key)),
            ),
            situation=st.one_of(st.just(USUAL), SITUATIONS),
            others=others_of(key),
        )
        def holds(answers: Json, situation: Situation, others: Mapping[str, Json]) -> None:
            form = parsed(form_of(key), answers)
            if form is None:
                return
            desk = Desk(key=key, form=form, situation=situation, others=others)
            for stay in situation.stays():
                runner.run(desk.judge(stay))

        holds()


@pytest.mark.parametrize("key", CHECKED)
async def test_answers_at_the_edges_of_a_form_give_a_verdict_at_every_host(key: str) -> None:
    others = {other: example_of(other) for other in STEPS[key].reads if other in STEPS}
    for answers in edges(form_of(key), example_of(key)):
        form = form_of(key).model_validate(answers)
        desk = Desk(key=key, form=form, situation=USUAL, others=others)
        for stay in USUAL.stays():
            await desk.judge(stay)


def others_of(key: str) -> st.SearchStrategy[dict[str, Json]]:
    """Return answers of the steps that a step reads: of all, of some, of none."""
    read = {other: taken_by(other) for other in STEPS[key].reads if other in STEPS}
    return st.one_of(st.fixed_dictionaries(read), st.fixed_dictionaries({}, optional=read))


def taken_by(key: str) -> st.SearchStrategy[Json]:
    """Return answers that the form of a step takes."""

    def taken(answers: Json) -> bool:
        return parsed(form_of(key), answers) is not None

    return st.one_of(st.just(example_of(key)), fitting(form_of(key)).filter(taken))


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A step, its parsed answers, and what else is there when they are judged."""

    key: str
    form: BaseModel
    situation: Situation
    others: Mapping[str, Json]

    @property
    def module(self) -> ModuleType:
        """The plugin of the step."""
        return MODULES[self.key.split(".")[0]]

    @property
    def beside(self) -> list[ModuleType]:
        """The plugin that all others may rest on."""
        return [MODULES["common"]] if self.module is not MODULES["common"] else []

    async def judge(self, stay: StaySnapshot) -> None:
        """Judge an earlier stay, then this one with what the earlier one left; then read both."""
        earlier = an_earlier(stay)
        first = await self._verdict(earlier, MemoryReader())
        read = MemoryReader(
            stays=[earlier, stay],
            answered=[*self._answered(earlier, first), *self._answered(stay, first)],
            saved=[
                SavedRecord(
                    kind=record.kind,
                    startup_id=stay.startup.id,
                    stay_id=earlier.id,
                    step_key=self.key,
                    data=orjson.loads(orjson.dumps(dict(record.data))),
                )
                for record in first.records
            ],
        )
        await self._verdict(stay, read)
        await self._load(earlier, stay, read)

    async def _verdict(self, stay: StaySnapshot, read: MemoryReader) -> Verdict:
        verdict = await run_check(
            self.module,
            self.key,
            self.form,
            stay=stay,
            today=self.situation.today,
            others=self.others,
            beside=self.beside,
            read=read,
        )
        assert_tellable(verdict)
        return verdict

    def _answered(self, stay: StaySnapshot, verdict: Verdict) -> list[AnsweredStep]:
        answers = {other: parsed(form_of(other), given) for other, given in self.others.items()}
        return [
            AnsweredStep(
                stay_id=stay.id,
                key=key,
                state=StepState.DONE,
                answers=form,
                outcome=verdict.outcome,
                facts=as_stored(verdict.facts) if key == self.key else (),
            )
            for key, form in {**answers, self.key: self.form}.items()
        ]

    async def _load(self, earlier: StaySnapshot, stay: StaySnapshot, read: MemoryReader) -> None:
        declare = getattr(self.module, "graphql", None)
        if declare is None:
            return
        ctx = plugin_context(self.module, today=self.situation.today, read=read, beside=self.beside)
        items: dict[str, list[Any]] = {
            "Stay": [earlier, stay],
            "Startup": [stay.startup],
            "Incubator": [stay.home, stay.host],
        }
        for field in declare().fields:
            values = await field.load(items[field.target], ctx)
            assert len(values) == len(items[field.target])
            assert all(value is None or isinstance(value, field.type) for value in values)


def as_stored(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(
        replace(fact, value=None if fact.value is None else str(fact.value)) for fact in facts
    )


def assert_tellable(verdict: object) -> None:
    assert isinstance(verdict, Verdict)
    assert isinstance(verdict.outcome, Outcome)
    assert verdict.code.replace("_", "").isalnum()
    assert verdict.code.isupper()
    assert all(text.strip() for text in verdict.message.values())
    assert storable(
        [
            verdict.message,
            [[fact.name, str(fact.value), fact.unit] for fact in verdict.facts],
            [[one.kind, one.label, one.sha256] for one in verdict.evidence],
            [[record.kind, record.data] for record in verdict.records],
        ]
    )


def storable(value: object) -> bool:
    """Tell whether a value is JSON without NUL, which no database of ours takes."""
    # A backslash that was written as such is doubled; only NUL itself has a single one.
    return b"\\u0000" not in orjson.dumps(value).replace(b"\\\\", b"")

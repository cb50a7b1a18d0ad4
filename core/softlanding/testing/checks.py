"""Trying one check of a plugin without a product around it: no storage, no server, no clock.

async def test_a_small_sum_passes():
    verdict = await run_check(
        my_plugin, "example.insurance", {"cover": 50_000}, stay=a_stay(), today=date(2026, 11, 22)
    )
    assert verdict.outcome is Outcome.PASSED
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType, ModuleType
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from pydantic_settings import BaseSettings

from softlanding.contract.context import (
    AnsweredStep,
    CheckContext,
    PluginContext,
    Reader,
    SavedRecord,
)
from softlanding.contract.rules import RuleSet, RulesInForce, RuleUnknown
from softlanding.contract.steps import Step
from softlanding.contract.verdicts import Verdict
from softlanding.domain.snapshots import (
    IncubatorSnapshot,
    Registration,
    StartupSnapshot,
    StaySnapshot,
    Traveller,
)
from softlanding.domain.stays import HOLDS_A_DESK
from softlanding.domain.vocabulary import Outcome, StayState
from softlanding.services.outgoing_http import OutgoingHTTP

_NOTHING: Mapping[str, Mapping[str, object]] = MappingProxyType({})


def a_stay(**overrides: Any) -> StaySnapshot:
    """Return a fictional accepted stay, from Lithuania at IMT Starter, March 2027.

    `overrides` are fields of `StaySnapshot`. Ids are fixed; give a second stay its own `id`.
    """
    home = IncubatorSnapshot(
        id=UUID(int=1),
        slug="startup-division",
        name="Startup Division",
        country="LT",
        public_funding=None,
        stay_capacity=None,
        project_capacity=None,
    )
    host = IncubatorSnapshot(
        id=UUID(int=2),
        slug="imt-starter",
        name="IMT Starter",
        country="FR",
        public_funding=True,
        stay_capacity=None,
        project_capacity=None,
    )
    startup = StartupSnapshot(
        id=UUID(int=3),
        slug="example-startup",
        name="Example Startup",
        country="LT",
        founded_on=date(2022, 5, 2),
        nace="26.51",
        trl=6,
        stage="SEED",
        registrations=(Registration(scheme="LT_COMPANY_CODE", value="900000016"),),
        home_id=home.id,
    )
    stay = StaySnapshot(
        id=UUID(int=4),
        startup=startup,
        home=home,
        host=host,
        arrival=date(2027, 3, 1),
        departure=date(2027, 3, 30),
        state=StayState.ACCEPTED,
        travellers=(Traveller(name="Example Founder", nationalities=("LT",)),),
        goals=("Find a research partner",),
    )
    return replace(stay, **overrides)


@dataclass(frozen=True, kw_only=True)
class MemoryReader:
    """A `Reader` over what a test gives it; `calls` counts how often it was asked."""

    stays: Sequence[StaySnapshot] = ()
    answered: Sequence[AnsweredStep] = ()
    saved: Sequence[SavedRecord] = ()
    calls: list[str] = field(default_factory=list)

    async def steps(
        self, stay_ids: Sequence[UUID], keys: Sequence[str]
    ) -> Mapping[UUID, Mapping[str, AnsweredStep]]:
        """Return, per stay, the steps with these keys."""
        self.calls.append("steps")
        return {
            stay_id: {
                step.key: step
                for step in self.answered
                if step.stay_id == stay_id and step.key in keys
            }
            for stay_id in stay_ids
        }

    async def records(self, startup_ids: Sequence[UUID], kind: str) -> Sequence[SavedRecord]:
        """Return the records of a kind for these start-ups."""
        self.calls.append("records")
        return [
            record
            for record in self.saved
            if record.startup_id in startup_ids and record.kind == kind
        ]

    async def hosted(self, host_id: UUID, first: date, last: date) -> Sequence[StaySnapshot]:
        """Return the stays that hold a desk at a host on a day from `first` to `last`."""
        self.calls.append("hosted")
        return [
            stay
            for stay in sorted(self.stays, key=lambda stay: (stay.arrival, stay.id))
            if stay.host.id == host_id
            and stay.state in HOLDS_A_DESK
            and stay.arrival <= last
            and first <= stay.departure
        ]

    async def stays_of(self, startup_ids: Sequence[UUID]) -> Sequence[StaySnapshot]:
        """Return all stays of these start-ups, latest arrival first."""
        self.calls.append("stays_of")
        return sorted(
            (stay for stay in self.stays if stay.startup.id in startup_ids),
            key=lambda stay: (stay.arrival, stay.id),
            reverse=True,
        )


class SilentLog:
    """A log that nobody reads."""

    def info(self, event: str, **values: object) -> None:
        """Say nothing."""

    def warning(self, event: str, **values: object) -> None:
        """Say nothing."""


def plugin_context(
    plugin: ModuleType,
    *,
    today: date,
    read: Reader | None = None,
    beside: Iterable[ModuleType] = (),
) -> PluginContext:
    """Return what a loader, a subscriber or a channel of this plugin is given on `today`.

    `beside` are other plugins whose rule sets it sees. What is posted may go to this machine.
    """
    settings: type[BaseSettings] | None = _asked(plugin, "settings")
    rules: Iterable[RuleSet] = [
        rule_set for one in (plugin, *beside) for rule_set in _asked(one, "rules") or ()
    ]
    steps: Iterable[Step] = _asked(plugin, "steps") or ()
    return PluginContext(
        plugin=next((step.key.split(".")[0] for step in steps), plugin.__name__),
        today=today,
        actor="test",
        settings=settings() if settings is not None else None,
        log=SilentLog(),
        read=read if read is not None else MemoryReader(),
        rule_sets={rule_set.key: rule_set.on(today) for rule_set in rules},
        http=OutgoingHTTP(local=True),
    )


async def run_check(
    plugin: ModuleType,
    key: str,
    answers: Mapping[str, object] | BaseModel | None,
    *,
    stay: StaySnapshot,
    today: date,
    read: Reader | None = None,
    others: Mapping[str, Mapping[str, object]] = _NOTHING,
    hosted: Sequence[StaySnapshot] = (),
    beside: Iterable[ModuleType] = (),
) -> Verdict:
    """Run the check of a step as the product would, and return its verdict.

    `answers` are parsed by the step's form, which may raise `pydantic.ValidationError`;
    `others` are answers of steps, by key, that the step declares to read; `beside` are other
    plugins whose forms and rule sets it needs.
    `hosted` are other stays that the check may find; `read` replaces the reader altogether.
    A figure that is not known on `today` gives `NEEDS_REVIEW`, `RULE_UNKNOWN`.
    """
    beside = tuple(beside)
    steps: Mapping[str, Step] = {
        step.key: step for one in (plugin, *beside) for step in _asked(one, "steps") or ()
    }
    step = steps[key]
    if step.check is None:
        raise LookupError(f"{key} has no check; it is signed off by hand")
    if unread := set(others).difference(step.reads):
        raise LookupError(f"{key} does not declare that it reads {', '.join(sorted(unread))}")
    base = plugin_context(
        plugin, today=today, read=read or MemoryReader(stays=hosted), beside=beside
    )
    ctx = CheckContext(
        **{name: getattr(base, name) for name in PluginContext.__dataclass_fields__},
        rules=base.rule_sets.get(step.rule_set or "") or RulesInForce.nothing(today),
        answers={other: _parsed(steps[other], given) for other, given in others.items()},
    )
    try:
        return await step.check(None if answers is None else _parsed(step, answers), stay, ctx)
    except RuleUnknown as unknown:
        return Verdict(
            outcome=Outcome.NEEDS_REVIEW,
            code="RULE_UNKNOWN",
            message={"en": f"A person must decide: {unknown}."},
        )


def _asked(plugin: ModuleType, hook: str) -> Any:
    declare = getattr(plugin, hook, None)
    return None if declare is None else declare()


def _parsed(step: Step, answers: Mapping[str, object] | BaseModel) -> BaseModel:
    if isinstance(answers, BaseModel):
        return answers
    if step.form is None:
        raise LookupError(f"{step.key} has no form to answer")
    return step.form.model_validate(answers)

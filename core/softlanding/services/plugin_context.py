"""What the core hands to a plugin: settings, figures, a log, and batched reading."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import structlog
from pydantic import BaseModel, ValidationError

from softlanding import access
from softlanding.actors import Actor
from softlanding.contract.context import (
    AnsweredStep,
    CheckContext,
    PluginContext,
    SavedRecord,
)
from softlanding.contract.rules import RulesInForce
from softlanding.contract.steps import Step
from softlanding.contract.verdicts import Fact
from softlanding.domain.snapshots import StaySnapshot
from softlanding.domain.stays import HOLDS_A_DESK
from softlanding.domain.vocabulary import Outcome, StepState
from softlanding.host.registry import Plugin, Registry
from softlanding.predicates import EVERYTHING, AllOf, Equals, OneOf, Predicate
from softlanding.services.core import Core
from softlanding.services.snapshots import stay_snapshots
from softlanding.storage.database import Rows


def parse_answers(step: Step, answers: Mapping[str, Any] | None) -> BaseModel | None:
    """Return stored answers as the step's form, or None when they are missing or do not fit."""
    if step.form is None or answers is None:
        return None
    try:
        return step.form.model_validate(answers)
    except ValidationError:
        return None


class RowsReader:
    """The `Reader` of one plugin over rows; every method is one to three statements.

    With an actor it reads for them: the steps and records that they see, and the stays of which
    they read what a snapshot holds, travellers and goals too. Without one it reads everything.
    """

    def __init__(
        self, rows: Rows, registry: Registry, plugin: str, *, reader: Actor | None = None
    ) -> None:
        self._rows = rows
        self._registry = registry
        self._plugin = plugin
        self._actor = reader

    def _scope(self, table: str) -> Predicate:
        if self._actor is None:
            return EVERYTHING
        seen = access.rows(table, self._actor)
        if table != "stays":
            return seen
        return AllOf((seen, access.readers("stays", "travellers", self._actor)))

    async def steps(
        self, stay_ids: Sequence[UUID], keys: Sequence[str]
    ) -> Mapping[UUID, Mapping[str, AnsweredStep]]:
        """Return, per stay, the steps with these keys."""
        wanted = AllOf(
            (
                OneOf("stay_id", tuple(stay_ids)),
                OneOf("key", tuple(keys)),
                self._scope("onboarding_steps"),
            )
        )
        found: dict[UUID, dict[str, AnsweredStep]] = {stay_id: {} for stay_id in stay_ids}
        for row in await self._rows.select("onboarding_steps", wanted):
            step = self._registry.steps.get(row["key"])
            verdict = row["verdict"] or {}
            found[row["stay_id"]][row["key"]] = AnsweredStep(
                stay_id=row["stay_id"],
                key=row["key"],
                state=StepState(row["state"]),
                answers=parse_answers(step, row["answers"]) if step else None,
                outcome=Outcome(verdict["outcome"]) if verdict else None,
                facts=tuple(Fact(**fact) for fact in verdict.get("facts", ())),
            )
        return found

    async def records(self, startup_ids: Sequence[UUID], kind: str) -> Sequence[SavedRecord]:
        """Return the plugin's records of a kind, oldest first."""
        wanted = AllOf(
            (
                OneOf("startup_id", tuple(startup_ids)),
                Equals("plugin", self._plugin),
                Equals("kind", kind),
                self._scope("records"),
            )
        )
        rows = await self._rows.select("records", wanted)
        steps = await self._rows.select(
            "onboarding_steps", OneOf("id", tuple({row["step_id"] for row in rows}))
        )
        keys = {step["id"]: step["key"] for step in steps}
        return [
            SavedRecord(
                kind=row["kind"],
                startup_id=row["startup_id"],
                stay_id=row["stay_id"],
                step_key=keys[row["step_id"]],
                data=row["data"],
            )
            for row in rows
        ]

    async def hosted(self, host_id: UUID, first: date, last: date) -> Sequence[StaySnapshot]:
        """Return the stays that hold a desk at a host on a day from `first` to `last`."""
        wanted = AllOf(
            (
                OneOf("host_id", (host_id,)),
                OneOf("state", tuple(sorted(str(state) for state in HOLDS_A_DESK))),
                self._scope("stays"),
            )
        )
        rows = await self._rows.select("stays", wanted, order=("arrival", "id"))
        during = [row for row in rows if row["arrival"] <= last and first <= row["departure"]]
        return await stay_snapshots(self._rows, during)

    async def stays_of(self, startup_ids: Sequence[UUID]) -> Sequence[StaySnapshot]:
        """Return all stays of these start-ups, latest arrival first."""
        wanted = AllOf((OneOf("startup_id", tuple(startup_ids)), self._scope("stays")))
        rows = await self._rows.select("stays", wanted, order=("arrival", "id"))
        return await stay_snapshots(self._rows, rows[::-1])


def loader_context(core: Core, rows: Rows, plugin: Plugin, actor: Actor) -> PluginContext:
    """Return what a loader of this plugin is given: it reads what its actor may read."""
    read = RowsReader(rows, core.registry, plugin.key, reader=actor)
    return replace(plugin_context(core, rows, plugin, actor.name), read=read)


def plugin_context(core: Core, rows: Rows, plugin: Plugin, actor: str) -> PluginContext:
    """Return what a plugin is given that reads for the network itself."""
    return PluginContext(
        plugin=plugin.key,
        today=core.clock.today(),
        actor=actor,
        settings=plugin.settings,
        log=structlog.get_logger(f"softlanding.plugins.{plugin.key}"),
        read=RowsReader(rows, core.registry, plugin.key),
        rule_sets={
            key: rule_set.on(core.clock.today())
            for key, rule_set in core.registry.rule_sets.items()
        },
        http=core.http,
    )


def check_context(
    core: Core, rows: Rows, step: Step, actor: str, answers: Mapping[str, BaseModel]
) -> CheckContext:
    """Return what the check of this step is given; `answers` are those of the steps it reads."""
    plugin = core.registry.plugin_of(step.key)
    base = plugin_context(core, rows, plugin, actor)
    return CheckContext(
        **{name: getattr(base, name) for name in base.__dataclass_fields__},
        rules=base.rule_sets.get(step.rule_set or "") or RulesInForce.nothing(base.today),
        answers=answers,
    )

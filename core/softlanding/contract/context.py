"""What a check and a loader are given: narrow, typed, no ORM and no request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from pydantic import BaseModel
from pydantic_settings import BaseSettings

from softlanding.contract.outgoing import Outgoing
from softlanding.contract.rules import RulesInForce
from softlanding.contract.verdicts import Fact
from softlanding.domain.snapshots import StaySnapshot
from softlanding.domain.vocabulary import Outcome, StepState


class Log(Protocol):
    """A structured log; words first, figures as keywords."""

    def info(self, event: str, **values: object) -> object:
        """Write a line for people who run the product."""

    def warning(self, event: str, **values: object) -> object:
        """Write a line that someone should look at."""


@dataclass(frozen=True, kw_only=True)
class AnsweredStep:
    """A step of a stay as a plugin may read it: the answers, parsed by the step's form.

    `answers` is None when the step is not answered, or when its answers no longer fit the form.
    """

    stay_id: UUID
    key: str
    state: StepState
    answers: BaseModel | None
    outcome: Outcome | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True)
class SavedRecord:
    """A record that a verdict of this plugin left behind."""

    kind: str
    startup_id: UUID
    stay_id: UUID
    step_key: str
    data: Mapping[str, Any]


class Reader(Protocol):
    """Read access of a plugin: batched, snapshots only.

    A check reads everything; a loader reads what the actor who asks may read, stays of which they
    are a party.
    """

    async def steps(
        self, stay_ids: Sequence[UUID], keys: Sequence[str]
    ) -> Mapping[UUID, Mapping[str, AnsweredStep]]:
        """Return, per stay, the steps with these keys; one statement for all stays."""

    async def records(self, startup_ids: Sequence[UUID], kind: str) -> Sequence[SavedRecord]:
        """Return this plugin's records of a kind for these start-ups, oldest first."""

    async def hosted(self, host_id: UUID, first: date, last: date) -> Sequence[StaySnapshot]:
        """Return the stays that hold a desk at a host on a day from `first` to `last`."""

    async def stays_of(self, startup_ids: Sequence[UUID]) -> Sequence[StaySnapshot]:
        """Return all stays of these start-ups, latest arrival first."""


@dataclass(frozen=True, kw_only=True)
class PluginContext:
    """What a loader is given. `settings` is an instance of the plugin's settings class.

    `rule_sets` are those of all plugins in force, by key; `http` is the way out, for reactions to
    what has happened. Checks and loaders ask nobody outside.
    """

    plugin: str
    today: date
    actor: str
    settings: BaseSettings | None
    log: Log
    read: Reader
    rule_sets: Mapping[str, RulesInForce]
    http: Outgoing


@dataclass(frozen=True, kw_only=True)
class CheckContext(PluginContext):
    """What a check is given: `rules` of its step, and `answers` of the steps it reads.

    `answers` maps a full step key to an instance of that step's form; steps that are not
    answered are left out. Without a rule set, every figure of `rules` is unknown.
    """

    rules: RulesInForce
    answers: Mapping[str, BaseModel]

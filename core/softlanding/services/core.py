"""What every service works with, and how an actor is let in or refused."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

import orjson

from softlanding import access
from softlanding.actors import Actor, ActorKind
from softlanding.contract.outgoing import Outgoing
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.domain.vocabulary import Party
from softlanding.host.registry import Registry
from softlanding.predicates import AllOf, Equals, OneOf
from softlanding.services.background import Background
from softlanding.services.changes import Changes
from softlanding.services.clock import Clock
from softlanding.services.console import Console, Output
from softlanding.services.loops import Loops
from softlanding.services.operations import NoOperations, Operations
from softlanding.services.outgoing_http import OutgoingHTTP
from softlanding.services.uses import Uses
from softlanding.storage.database import Database, Rows
from softlanding.storage.idempotency import IdempotentRequest
from softlanding.storage.record import Acting, Change
from softlanding.storage.tables import Row
from softlanding.storage.trials import Trial

if TYPE_CHECKING:
    from softlanding.services.openid_provider import OpenIDProvider

Result = TypeVar("Result")
_NOUNS = {
    "incubators": "incubator",
    "startups": "start-up",
    "stays": "stay",
    "onboarding_steps": "step",
    "tokens": "key or token",
    "webhooks": "webhook",
    "webhook_attempts": "attempt",
    "sessions": "session",
    "memberships": "membership",
    "invitations": "invitation",
}


@dataclass
class Core:
    """The open product: its database, its plugins, its clock.

    `definitions` maps the key of each step in force to its row in `step_definitions`, `absent`
    that of each step whose plugin is quarantined to the last one known. Where it `tries`, all is
    undone in the end, and nothing is sent. While it is `draining`, requests are to go elsewhere.
    """

    database: Database
    registry: Registry
    clock: Clock
    definitions: Mapping[str, Row] = field(default_factory=dict)
    absent: Mapping[str, Row] = field(default_factory=dict)
    uses: Uses = field(default_factory=Uses)
    background: Background = field(default_factory=Background)
    loops: Loops = field(default_factory=Loops)
    public_url: str = ""
    console: Output = field(default_factory=Console)
    http: Outgoing = field(default_factory=OutgoingHTTP)
    operations: Operations = field(default_factory=NoOperations)
    outgoing_local: bool = False
    tries: bool = False
    draining: bool = False
    openid: "OpenIDProvider | None" = None
    changes: "Changes" = field(init=False)

    def __post_init__(self) -> None:
        self.changes = Changes(self.database)

    def acting(self, acting: Acting) -> "Core":
        """Return the same core, where what is done is recorded as done by somebody."""
        acted = copy(self)
        acted.database = self.database.acting(acting)
        return acted

    def once(self, request: IdempotentRequest | None) -> "Core":
        """Return the same core, where a request is done once; None: as often as it is sent."""
        kept = copy(self)
        kept.database = self.database.once(request)
        return kept

    async def attempt(
        self, work: Callable[["Core"], Awaitable[Result]]
    ) -> tuple[Result, list[Change]]:
        """Try something and undo it: return what `work` returns and what it would have changed.

        Nothing is sent meanwhile, and the day stays.
        """

        async def tried(trial: Trial) -> Result:
            core = copy(self)
            core.database = cast("Database", trial)
            core.clock, core.tries = copy(self.clock), True
            return await work(core)

        return await self.database.attempt(tried)

    @cached_property
    def standing(self) -> str:
        """What all states of steps depend on besides the steps themselves, as a fingerprint."""
        return fingerprint_of(self.definitions, self.registry)


def acting(actor: Actor, action: str) -> Acting:
    """Return an actor as the record names them."""
    is_key = actor.key_id is not None
    return Acting(
        kind="KEY" if is_key else str(actor.kind),
        action=action,
        person_id=actor.person_id,
        key_id=actor.key_id,
    )


def fingerprint_of(definitions: Mapping[str, Row], registry: Registry) -> str:
    """Return the fingerprint of the definitions of a registry's steps."""
    told = [
        (key, definitions[key]["fingerprint"], step.check is not None)
        for key, step in sorted(registry.steps.items())
    ]
    return hashlib.sha256(orjson.dumps(told)).hexdigest()


def require_writer(actor: Actor) -> None:
    """Refuse whoever is neither a person nor a key that may change something."""
    if actor.kind is not ActorKind.PERSON and not (actor.scope and actor.scope.mutations):
        raise Refused(
            Problem(
                code=Code.UNAUTHENTICATED,
                message="Changing something needs a token of a person.",
                hint="Send the header `Authorization: Bearer <token>`.",
            )
        )


def forbidden(message: str, *, hint: str = "") -> Refused:
    """Return the refusal of somebody who may see an object but not do this to it."""
    return Refused(
        Problem(code=Code.FORBIDDEN, message=message, hint=hint or "Ask somebody who may.")
    )


def require(actor: Actor, action: str, row: Mapping[str, Any] | None = None) -> None:
    """Refuse who may not do this, to a row of the table that the action is on."""
    if not access.allows(actor, action, row):
        raise forbidden(access.ACTIONS[action].told)


def not_found(table: str, *path: str) -> Refused:
    """Return the refusal for an object that does not exist, or not for this actor."""
    return Refused(
        Problem(
            code=Code.NOT_FOUND,
            message=f"There is no such {_NOUNS[table]}, or you may not see it.",
            path=path,
            hint="Check the id; ids come from earlier answers and are not to be built.",
        )
    )


async def visible(rows: Rows, actor: Actor, table: str, key: UUID, *path: str) -> Row:
    """Return a row the actor may see, or refuse."""
    (found,) = await all_visible(rows, actor, table, [(key, path)])
    return found


async def all_visible(
    rows: Rows, actor: Actor, table: str, wanted: Sequence[tuple[UUID, tuple[str, ...]]]
) -> list[Row]:
    """Return rows the actor may see, by keys, or refuse the first that is not, with its path."""
    keys = tuple({key for key, _ in wanted})
    named = OneOf("id", keys) if len(keys) > 1 else Equals("id", keys[0])
    found = await rows.select(table, AllOf((named, access.rows(table, actor))))
    by_key = {row["id"]: row for row in found}
    for key, path in wanted:
        if key not in by_key:
            raise not_found(table, *path)
    return [by_key[key] for key, _ in wanted]


def parties(actor: Actor, stay: Mapping[str, Any]) -> frozenset[Party]:
    """Return the parties of a stay that the actor acts for."""
    sides = actor.sides(
        startup_id=stay["startup_id"], home_id=stay["home_id"], host_id=stay["host_id"]
    )
    return frozenset(Party(side) for side in sides)

"""Keys of incubators, for their websites and programs.

A key acts as staff of its incubator and never as more: it is given types, fields and mutations that
staff has, and who makes one is a manager. Its secret is told once and kept as SHA-256.
"""

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import Field

from softlanding.access import key_may_do, key_may_read
from softlanding.actors import Actor
from softlanding.contract.forms import Form, Line
from softlanding.domain.problems import Code, Problem, Refused, refuse_if
from softlanding.predicates import Equals
from softlanding.services.core import Core, not_found, require, require_writer, visible
from softlanding.services.tokens import token_row
from softlanding.storage.database import Rows, Transaction
from softlanding.storage.tables import Row

PREFIX = "slk_"
MOST_KEYS = 50
"""So many keys of one incubator may be in force."""
KEY_TYPES = {
    "Incubator": "incubators",
    "Startup": "startups",
    "Stay": "stays",
    "OnboardingStep": "onboarding_steps",
}
"""The types of rows that a key may be given, with their tables."""
KEY_FIELDS = frozenset({"Query.plugins"})
"""Fields of no row that are not for everybody, and that a key may be given."""


class NewApiKey(Form):
    """A key to be made."""

    label: Line = Field(description="What it is for, such as the name of the website.")
    types: list[Line] = Field(
        default=["Incubator", "Startup", "Stay"],
        max_length=10,
        description="Types of which it reads all fields that everybody reads: Incubator, Startup,"
        " Stay, OnboardingStep.",
    )
    fields: list[Line] = Field(
        default=[],
        max_length=100,
        description="Single fields that it reads besides, such as Stay.goals; those that only"
        " staff reads must be named.",
    )
    mutations: list[Line] = Field(
        default=[], max_length=50, description="Mutations that it may send, such as applyForStay."
    )
    drafts: bool = Field(
        default=False,
        description="Whether it sees what the staff of the incubator sees, or only what everybody"
        " sees. A key that sends mutations does.",
    )
    introspection: bool = Field(default=False, description="Whether it may ask for the schema.")
    days: int = Field(default=365, ge=1, le=730, description="How many days it is in force.")


async def create_api_key(
    core: Core, actor: Actor, new: NewApiKey, *, incubator_id: UUID
) -> tuple[str, UUID]:
    """Make a key; returns its secret, which is told once, and its key in the database.

    Refuses what the staff of the incubator may not read or do itself. Whether a named field is in
    the schema is for the caller to check.
    """
    require_writer(actor)
    incubator = await visible(core.database.rows, actor, "incubators", incubator_id, "incubator")
    require(actor, "create_api_key", incubator)
    refuse_if(_problems(new))
    secret = PREFIX + secrets.token_urlsafe(32)
    stored = {
        "types": sorted(set(new.types)),
        "fields": sorted(set(new.fields)),
        "mutations": sorted({snake_case(name) for name in new.mutations}),
        "drafts": new.drafts,
        "introspection": new.introspection,
    }
    expires_at = core.clock.now() + timedelta(days=new.days)
    row = token_row(
        core,
        secret,
        new.label,
        incubator_id=incubator_id,
        scope=stored,
        created_by=actor.name,
        expires_at=expires_at,
    )

    async def work(transaction: Transaction) -> None:
        await _refuse_too_many(core, transaction, incubator_id)
        await transaction.insert("tokens", row)

    await core.database.transact(work)
    return secret, row["id"]


async def rotate_api_key(
    core: Core, actor: Actor, key_id: UUID, *, overlap_hours: int = 24
) -> tuple[str, UUID]:
    """Make a new key of the same scope; the old one is in force for some hours more, at most.

    The new one is in force as long as the old one was meant to be from the beginning.
    """
    require_writer(actor)
    secret = PREFIX + secrets.token_urlsafe(32)

    async def work(transaction: Transaction) -> UUID:
        old = await _own_key(core, transaction, actor, "rotate_api_key", key_id)
        now = core.clock.now()
        if old["revoked_at"] is not None or old["replaced_by_id"] is not None or is_over(old, now):
            raise Refused(
                Problem(
                    code=Code.WRONG_STATE,
                    message="This key is not in force any more, or was replaced already.",
                    path=("id",),
                    hint="Make a new one, or rotate the one that replaced it.",
                )
            )
        await _refuse_too_many(core, transaction, old["incubator_id"])
        lifetime = (old["expires_at"] - old["created_at"]) if old["expires_at"] else None
        until = now + lifetime if lifetime else None
        new = token_row(
            core,
            secret,
            old["label"],
            incubator_id=old["incubator_id"],
            scope=old["scope"],
            created_by=actor.name,
            expires_at=until,
        )
        await transaction.insert("tokens", new)
        overlap = now + timedelta(hours=overlap_hours)
        expires_at = min(old["expires_at"] or overlap, overlap)
        changes = {"replaced_by_id": new["id"], "expires_at": expires_at}
        await transaction.update("tokens", key_id, changes)
        return UUID(str(new["id"]))

    return secret, await core.database.transact(work)


async def revoke_api_key(core: Core, actor: Actor, key_id: UUID) -> UUID:
    """Revoke a key: its next request is refused, on every replica."""
    require_writer(actor)

    async def work(transaction: Transaction) -> UUID:
        key = await _own_key(core, transaction, actor, "revoke_api_key", key_id)
        if key["revoked_at"] is None:
            await transaction.update("tokens", key_id, {"revoked_at": core.clock.now()})
        return UUID(str(key["id"]))

    return await core.database.transact(work)


def snake_case(name: str) -> str:
    """Return the name of an action as `access.ACTIONS` has it: applyForStay → apply_for_stay."""
    return "".join(f"_{one.lower()}" if one.isupper() else one for one in name)


def _problems(new: NewApiKey) -> Iterator[Problem]:
    for place, name in enumerate(new.types):
        if name not in KEY_TYPES:
            hint = f"One of {', '.join(KEY_TYPES)}."
            yield _beyond("types", place, f"{name} is no type of rows.", hint)
    for place, name in enumerate(new.fields):
        type_name, _, field = name.partition(".")
        table = KEY_TYPES.get(type_name)
        if name in KEY_FIELDS:
            continue
        if table is None:
            known = ", ".join((*KEY_TYPES, *sorted(KEY_FIELDS)))
            yield _beyond(
                "fields",
                place,
                f"{name} is no field that a key may be given.",
                f"Write the type and the field as in Stay.goals; of {known}.",
            )
        elif not key_may_read(table, snake_case(field)):
            yield _beyond(
                "fields",
                place,
                f"{name} is not for the staff of an incubator, so no key may have it.",
                "Leave it out.",
            )
    for place, name in enumerate(new.mutations):
        if not key_may_do(snake_case(name)):
            yield _beyond(
                "mutations",
                place,
                f"{name} is nothing that a key may be given.",
                "A key does what the staff of an incubator does, and nothing that binds a person"
                " or hands out rights.",
            )
    if new.mutations and not new.drafts:
        yield Problem(
            code=Code.INVALID,
            message="A key that sends mutations must see what it changes.",
            path=("drafts",),
            hint="Set drafts to true.",
        )


def _beyond(field: str, place: int, message: str, hint: str) -> Problem:
    return Problem(code=Code.INVALID, message=message, path=(field, str(place)), hint=hint)


async def _own_key(
    core: Core, transaction: Transaction, actor: Actor, action: str, key_id: UUID
) -> Row:
    """Return a key that the actor sees and has, locked."""
    key = await visible(transaction, actor, "tokens", key_id, "id")
    if key["incubator_id"] is None:
        raise not_found("tokens", "id")
    incubator = await visible(transaction, actor, "incubators", key["incubator_id"], "id")
    require(actor, action, incubator)
    return await transaction.lock("tokens", key_id) or key


async def _refuse_too_many(core: Core, transaction: Transaction, incubator_id: UUID) -> None:
    await transaction.lock("incubators", incubator_id)
    now = core.clock.now()
    keys = await keys_of(transaction, incubator_id)
    if sum(key["revoked_at"] is None and not is_over(key, now) for key in keys) >= MOST_KEYS:
        raise Refused(
            Problem(
                code=Code.CONFLICT,
                message=f"{MOST_KEYS} keys of this incubator are in force, which is the most.",
                path=("incubator",),
                hint="Revoke those that nobody uses; lastUsedAt tells.",
            )
        )


def is_over(key: Row, now: datetime) -> bool:
    """Tell whether the days of a key are over."""
    return key["expires_at"] is not None and key["expires_at"] <= now


async def keys_of(rows: Rows, incubator_id: UUID) -> list[Row]:
    """Return the keys of an incubator, those revoked and expired too, oldest first."""
    return await rows.select("tokens", Equals("incubator_id", incubator_id), order=("id",))

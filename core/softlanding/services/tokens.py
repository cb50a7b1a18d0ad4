"""Tokens: opaque, 256 bits, kept as SHA-256 only, shown once."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import orjson

from softlanding.access import ANONYMOUS, Actor, ActorKind, Equals, OneOf
from softlanding.services.core import Core
from softlanding.storage.database import Transaction
from softlanding.storage.engines import Dialect
from softlanding.storage.models import new_id

_PREFIX = "slt_"
_SHOWN = 10


class UnknownHolder(Exception):  # noqa: N818 - a sentence for whoever asks for a token
    """There is no such person or incubator."""


def hash_of(token: str) -> str:
    """Return what is stored of a secret: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


async def create_token(
    core: Core, *, label: str, email: str | None = None, incubator_slug: str | None = None
) -> str:
    """Create a token of a person, or of an incubator's website; it is returned once."""
    token = _PREFIX + secrets.token_urlsafe(32)

    async def work(transaction: Transaction) -> None:
        person_id: UUID | None = None
        incubator_id: UUID | None = None
        if email is not None:
            found = await transaction.select("persons", Equals("email", email.lower()))
            if not found:
                raise UnknownHolder(f"There is no person {email}.")
            person_id = found[0]["id"]
        else:
            incubator = await transaction.by_slug("incubators", incubator_slug or "")
            if incubator is None:
                raise UnknownHolder(f"There is no incubator {incubator_slug}.")
            incubator_id = incubator["id"]
        await transaction.insert(
            "tokens",
            {
                "id": new_id(),
                "prefix": token[:_SHOWN],
                "hash": hash_of(token),
                "label": label,
                "person_id": person_id,
                "incubator_id": incubator_id,
                "expires_at": None,
                "revoked_at": None,
                "created_at": core.clock.now(),
            },
        )

    await core.database.transact(work)
    return token


async def revoke_tokens(core: Core, *, label: str) -> None:
    """Revoke all tokens with this label."""

    async def work(transaction: Transaction) -> None:
        for row in await transaction.select("tokens", Equals("label", label)):
            await transaction.update("tokens", row["id"], {"revoked_at": core.clock.now()})

    await core.database.transact(work)


async def authenticate(core: Core, token: str) -> Actor | None:
    """Return the actor of a token, or None when it is unknown, expired or revoked.

    One statement: who a person is and what they are a member of is read at every request.
    """
    database = core.database
    actor, expires_at = _held(await database.text(_HOLDER[database.dialect], [hash_of(token)]))
    if expires_at is not None and expires_at < core.clock.now():
        return None
    return actor


@lru_cache(maxsize=1024)
def _held(text: bytes) -> tuple[Actor | None, datetime | None]:
    """Return who holds a token, as the database tells it, and until when."""
    held = orjson.loads(text)
    if held is None or held["revoked_at"] is not None:
        return None, None
    expires_at = held["expires_at"] and datetime.fromisoformat(held["expires_at"])
    if held["person_id"] is None:
        return Actor(kind=ActorKind.WEBSITE, name=held["label"]), expires_at
    person = Actor(
        kind=ActorKind.PERSON,
        name=held["name"],
        person_id=UUID(held["person_id"]),
        founder_of=frozenset(UUID(key) for key in held["founder_of"] or () if key),
        staff_of=frozenset(UUID(key) for key in held["staff_of"] or () if key),
        is_admin=bool(held["is_admin"]),
    )
    return person, expires_at


_HOLDER_TEXT = """
    SELECT {object}('revoked_at', t.revoked_at, 'expires_at', t.expires_at, 'label', t.label,
        'person_id', t.person_id, 'name', p.name, 'is_admin', p.is_admin,
        'founder_of', (SELECT {array}(m.startup_id) FROM memberships m WHERE m.person_id = p.id),
        'staff_of', (SELECT {array}(m.incubator_id) FROM memberships m WHERE m.person_id = p.id)
    ){end} FROM tokens t LEFT JOIN persons p ON p.id = t.person_id WHERE t.hash = {hash}"""
_HOLDER: Mapping[Dialect, str] = {
    "sqlite": _HOLDER_TEXT.format(object="json_object", array="json_group_array", end="", hash="?"),
    "postgresql": _HOLDER_TEXT.format(
        object="convert_to(json_build_object", array="json_agg", end="::text, 'UTF8')", hash="$1"
    ),
}


async def actor_of(core: Core, person_id: UUID) -> Actor:
    """Return a person as an actor, with what they are a member of now."""
    rows = core.database.rows
    person = await rows.one("persons", person_id)
    if person is None:
        return ANONYMOUS
    memberships = await rows.select("memberships", OneOf("person_id", (person["id"],)))
    return Actor(
        kind=ActorKind.PERSON,
        name=person["name"],
        person_id=person["id"],
        founder_of=frozenset(one["startup_id"] for one in memberships if one["startup_id"]),
        staff_of=frozenset(one["incubator_id"] for one in memberships if one["incubator_id"]),
        is_admin=person["is_admin"],
    )

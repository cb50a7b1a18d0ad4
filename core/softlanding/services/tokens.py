"""Tokens: opaque, 256 bits, kept as SHA-256 only, shown once."""

import hashlib
import secrets
from uuid import UUID

from softlanding.access import ANONYMOUS, Actor, ActorKind, Equals, OneOf
from softlanding.services.core import Core
from softlanding.storage.database import Transaction
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
    """Return the actor of a token, or None when it is unknown, expired or revoked."""
    rows = core.database.rows
    found = await rows.select("tokens", Equals("hash", hash_of(token)))
    if not found:
        return None
    row, now = found[0], core.clock.now()
    if row["revoked_at"] is not None or (row["expires_at"] is not None and row["expires_at"] < now):
        return None
    if row["person_id"] is None:
        return Actor(kind=ActorKind.WEBSITE, name=row["label"])
    return await actor_of(core, row["person_id"])


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

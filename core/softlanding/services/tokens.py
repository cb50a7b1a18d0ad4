"""Tokens: opaque, 256 bits, kept as SHA-256 only, shown once."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from softlanding.domain.emails import known_as
from softlanding.predicates import Equals
from softlanding.services.authentication import hash_of
from softlanding.services.core import Core
from softlanding.storage.database import Transaction
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row

PREFIX = "slt_"
SHOWN = 12
"""So many characters of a token or key are shown, to tell it from others."""


class UnknownHolder(Exception):  # noqa: N818 - a sentence for whoever asks for a token
    """There is no such person or incubator."""


async def create_token(
    core: Core,
    *,
    label: str,
    email: str | None = None,
    incubator_slug: str | None = None,
    hours: int | None = None,
) -> str:
    """Create a token of a person, or of an incubator's website; it is returned once.

    It is in force for so many hours, or until it is revoked.
    """
    token = PREFIX + secrets.token_urlsafe(32)

    async def work(transaction: Transaction) -> None:
        person_id: UUID | None = None
        incubator_id: UUID | None = None
        if email is not None:
            found = await transaction.select("persons", Equals("email", known_as(email)))
            if not found:
                raise UnknownHolder(f"There is no person {email}.")
            person_id = found[0]["id"]
        else:
            incubator = await transaction.by_slug("incubators", incubator_slug or "")
            if incubator is None:
                raise UnknownHolder(f"There is no incubator {incubator_slug}.")
            incubator_id = incubator["id"]
        row = token_row(
            core,
            token,
            label,
            person_id=person_id,
            incubator_id=incubator_id,
            expires_at=core.clock.now() + timedelta(hours=hours) if hours else None,
        )
        await transaction.insert("tokens", row)

    await core.database.transact(work)
    return token


def token_row(
    core: Core,
    token: str,
    label: str,
    *,
    person_id: UUID | None = None,
    incubator_id: UUID | None = None,
    scope: Mapping[str, object] | None = None,
    created_by: str | None = None,
    expires_at: datetime | None = None,
) -> Row:
    """Return the row of a new token or key."""
    return {
        "id": new_id(),
        "prefix": token[:SHOWN],
        "hash": hash_of(token),
        "label": label,
        "person_id": person_id,
        "incubator_id": incubator_id,
        "scope": scope,
        "created_by": created_by,
        "replaced_by_id": None,
        "expires_at": expires_at,
        "revoked_at": None,
        "last_used_at": None,
        "created_at": core.clock.now(),
    }


async def revoke_tokens(core: Core, *, label: str) -> None:
    """Revoke all tokens with this label."""

    async def work(transaction: Transaction) -> None:
        for row in await transaction.select("tokens", Equals("label", label)):
            await transaction.update("tokens", row["id"], {"revoked_at": core.clock.now()})

    await core.database.transact(work)

"""Tokens: opaque, 256 bits, kept as SHA-256 only, shown once."""

import secrets
from uuid import UUID

from softlanding.predicates import Equals
from softlanding.services.authentication import hash_of
from softlanding.services.core import Core
from softlanding.storage.database import Transaction
from softlanding.storage.models import new_id

_PREFIX = "slt_"
_SHOWN = 10


class UnknownHolder(Exception):  # noqa: N818 - a sentence for whoever asks for a token
    """There is no such person or incubator."""


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
                "scope": None,
                "created_by": None,
                "replaced_by_id": None,
                "expires_at": None,
                "revoked_at": None,
                "last_used_at": None,
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

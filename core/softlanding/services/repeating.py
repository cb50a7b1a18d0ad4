"""Answers of requests that may be sent again, kept for a day."""

from softlanding.predicates import AllOf, Equals
from softlanding.services.core import Core
from softlanding.storage.database import Transaction

_TELL_SECRETS = (
    "createApiKey",
    "rotateApiKey",
    "createWebhook",
    "rotateWebhookSecret",
    "createAccessToken",
    "createCalendarAddress",
)
"""Mutations whose answers are not kept: what they tell is told once, and stored as a hash only."""


async def kept_answer(core: Core, actor: str, key: str, request: str) -> bytes | None:
    """Return the answer of a request, where it came to its end; all are as `IdempotentRequest`."""
    for row in await core.database.rows.select("idempotency_keys", _of(actor, key)):
        if row["request"] == request and row["answer"] is not None:
            return str(row["answer"]).encode()
    return None


async def keep_answer(core: Core, actor: str, key: str, query: str, answer: bytes) -> None:
    """Keep the answer of a request that changed something, unless it may tell a secret."""
    if any(name in query for name in _TELL_SECRETS):
        return

    async def work(transaction: Transaction) -> None:
        for row in await transaction.select("idempotency_keys", _of(actor, key)):
            await transaction.update("idempotency_keys", row["id"], {"answer": answer.decode()})

    await core.database.transact(work)


def _of(actor: str, key: str) -> AllOf:
    return AllOf((Equals("actor", actor), Equals("key", key)))

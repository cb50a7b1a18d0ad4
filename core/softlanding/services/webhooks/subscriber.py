"""The subscriber that tells webhooks: the answer to their operation, signed, posted, logged."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

from softlanding import access
from softlanding.actors import Actor
from softlanding.contract.context import PluginContext
from softlanding.contract.events import Delivery, Event, Subscriber
from softlanding.contract.outgoing import Answered, NotReached
from softlanding.predicates import AllOf, Equals
from softlanding.services.api_keys import is_over
from softlanding.services.authentication import actor_of_key
from softlanding.services.core import Core
from softlanding.services.webhooks.editing import TOLD
from softlanding.services.webhooks.signatures import signed_headers
from softlanding.storage.database import Transaction
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row

KEY = "softlanding.webhooks"
PATIENCE = 15.0
"""So many seconds a receiver has to answer."""

_TABLES = {"Incubator": "incubators", "Startup": "startups", "Stay": "stays"}
_ENDS = (".withdrawn", ".cancelled", ".deleted")
_WAS_PUBLISHED = {"incubator.withdrawn", "startup.withdrawn"}
_GONE = 410
_LONGEST_ANSWER = 1024
_LONGEST_ERROR = 300


class NotTaken(Exception):  # noqa: N818 - a sentence for whoever looks at the log
    """A receiver did not take a message; the message says what it answered."""


def subscriber(core: Core, *, patience: float = PATIENCE) -> Subscriber:
    """Return the product's own subscriber for webhooks."""

    async def recipients(event: Event, ctx: PluginContext) -> Sequence[str]:
        enabled = await core.database.rows.select("webhooks", Equals("enabled", True))
        found = []
        for row in enabled:
            wanted = Subscriber(key=KEY, events=tuple(row["events"]), handle=handle)
            if wanted.wants(event.name) and await _may_be_told(core, row, event):
                found.append(str(row["id"]))
        return found

    async def handle(delivery: Delivery, ctx: PluginContext) -> None:
        row = await core.database.rows.one("webhooks", UUID(delivery.recipient))
        if row is None or not row["enabled"]:
            return
        actor = await _actor_of(core, row)
        if actor is None:
            await _switch_off(core, row, "Its key is not in force any more.")
            return
        await _deliver(core, row, actor, delivery, patience)

    return Subscriber(
        key=KEY, events=TOLD, handle=handle, recipients=recipients, timeout=patience + 10
    )


async def _actor_of(core: Core, row: Row) -> Actor | None:
    key = await core.database.rows.one("tokens", row["token_id"])
    if key is None or key["revoked_at"] is not None or is_over(key, core.clock.now()):
        return None
    return actor_of_key(key)


async def _may_be_told(core: Core, row: Row, event: Event) -> bool:
    """Tell whether the key of a webhook sees the object, or saw it until now.

    That a page is to go is told although the object is hidden now: of what was published, and of
    what the webhook was told of before.
    """
    actor = await _actor_of(core, row)
    if actor is None:
        return True
    rows = core.database.rows
    table = _TABLES[event.object_type]
    seen = AllOf((Equals("id", event.object_id), access.rows(table, actor)))
    if await rows.select(table, seen):
        return True
    if not event.name.endswith(_ENDS):
        return False
    if event.name in _WAS_PUBLISHED:
        return True
    before = AllOf(
        (
            Equals("subscriber", KEY),
            Equals("recipient", str(row["id"])),
            Equals("aggregate_id", event.aggregate_id),
            Equals("state", "DONE"),
        )
    )
    return bool(await rows.select("deliveries", before, limit=1))


async def _deliver(core: Core, row: Row, actor: Actor, delivery: Delivery, patience: float) -> None:
    event = delivery.event
    about, result = await core.operations.answer(
        row["query"], object_type=event.object_type, object_id=event.object_id, actor=actor
    )
    body = orjson.dumps(
        {
            "type": event.name,
            "timestamp": event.at.isoformat(),
            "data": {"id": about, "type": event.object_type, "result": result},
        }
    )
    # Receivers refuse what is five minutes old by their own clock, whatever day is played here.
    sent = datetime.now(UTC)
    headers = {
        "content-type": "application/json; charset=utf-8",
        **signed_headers(str(event.id), sent, body, _secrets(core, row)),
    }
    try:
        answered = await core.http.post(row["address"], body, headers, seconds=patience)
    except NotReached as failure:
        await _log(core, row, delivery, None, str(failure))
        raise
    if answered.status == _GONE:
        await _log(core, row, delivery, answered, "The receiver is gone for good.")
        await _switch_off(core, row, "The receiver answered 410: it is gone for good.")
    elif not 200 <= answered.status < 300:
        error = f"the receiver answered {answered.status}"
        await _log(core, row, delivery, answered, error)
        raise NotTaken(error)
    else:
        await _log(core, row, delivery, answered, "")


def _secrets(core: Core, row: Row) -> Sequence[str]:
    old = row["old_secret"]
    if old is not None and row["old_secret_until"] > core.clock.now():
        return (row["secret"], old)
    return (row["secret"],)


async def _log(
    core: Core, row: Row, delivery: Delivery, answered: Answered | None, error: str
) -> None:
    """Write an attempt down."""
    attempt: dict[str, Any] = {
        "id": new_id(),
        "webhook_id": row["id"],
        "delivery_id": delivery.id,
        "event_key": delivery.event.id,
        "event": delivery.event.name,
        "at": core.clock.now(),
        "attempt": delivery.attempt,
        "status": answered.status if answered else None,
        "milliseconds": round(answered.seconds * 1000) if answered else 0,
        "answer": _text(answered.body) if answered else "",
        "error": error[:_LONGEST_ERROR],
    }

    async def work(transaction: Transaction) -> None:
        if await transaction.lock("webhooks", row["id"]) is not None:
            await transaction.insert("webhook_attempts", attempt)

    await core.database.transact(work)


def _text(body: bytes) -> str:
    # A text of a row holds no NUL.
    return body[:_LONGEST_ANSWER].decode("utf-8", "replace").replace("\0", "�")


async def _switch_off(core: Core, row: Row, because: str) -> None:
    async def work(transaction: Transaction) -> None:
        fresh = await transaction.lock("webhooks", row["id"])
        if fresh is not None and fresh["enabled"]:
            changes = {
                "enabled": False,
                "disabled_because": because,
                "revision": fresh["revision"] + 1,
                "updated_at": core.clock.now(),
            }
            await transaction.update("webhooks", row["id"], changes)

    await core.database.transact(work)

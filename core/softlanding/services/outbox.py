"""The outbox: events are told to subscribers after they were committed, at least once each.

First an event is dispatched: each subscriber who wants it gets a delivery. One whose recipients are
to be found out is replaced by a delivery for each. What fails is tried again by the schedule of
the Standard Webhooks specification, and is dead in the end: seen, and sent again by hand only.
"""

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from softlanding.contract.events import Delivery, Event, Subscriber
from softlanding.host import guard
from softlanding.host.registry import Plugin
from softlanding.predicates import OneOf
from softlanding.services.core import Core
from softlanding.services.loops import Beat
from softlanding.services.plugin_context import plugin_context
from softlanding.storage import outbox
from softlanding.storage.database import Transaction
from softlanding.storage.events import event_of
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row
from softlanding.tasks import spawn

log = structlog.get_logger("softlanding.outbox")

DELAYS = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""How long after each failure a delivery is tried again (Standard Webhooks, 2024)."""

LEASE = timedelta(seconds=60)
"""How long a delivery is in hand at most: longer than any subscriber may take."""

_JITTER = 0.2
_AT_ONCE = 20
_POLL_SECONDS = 5.0
_LAST_SECONDS = 3.0
_LONGEST_ERROR = 300
ITSELF = Plugin(key="softlanding", distribution="softlanding", version="")
"""As whom the product itself subscribes."""


def _system_time() -> datetime:
    # Not the clock of the core, which stands still in the demo.
    return datetime.now(UTC)


class Outbox:
    """Dispatches and delivers, for the subscribers of all plugins and those of the product."""

    def __init__(
        self,
        core: Core,
        own: Sequence[Subscriber] = (),
        *,
        now: Callable[[], datetime] = _system_time,
    ) -> None:
        self._core = core
        self._now = now
        self._news = core.database.news.flag()
        self._running: set[asyncio.Task[None]] = set()
        self._subscribers = {
            one.key: (plugin, one)
            for plugin, declared in (
                (ITSELF, own),
                *((plugin, plugin.subscribers) for plugin in core.registry.plugins),
            )
            for one in declared
        }

    async def run(self, beat: Beat) -> None:
        """Go on until cancelled; what is in hand then has a moment to end."""
        if self._core.database.dialect == "sqlite":
            await self._core.database.transact(outbox.release)
        try:
            while True:
                beat()
                self._news.clear()
                if not await self._turn():
                    await self._pause()
        finally:
            if self._running:
                _, late = await asyncio.wait(self._running, timeout=_LAST_SECONDS)
                for task in late:
                    task.cancel()

    async def settle(self) -> None:
        """Dispatch and deliver until nothing is due."""
        while await self._turn() or self._running:
            if self._running:
                await asyncio.wait(self._running)

    async def _turn(self) -> bool:
        """Take in hand what is due, and tell whether there may be more at once."""
        due = await outbox.due_at(self._core.database.rows, self._now())
        free = _AT_ONCE - len(self._running)
        if due is None or due > self._now() or not free:
            return False
        dispatched = await self._dispatch()
        claimed = await self._claim(free)
        for row, event in claimed:
            task = spawn(self._deliver(row, event), name=f"deliver {event.name}")
            self._running.add(task)
            task.add_done_callback(self._ended)
        return bool(dispatched or claimed)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._running.discard(task)
        self._news.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a delivery could not be noted; it is told again", exc_info=error)

    async def _pause(self) -> None:
        """Wait for news, or until something is due."""
        due = await outbox.due_at(self._core.database.rows, self._now())
        seconds = _POLL_SECONDS
        if due is not None and len(self._running) < _AT_ONCE:
            seconds = min(seconds, max((due - self._now()).total_seconds(), 0.05))
        # Not `wait_for`, which forgets that it was cancelled where news come at the same moment.
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()

    async def _dispatch(self) -> int:
        now = self._now()

        async def work(transaction: Transaction) -> int:
            events = await outbox.undispatched(transaction, 100)
            for event in events:
                rows = [
                    _delivery_row(event, key, "", now)
                    for key, (_, subscriber) in self._subscribers.items()
                    if subscriber.wants(event["name"])
                ]
                await transaction.insert("deliveries", *rows)
                await transaction.update("events", event["id"], {"dispatched_at": now})
            return len(events)

        return await self._core.database.transact(work)

    async def _claim(self, limit: int) -> list[tuple[Row, Event]]:
        now = self._now()

        async def work(transaction: Transaction) -> list[tuple[Row, Event]]:
            claimed = await outbox.claim(transaction, now, now + LEASE, limit)
            keys = tuple({row["event_id"] for row in claimed})
            rows = await transaction.select("events", OneOf("id", keys)) if keys else []
            events = {row["id"]: event_of(row) for row in rows}
            return [(row, events[row["event_id"]]) for row in claimed]

        return await self._core.database.transact(work)

    async def _deliver(self, row: Row, event: Event) -> None:
        delivery = Delivery(
            id=row["id"], event=event, recipient=row["recipient"], attempt=row["attempts"]
        )
        try:
            recipients = await self._tell(row["subscriber"], delivery)
        except guard.PluginFailed as failure:
            await self._failed(row, event, failure.reason)
        else:
            await self._done(row, recipients)

    async def _tell(self, key: str, delivery: Delivery) -> Sequence[str]:
        """Tell a recipient, or return the recipients where they are to be found out."""
        if key not in self._subscribers:
            raise guard.PluginFailed(key, "no plugin that takes part has this subscriber")
        plugin, subscriber = self._subscribers[key]
        context = plugin_context(self._core, self._core.database.rows, plugin, "softlanding")
        finds = subscriber.recipients is not None and not delivery.recipient
        function: Any = subscriber.recipients if finds else subscriber.handle
        found = await guard.call(
            plugin.key,
            key,
            function,
            delivery.event if finds else delivery,
            context,
            timeout=subscriber.timeout,
        )
        return _recipients(plugin.key, found) if finds else ()

    async def _done(self, row: Row, recipients: Sequence[str]) -> None:
        now = self._now()

        async def work(transaction: Transaction) -> None:
            if await _still_ours(transaction, row):
                rows = [_delivery_of(row, recipient, now) for recipient in recipients]
                await transaction.insert("deliveries", *rows)
                changes = {"state": "DONE", "ended_at": now, "leased_until": None, "error": ""}
                await transaction.update("deliveries", row["id"], changes)

        await self._core.database.transact(work)

    async def _failed(self, row: Row, event: Event, reason: str) -> None:
        now, failures = self._now(), row["attempts"]
        changes: Row = {"error": reason[:_LONGEST_ERROR], "leased_until": None}
        if failures > len(DELAYS):
            changes |= {"state": "DEAD", "ended_at": now}
        else:
            spread = random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 - no secret
            changes["next_at"] = now + DELAYS[failures - 1] * spread

        async def work(transaction: Transaction) -> None:
            if await _still_ours(transaction, row):
                await transaction.update("deliveries", row["id"], changes)

        await self._core.database.transact(work)
        told = log.error if "state" in changes else log.warning
        told(
            "delivery dead" if "state" in changes else "delivery failed",
            subscriber=row["subscriber"],
            delivery=str(row["id"]),
            event=event.name,
            attempt=failures,
            reason=reason,
        )


def _recipients(plugin: str, found: object) -> Sequence[str]:
    if not isinstance(found, list | tuple | set | frozenset) or not all(
        isinstance(one, str) and 0 < len(one) <= 200 for one in found
    ):
        raise guard.PluginFailed(plugin, "recipients must be texts of 1 to 200 characters")
    return sorted(set(found))


async def _still_ours(transaction: Transaction, row: Row) -> bool:
    """Return whether nobody else has taken the delivery in hand since, after the lease."""
    found = await transaction.lock("deliveries", row["id"])
    return found is not None and found["attempts"] == row["attempts"]


def _delivery_row(event: Row, subscriber: str, recipient: str, now: datetime) -> Row:
    return {
        "id": new_id(),
        "event_id": event["id"],
        "aggregate_id": event["aggregate_id"],
        "subscriber": subscriber,
        "recipient": recipient,
        "state": "PENDING",
        "attempts": 0,
        "next_at": now,
        "leased_until": None,
        "error": "",
        "ended_at": None,
    }


def _delivery_of(row: Row, recipient: str, now: datetime) -> Row:
    event = {"id": row["event_id"], "aggregate_id": row["aggregate_id"]}
    return _delivery_row(event, row["subscriber"], recipient, now)

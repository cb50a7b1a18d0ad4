"""When something was used last: noted to the minute, beside the requests and not in them."""

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from softlanding.storage.database import Transaction
from softlanding.tasks import spawn

if TYPE_CHECKING:
    from softlanding.services.core import Core

log = structlog.get_logger("softlanding.uses")
EVERY = timedelta(minutes=1)
"""How long a use is not noted again."""
_KNOWN = 10_000


class Uses:
    """The uses of one open core, noted in a column of the row that was used."""

    def __init__(self) -> None:
        self._noted: dict[tuple[str, UUID], datetime] = {}
        self._writing: set[asyncio.Task[None]] = set()

    def note(self, core: "Core", table: str, key: UUID, column: str) -> None:
        """Note that a row is used now, unless that was noted a moment ago."""
        now = core.clock.now()
        before = self._noted.get((table, key))
        if before is not None and timedelta(0) <= now - before < EVERY:
            return
        if len(self._noted) >= _KNOWN:
            self._noted.clear()
        self._noted[table, key] = now
        task = spawn(_write(core, table, key, {column: now}), name="note a use")
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def settle(self) -> None:
        """Wait until all that was noted is written."""
        if self._writing:
            await asyncio.wait(self._writing)


async def _write(core: "Core", table: str, key: UUID, change: dict[str, datetime]) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.update(table, key, change)

    try:
        await core.database.transact(work)
    except Exception as error:
        # Nobody's request fails for it; the next use is noted a minute later.
        log.warning("a use could not be noted", table=table, exc_info=error)

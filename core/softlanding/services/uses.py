"""When something was used last: noted to the minute, beside the requests and not in them."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from softlanding.storage.database import Transaction

if TYPE_CHECKING:
    from softlanding.services.core import Core

EVERY = timedelta(minutes=1)
"""How long a use is not noted again."""
_KNOWN = 10_000


class Uses:
    """The uses of one open core, noted in a column of the row that was used."""

    def __init__(self) -> None:
        self._noted: dict[tuple[str, UUID], datetime] = {}

    def note(self, core: "Core", table: str, key: UUID, column: str) -> None:
        """Note that a row is used now, unless that was noted a moment ago."""
        now = core.clock.now()
        before = self._noted.get((table, key))
        if before is not None and timedelta(0) <= now - before < EVERY:
            return
        if len(self._noted) >= _KNOWN:
            self._noted.clear()
        self._noted[table, key] = now

        async def work(transaction: Transaction) -> None:
            await transaction.update(table, key, {column: now})

        core.background.start(core.database.transact(work), name=f"note a use in {table}")

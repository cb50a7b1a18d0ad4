"""Trying something: all of it in one transaction, which is undone at its end."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from softlanding.storage.record import Change, Changes
from softlanding.storage.rows import Rows, Transaction
from softlanding.storage.writers import Run

if TYPE_CHECKING:
    from softlanding.storage.engines import Dialect

Result = TypeVar("Result")
_SAVEPOINT = "SAVEPOINT tried"
_KEEP = "RELEASE SAVEPOINT tried"
_UNDO = "ROLLBACK TO SAVEPOINT tried"


class Trial:
    """What services see of a database while something is tried.

    Units of work follow each other in the one transaction, and what is read is read in it, so that
    each sees what those before it did.
    """

    def __init__(self, run: Run, dialect: "Dialect", log: list[str] | None) -> None:
        self.dialect = dialect
        self._run = _one_at_a_time(run)
        self._log = log
        self._turn = asyncio.Lock()
        self._changes = Changes()

    @property
    def rows(self) -> Rows:
        """Rows as they are after what was tried."""
        return Rows(self._run, self.dialect, self._log)

    def once(self, request: None) -> "Trial":
        """Return itself: what is tried is done as often as it is tried."""
        return self

    async def transact(self, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
        """Run a unit of work; it is undone at once where it raises."""
        async with self._turn:
            transaction = Transaction(self._run, self.dialect, self._log)
            await transaction.fetch(_SAVEPOINT, [])
            try:
                result = await work(transaction)
            except BaseException:
                await transaction.fetch(_UNDO, [])
                raise
            await transaction.fetch(_KEEP, [])
            self._changes.add(transaction.changes)
            return result

    def changes(self) -> list[Change]:
        """Return what was changed in all."""
        return self._changes.told()


def _one_at_a_time(run: Run) -> Run:
    """Return what runs statements one after the other: a connection does one at a time."""
    turn = asyncio.Lock()

    async def run_in_turn(sql: str, parameters: Sequence[Any]) -> Sequence[Mapping[str, Any]]:
        async with turn:
            return await run(sql, parameters)

    return run_in_turn

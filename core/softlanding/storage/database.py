"""The database: read statements, and the unit of work, the one way to write."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

import structlog

from softlanding.domain.problems import Code, Problem, Refused
from softlanding.request_ids import REQUEST_ID
from softlanding.storage.engines import Dialect, dialect_of
from softlanding.storage.events import events_of
from softlanding.storage.faults import told
from softlanding.storage.idempotency import IdempotentRequest
from softlanding.storage.models import new_id
from softlanding.storage.news import News
from softlanding.storage.readers import SqliteReader, reader_of
from softlanding.storage.record import (
    ITSELF,
    Acting,
    Change,
    change_row,
    digest_of_all,
    hash_of_entry,
)
from softlanding.storage.rows import Rows, Transaction, note, watched
from softlanding.storage.tables import Row
from softlanding.storage.trials import Trial
from softlanding.storage.versions import PostgresqlVersions, SqliteVersions, Versions
from softlanding.storage.writers import SqliteWriter, writer_of
from softlanding.tasks import spawn

__all__ = ["Database", "Rows", "Transaction", "watched"]

log = structlog.get_logger("softlanding.storage")
Result = TypeVar("Result")
DEADLINE_SECONDS = 10.0


class Database:
    """One database, connected to at the first statement; reads have connections of their own."""

    def __init__(
        self,
        url: str,
        *,
        deadline: float = DEADLINE_SECONDS,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`now` tells when something is done, for the record."""
        self.url = url
        self._now = now
        self._acting = ITSELF
        self._once: IdempotentRequest | None = None
        self.dialect: Dialect = dialect_of(url)
        self.deadline = deadline
        self.news = News()
        """Told when events may have been written: here, or by another process of PostgreSQL."""
        self._running: set[asyncio.Task[Any]] = set()
        self._log: list[str] | None = None
        self._reader = reader_of(url)
        self._writer = writer_of(url)
        self.versions: Versions = PostgresqlVersions()
        """Whether tables are as they were."""
        if isinstance(self._reader, SqliteReader) and isinstance(self._writer, SqliteWriter):
            self.versions = SqliteVersions(self._reader.data_version, self._writer.data_version)

    def acting(self, acting: Acting) -> "Database":
        """Return the same database, where what is done is recorded as done by somebody."""
        acted = copy(self)
        acted._acting = acting
        return acted

    def once(self, request: IdempotentRequest | None) -> "Database":
        """Return the same database, where a request is done once, however often it is sent.

        The first unit of work that changes something keeps the request; the next one that is told
        the same raises `Repeated`.
        """
        kept = copy(self)
        kept._once = request
        return kept

    async def close(self) -> None:
        """Let running units of work end, then close the connections."""
        if self._running:
            await asyncio.wait(self._running, timeout=self.deadline)
        await self._reader.close()
        await self._writer.close()

    async def listen(self, beat: Callable[[], None]) -> None:
        """On PostgreSQL, learn of the events of other processes until cancelled."""
        # The driver takes long to load, and SQLite does without.
        from softlanding.storage.listening import listen

        assert isinstance(self.versions, PostgresqlVersions)  # noqa: S101 - SQLite has no channels
        await listen(self.url, self.news.tell, self.versions, beat)

    async def overwrite_deleted(self) -> bool:
        """Leave nothing of what was deleted in the files; tell whether that is certain.

        On SQLite deleted rows are overwritten at once, and this empties the write-ahead log; it is
        not certain while somebody reads for long. PostgreSQL keeps what was deleted until its own
        vacuum, and no statement of ours can promise when its bytes are gone.
        """
        with told:
            return await self._writer.overwrite_deleted()

    @property
    def rows(self) -> Rows:
        """Rows as committed."""
        return Rows(self._reader.rows, self.dialect, self._log)

    async def text(self, sql: str, parameters: Sequence[Any]) -> bytes:
        """Run a statement that prints its answer; return the bytes, `null` for no row."""
        note(sql, self._log)
        with told:
            return await self._reader.text(sql, parameters)

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """Collect the text of every statement run meanwhile; for tests and benchmarks."""
        self._log = []
        try:
            yield self._log
        finally:
            self._log = None

    async def transact(self, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
        """Run `work` in one transaction: commit when it returns, roll back when it raises.

        What it changed is recorded in the same transaction.

        The transaction runs in a task of its own, shielded from the caller's cancellation. Past
        the deadline the caller is refused, while the transaction ends by itself.
        """
        return await self._in_a_task(self._transact(work, REQUEST_ID.get()))

    async def attempt(
        self, work: Callable[[Trial], Awaitable[Result]]
    ) -> tuple[Result, list[Change]]:
        """Try something and undo it: return what `work` returns and what it would have changed."""
        return await self._in_a_task(self._attempt(work))

    async def _in_a_task(self, work: Coroutine[Any, Any, Result]) -> Result:
        task = spawn(work, name="unit of work")
        self._running.add(task)
        task.add_done_callback(self._ended)
        try:
            # Not `wait_for`, which forgets that it was cancelled where the work ends meanwhile.
            async with asyncio.timeout(self.deadline):
                return await asyncio.shield(task)
        except asyncio.CancelledError:
            task.add_done_callback(_tell_failure)
            raise
        except TimeoutError:
            task.add_done_callback(_tell_failure)
            raise Refused(
                Problem(
                    code=Code.UNAVAILABLE,
                    message="The database did not answer in time; the change may still happen.",
                    hint="Read the object again before you repeat the request.",
                )
            ) from None

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # taken, so that a caller who left causes no "never retrieved" line

    async def _transact(
        self, work: Callable[[Transaction], Awaitable[Result]], request_id: str
    ) -> Result:
        with told:
            async with self._writer.transaction() as run:
                transaction = Transaction(run, self.dialect, self._log)
                if self._once is not None:
                    await self._once.begin(transaction)
                result = await work(transaction)
                by = {**asdict(self._acting), "at": self._now(), "request_id": request_id}
                entry_id = await _record(transaction, by)
                if self._once is not None and entry_id is not None:
                    await self._once.keep(transaction, entry_id, self._now())
            self.versions.wrote(transaction.written)
            if entry_id is not None:
                self.news.tell()
            return result

    async def _attempt(
        self, work: Callable[[Trial], Awaitable[Result]]
    ) -> tuple[Result, list[Change]]:
        try:
            with told:
                async with self._writer.transaction() as run:
                    trial = Trial(run, self.dialect, self._log)
                    result = await work(trial)
                    raise _Undone
        except _Undone:
            return result, trial.changes()


class _Undone(Exception):  # noqa: N818 - it ends what was tried, and is no error
    """What was tried is to be undone."""


async def _record(transaction: Transaction, by: Row) -> UUID | None:
    """Append an entry for what a transaction changed; returns its key, None for no change."""
    changes = transaction.changes.told()
    if not changes:
        return None
    chain = transaction.changes.chain()
    number, head = await _next_of(transaction, chain)
    entry_id = new_id()
    erased = transaction.changes.erased_at
    rows = [change_row(entry_id, place, one, erased_at=erased) for place, one in enumerate(changes)]
    entry = {
        "id": entry_id,
        "chain_id": chain,
        "number": number,
        **by,
        "digest": digest_of_all([row["digest"] for row in rows]),
    }
    entry["hash"] = hash_of_entry(head, entry)
    await transaction.insert("record_entries", entry)
    await transaction.insert("record_changes", *rows)
    await transaction.update("record_chains", chain, {"head": entry["hash"]})
    # Behind the entry: of two that change one object, the later one waits for the chain.
    await transaction.insert("events", *events_of(changes, by))
    return entry_id


async def _next_of(transaction: Transaction, chain: UUID) -> tuple[int, str]:
    """Return the next number of a chain and its head; others wait until the transaction ends."""
    mark = "?" if transaction.dialect == "sqlite" else "$1"
    key = str(chain) if transaction.dialect == "sqlite" else chain
    sql = (
        f"INSERT INTO record_chains (id, length, head) VALUES ({mark}, 1, '')"  # noqa: S608 - no value in it
        " ON CONFLICT (id) DO UPDATE SET length = record_chains.length + 1 RETURNING length, head"
    )
    (row,) = await transaction.fetch(sql, [key])
    return row["length"], row["head"]


def _tell_failure(task: "asyncio.Task[Any]") -> None:
    """Log why a unit of work failed whose caller has gone."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("unit of work failed, and nobody waited for it", exc_info=error)

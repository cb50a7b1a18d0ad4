"""The database: read statements, and the unit of work, the one way to write."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import asdict
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

import orjson
import structlog

from softlanding.domain.problems import Code, Problem, Refused
from softlanding.predicates import Equals, Predicate
from softlanding.request_ids import REQUEST_ID
from softlanding.storage.engines import Dialect, dialect_of
from softlanding.storage.faults import told
from softlanding.storage.models import new_id
from softlanding.storage.readers import reader_of
from softlanding.storage.record import (
    ITSELF,
    LEFT_OUT,
    Acting,
    Changes,
    change_row,
    digest_of_all,
    hash_of_entry,
)
from softlanding.storage.scopes import Statement, bindable, select
from softlanding.storage.tables import Kind, Row, table
from softlanding.storage.writers import Run, writer_of
from softlanding.tasks import spawn

log = structlog.get_logger("softlanding.storage")
Result = TypeVar("Result")
_WATCHED: ContextVar[list[str] | None] = ContextVar("statements of this request", default=None)
DEADLINE_SECONDS = 10.0


class Rows:
    """Reading rows over one connection; each call is one statement."""

    def __init__(self, run: Run, dialect: Dialect, log: list[str] | None) -> None:
        self._run = run
        self.dialect = dialect
        self._log = log

    async def fetch(self, sql: str, parameters: Sequence[Any]) -> Sequence[Mapping[str, Any]]:
        """Run one statement and return its rows as the driver gives them."""
        _note(sql, self._log)
        with told:
            return await self._run(sql, parameters)

    async def select(
        self,
        table_name: str,
        predicate: Predicate,
        *,
        order: tuple[str, ...] = ("id",),
        limit: int | None = None,
        locking: bool = False,
    ) -> list[Row]:
        """Return decoded rows that satisfy a predicate, in a stable order."""
        sql, parameters = select(
            self.dialect, table_name, predicate, order=order, limit=limit, locking=locking
        )
        decode = table(table_name).decode
        return [decode(row) for row in await self.fetch(sql, parameters)]

    async def one(self, table_name: str, key: UUID | str) -> Row | None:
        """Return the row with this key, whoever may see it."""
        found = await self.select(table_name, Equals("id", key))
        return found[0] if found else None

    async def by_slug(self, table_name: str, slug: str) -> Row | None:
        """Return the row with this slug, whoever may see it."""
        found = await self.select(table_name, Equals("slug", slug))
        return found[0] if found else None


class Transaction(Rows):
    """Inside the unit of work: reading sees its own writes, and rows can be locked.

    What it changes in tables that are on the record is noted, to be recorded at its end.
    """

    def __init__(self, run: Run, dialect: Dialect, log: list[str] | None) -> None:
        super().__init__(run, dialect, log)
        self.changes = Changes()

    async def lock(self, table_name: str, key: UUID | str) -> Row | None:
        """Read a row and keep others from writing it until the end of the transaction.

        SQLite has one writer at a time, so there the row is only read.
        """
        found = await self.select(table_name, Equals("id", key), locking=True)
        return found[0] if found else None

    async def insert(self, table_name: str, *rows: Mapping[str, Any]) -> None:
        """Insert rows that name the same columns; raises `IntegrityError` where a key is taken."""
        if not rows:
            return
        columns = tuple(rows[0])
        kinds = [table(table_name).columns[column].kind for column in columns]
        parameters = [
            self._stored(kind, row[column])
            for row in rows
            for kind, column in zip(kinds, columns, strict=True)
        ]
        sql = _insertion(self.dialect, table(table_name).name, columns, len(rows))
        await self.fetch(sql, parameters)
        if table_name in LEFT_OUT:
            for row in rows:
                self.changes.note(table_name, row["id"], None, dict(row))

    async def update(
        self,
        table_name: str,
        key: UUID | str,
        changes: Mapping[str, Any],
        *,
        before: Row | None = None,
    ) -> None:
        """Change columns of one row; `before` spares reading it for the record."""
        if changes.keys() - LEFT_OUT.get(table_name, changes.keys()):
            before = before or await self.one(table_name, key)
            if before is not None:
                self.changes.note(table_name, before["id"], before, {**before, **changes})
        statement = Statement(self.dialect)
        pairs = ", ".join(
            f'"{column}" = {self._bind(statement, table_name, column, value)}'
            for column, value in changes.items()
        )
        where = statement.where(Equals("id", key), "r", table_name)
        sql = f'UPDATE "{table(table_name).name}" AS r SET {pairs} WHERE {where}'  # noqa: S608 - names from the tables, values are parameters
        await self.fetch(sql, statement.parameters)

    async def delete(self, table_name: str, predicate: Predicate) -> None:
        """Delete the rows that satisfy a predicate."""
        if table_name in LEFT_OUT:
            for row in await self.select(table_name, predicate):
                self.changes.note(table_name, row["id"], row, None)
        statement = Statement(self.dialect)
        where = statement.where(predicate, "r", table_name)
        sql = f'DELETE FROM "{table(table_name).name}" AS r WHERE {where}'  # noqa: S608 - names from the tables, values are parameters
        await self.fetch(sql, statement.parameters)

    def _bind(self, statement: Statement, table_name: str, column: str, value: Any) -> str:
        kind = table(table_name).columns[column].kind
        return statement.bind(self._stored(kind, value))

    def _stored(self, kind: Kind, value: Any) -> Any:
        if value is None or kind is Kind.NUMBER:
            return value
        if kind is Kind.JSON:
            value = orjson.dumps(value, default=str).decode()
        return bindable(value, self.dialect)


@lru_cache(maxsize=256)
def _insertion(dialect: Dialect, name: str, columns: tuple[str, ...], rows: int) -> str:
    mark, width = "?" if dialect == "sqlite" else "$", len(columns)
    values = (
        ", ".join(f"{mark}{row * width + place + 1}" for place in range(width))
        for row in range(rows)
    )
    names = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{name}" ({names}) VALUES ({"), (".join(values)})'  # noqa: S608 - names from the tables, values are parameters


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
        self.dialect: Dialect = dialect_of(url)
        self.deadline = deadline
        self._running: set[asyncio.Task[Any]] = set()
        self._log: list[str] | None = None
        self._reader = reader_of(url)
        self._writer = writer_of(url)

    def acting(self, acting: Acting) -> "Database":
        """Return the same database, where what is done is recorded as done by somebody."""
        acted = copy(self)
        acted._acting = acting
        return acted

    async def close(self) -> None:
        """Let running units of work end, then close the connections."""
        if self._running:
            await asyncio.wait(self._running, timeout=self.deadline)
        await self._reader.close()
        await self._writer.close()

    @property
    def rows(self) -> Rows:
        """Rows as committed."""
        return Rows(self._reader.rows, self.dialect, self._log)

    async def text(self, sql: str, parameters: Sequence[Any]) -> bytes:
        """Run a statement that prints its answer; return the bytes, `null` for no row."""
        _note(sql, self._log)
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
        task = spawn(self._transact(work, REQUEST_ID.get()), name="unit of work")
        self._running.add(task)
        task.add_done_callback(self._ended)
        try:
            return await asyncio.wait_for(asyncio.shield(task), self.deadline)
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
                result = await work(transaction)
                await _record(
                    transaction,
                    {**asdict(self._acting), "at": self._now(), "request_id": request_id},
                )
                return result


async def _record(transaction: Transaction, by: Row) -> None:
    """Append an entry for what a transaction changed, if it changed anything, and by whom."""
    changes = transaction.changes.told()
    if not changes:
        return
    chain = transaction.changes.chain()
    number, head = await _next_of(transaction, chain)
    entry_id = new_id()
    rows = [change_row(entry_id, place, one) for place, one in enumerate(changes)]
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


class watched:  # noqa: N801 - used as a function, as context managers are
    """Collects the text of every statement run by this task, and by those it starts."""

    def __enter__(self) -> list[str]:
        """Begin."""
        statements: list[str] = []
        self._token = _WATCHED.set(statements)
        return statements

    def __exit__(self, *raised: object) -> None:
        """End."""
        _WATCHED.reset(self._token)


def _note(sql: str, log: list[str] | None) -> None:
    for noted in (log, _WATCHED.get()):
        if noted is not None:
            noted.append(sql)

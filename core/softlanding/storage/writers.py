"""Writing: the connections that units of work run on, one transaction at a time on each."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any, Protocol, TypeAlias, TypeVar

from softlanding.storage.engines import (
    SQLITE_INSTRUCTIONS,
    STATEMENT_SECONDS,
    busy_milliseconds,
    dialect_of,
    sqlite_file,
)
from softlanding.storage.pools import LazyPool

Run: TypeAlias = Callable[[str, Sequence[Any]], Awaitable[Sequence[Mapping[str, Any]]]]
"""Runs one statement and returns its rows as the driver gives them."""

_Result = TypeVar("_Result")


class Writer(Protocol):
    """Begins transactions."""

    def transaction(self) -> AbstractAsyncContextManager[Run]:
        """Commit when the body comes to its end, roll back when it raises."""

    async def overwrite_deleted(self) -> bool:
        """Leave nothing of deleted rows in the files; tell whether that is certain."""

    async def close(self) -> None:
        """Close the connections."""


class SqliteWriter:
    """One connection, because SQLite has one writer.

    What waits is done in a thread: to commit, and to begin while another process is writing. In
    between the database is ours, so statements run in the thread of the loop; they name rows by
    their keys, or those of one stay or start-up.
    Transactions begin IMMEDIATE: a deferred one that reads and then writes fails at once when
    another process wrote in between.
    """

    def __init__(self, url: str) -> None:
        self._file = sqlite_file(url)
        self._busy = busy_milliseconds(url)
        self._turn = asyncio.Lock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writing")
        self._connection: sqlite3.Connection | None = None
        self._ends = 0.0

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Run]:
        """Run a transaction when it is its turn."""
        async with self._turn:
            try:
                connection = await self._connected()
                self._give_time()
                if not _begins(connection):
                    await self._in_thread(self._begin_in_turn)
                yield self._runner(connection)
                _require_open(connection)
                self._give_time()
                await self._in_thread(connection.commit)
            except BaseException:
                self._roll_back()
                raise

    def data_version(self) -> int | None:
        """Return a number that changes when another connection has written; None while at work."""
        if self._turn.locked():
            return None
        if self._connection is None:
            return 0
        found: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return found

    async def overwrite_deleted(self) -> bool:
        """Bring the write-ahead log into the database, and cut it to nothing."""
        async with self._turn:
            await self._connected()
            return await self._in_thread(self._empty_log)

    async def close(self) -> None:
        """Close the connection."""
        async with self._turn:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
        self._thread.shutdown()

    async def _in_thread(self, function: Callable[[], _Result]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, function)

    async def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = await self._in_thread(self._connect)
        return self._connection

    def _empty_log(self) -> bool:
        assert self._connection is not None  # noqa: S101 - connected before
        self._give_time()
        self._connection.execute(f"PRAGMA busy_timeout = {self._busy}")
        try:
            busy, _, _ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            self._connection.execute("PRAGMA busy_timeout = 0")
        return not busy

    def _begin_in_turn(self) -> None:
        assert self._connection is not None  # noqa: S101 - connected before
        self._connection.execute(f"PRAGMA busy_timeout = {self._busy}")
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        finally:
            self._connection.execute("PRAGMA busy_timeout = 0")

    def _roll_back(self) -> None:
        # In the thread of the loop: whoever is cancelled twice must not leave before it is done.
        # What was committing meanwhile has committed, and there is nothing to roll back.
        self._give_time()
        if self._connection is not None and self._connection.in_transaction:
            with suppress(sqlite3.OperationalError):
                self._connection.rollback()

    def _give_time(self) -> None:
        self._ends = time.monotonic() + STATEMENT_SECONDS

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"file:{self._file}?mode=rw",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=512,
        )
        connection.row_factory = sqlite3.Row
        for setting in (
            f"busy_timeout = {self._busy}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            # What is deleted is overwritten: who is erased is gone from the file, too.
            "secure_delete = ON",
            "cache_size = -16000",
        ):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("PRAGMA busy_timeout = 0")
        connection.set_progress_handler(lambda: time.monotonic() > self._ends, SQLITE_INSTRUCTIONS)
        return connection

    def _runner(self, connection: sqlite3.Connection) -> Run:
        async def run(sql: str, parameters: Sequence[Any]) -> Sequence[Mapping[str, Any]]:
            _require_open(connection)
            self._give_time()
            return connection.execute(sql, parameters).fetchall()

        return run


def _require_open(connection: sqlite3.Connection) -> None:
    """Refuse to go on where the database has rolled back by itself, after a fault."""
    if not connection.in_transaction:
        raise sqlite3.OperationalError("interrupted: the transaction was rolled back")


def _begins(connection: sqlite3.Connection) -> bool:
    """Begin a transaction, unless another process is writing."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


class PostgresqlWriter:
    """A pool of connections."""

    def __init__(self, url: str) -> None:
        self._pool = LazyPool(url, read_only=False)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Run]:
        """Run a transaction on a connection of its own."""
        async with await self._pool.connection() as connection, connection.transaction():

            async def run(sql: str, parameters: Sequence[Any]) -> Sequence[Mapping[str, Any]]:
                rows: Sequence[Mapping[str, Any]] = await connection.fetch(sql, *parameters)
                return rows

            yield run

    async def overwrite_deleted(self) -> bool:
        """Do nothing: the server overwrites deleted rows in its own time."""
        return False

    async def close(self) -> None:
        """Close the pool."""
        await self._pool.close()


def writer_of(url: str) -> Writer:
    """Return the writer of a database; it connects at the first transaction."""
    return SqliteWriter(url) if dialect_of(url) == "sqlite" else PostgresqlWriter(url)

"""Reading: connections of their own, that only read.

The short way past the library's clients: SQLite in the thread of the loop, because a hop to
another thread costs more than most statements; PostgreSQL without a statement that resets the
connection each time it is given back, because these connections only read.
"""

import asyncio
import sqlite3
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from softlanding.storage.engines import (
    SQLITE_INSTRUCTIONS,
    STATEMENT_SECONDS,
    dialect_of,
    sqlite_file,
)
from softlanding.storage.pools import LazyPool

# How long the loop may stand still; a statement that takes longer begins again elsewhere.
_LOOP_SECONDS = 0.05
_SLOW_STATEMENTS = 256
# How long another process may lock the whole file.
_BUSY_SECONDS = 1.0


class Reader(Protocol):
    """Runs statements that only read."""

    async def text(self, sql: str, parameters: Sequence[Any]) -> bytes:
        """Return the one column of the one row as UTF-8 text, or `null` when there is no row."""

    async def rows(self, sql: str, parameters: Sequence[Any]) -> Sequence[Mapping[str, Any]]:
        """Return rows as the driver gives them."""

    async def close(self) -> None:
        """Close the connections."""


class _Connection:
    """A SQLite connection, made at its first statement, that gives a statement up in time."""

    def __init__(self, file: Path, *, as_bytes: bool, busy_seconds: float = 0) -> None:
        self._file = file
        self._as_bytes = as_bytes
        self._busy_seconds = busy_seconds
        self._ends = 0.0
        self._connection: sqlite3.Connection | None = None

    def fetch(self, sql: str, parameters: Sequence[Any], seconds: float) -> list[Any]:
        """Return all rows."""
        if self._connection is None:
            connection = connect(self._file, busy_seconds=self._busy_seconds)
            if self._as_bytes:
                connection.text_factory = bytes
            else:
                connection.row_factory = sqlite3.Row
            connection.set_progress_handler(self._is_late, SQLITE_INSTRUCTIONS)
            self._connection = connection
        self._ends = time.monotonic() + seconds
        return self._connection.execute(sql, parameters).fetchall()

    def close(self) -> None:
        """Close it, if it is open."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _is_late(self) -> bool:
        return time.monotonic() > self._ends


class _SqliteLane:
    """Two connections: one for the thread of the loop, one for slow statements in another."""

    def __init__(self, file: Path, *, as_bytes: bool) -> None:
        self._quick = _Connection(file, as_bytes=as_bytes)
        self._slow = _Connection(file, as_bytes=as_bytes, busy_seconds=_BUSY_SECONDS)
        # One thread: slow statements wait for each other, even after their callers have left.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="slow statements")
        self._known_slow: dict[str, None] = {}

    async def fetch(self, sql: str, parameters: Sequence[Any]) -> list[Any]:
        """Return all rows."""
        if sql not in self._known_slow:
            try:
                return self._quick.fetch(sql, parameters, _LOOP_SECONDS)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                    self._remember(sql)
                elif error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
        began = time.monotonic()
        found = await asyncio.get_running_loop().run_in_executor(
            self._thread, self._slow.fetch, sql, parameters, STATEMENT_SECONDS
        )
        if time.monotonic() - began < _LOOP_SECONDS / 2:
            # It was slow for other values, or with a cold cache.
            self._known_slow.pop(sql, None)
        return found

    def quickly(self, sql: str) -> list[Any]:
        """Return all rows of a statement that takes no time."""
        return self._quick.fetch(sql, (), _LOOP_SECONDS)

    def _remember(self, sql: str) -> None:
        if len(self._known_slow) >= _SLOW_STATEMENTS:
            del self._known_slow[next(iter(self._known_slow))]
        self._known_slow[sql] = None

    async def close(self) -> None:
        """Close both connections, when the slow one has come to an end."""
        self._quick.close()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._slow.close)
        self._thread.shutdown()


class SqliteReader:
    """Statements in the thread of the loop, as long as they do not keep it."""

    def __init__(self, url: str) -> None:
        file = sqlite_file(url)
        self._texts = _SqliteLane(file, as_bytes=True)
        self._rows = _SqliteLane(file, as_bytes=False)

    async def text(self, sql: str, parameters: Sequence[Any]) -> bytes:
        """Return the text."""
        found = await self._texts.fetch(sql, parameters)
        return found[0][0] if found else b"null"

    async def rows(self, sql: str, parameters: Sequence[Any]) -> Sequence[Mapping[str, Any]]:
        """Return the rows."""
        return await self._rows.fetch(sql, parameters)

    def data_version(self) -> int:
        """Return a number that changes when somebody, in this process or another, has written."""
        (row,) = self._rows.quickly("PRAGMA data_version")
        found: int = row[0]
        return found

    async def close(self) -> None:
        """Close all connections."""
        await self._texts.close()
        await self._rows.close()


def connect(file: Path, *, busy_seconds: float = _BUSY_SECONDS) -> sqlite3.Connection:
    """Open a file for reading alone, with the functions that statements call."""
    connection = sqlite3.connect(
        f"file:{file}?mode=ro",
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
    )
    for setting in ("query_only = ON", "cache_size = -16000"):
        connection.execute(f"PRAGMA {setting}")
    connection.create_function("global_id", 2, _global_id, deterministic=True)
    connection.create_function("base64url", 1, _base64url, deterministic=True)
    return connection


@lru_cache(maxsize=16_384)
def _global_id(type_name: str, key: str) -> str:
    return b64encode(f"{type_name}:{key}".encode()).decode()


def _base64url(text: str | None) -> str | None:
    return None if text is None else urlsafe_b64encode(text.encode()).decode()


class PostgresqlReader:
    """A pool of connections that only read."""

    def __init__(self, url: str) -> None:
        self._pool = LazyPool(url, read_only=True)

    async def text(self, sql: str, parameters: Sequence[Any]) -> bytes:
        """Return the text."""
        async with await self._pool.connection() as connection:
            found = await connection.fetchval(sql, *parameters)
        return b"null" if found is None else found

    async def rows(self, sql: str, parameters: Sequence[Any]) -> Sequence[Mapping[str, Any]]:
        """Return the rows."""
        async with await self._pool.connection() as connection:
            found: Sequence[Mapping[str, Any]] = await connection.fetch(sql, *parameters)
        return found

    async def close(self) -> None:
        """Close the pool."""
        await self._pool.close()


def reader_of(url: str) -> Reader:
    """Return the reader of a database; it connects at the first statement."""
    return SqliteReader(url) if dialect_of(url) == "sqlite" else PostgresqlReader(url)

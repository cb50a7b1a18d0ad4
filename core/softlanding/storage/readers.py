"""Reading bytes: connections of their own for statements that print their answer themselves.

The short way past the library's clients: SQLite in the thread of the loop, because a hop to
another thread costs more than most statements; PostgreSQL without a statement that resets the
connection each time it is given back, because these connections only read.
"""

import asyncio
import sqlite3
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any, Protocol

import asyncpg

from softlanding.storage.engines import dialect_of, read_pool_arguments, sqlite_file

_STATEMENT_SECONDS = 8.0
# Instructions of SQLite's machine between two looks at the clock: about a millisecond.
_INSTRUCTIONS = 50_000
_POOL_SIZE = 10
_ACQUIRE_SECONDS = 1.0


class Reader(Protocol):
    """Runs statements that answer at most one row of one column: UTF-8 text."""

    async def text(self, sql: str, parameters: Sequence[Any], *, long: bool = False) -> bytes:
        """Return the text, or `null` when there is no row; `long` gives the loop its turn."""

    async def close(self) -> None:
        """Close the connections."""


class SqliteReader:
    """Two connections: one for the thread of the loop, one for long statements in another."""

    def __init__(self, url: str) -> None:
        self._file = sqlite_file(url)
        self._short: sqlite3.Connection | None = None
        self._long: sqlite3.Connection | None = None
        self._turn = asyncio.Lock()

    async def text(self, sql: str, parameters: Sequence[Any], *, long: bool = False) -> bytes:
        """Return the text."""
        if not long:
            if self._short is None:
                self._short = self._connect()
            return _only(self._short, sql, parameters)
        async with self._turn:
            if self._long is None:
                self._long = self._connect()
            return await asyncio.to_thread(_in_time, self._long, sql, parameters)

    async def close(self) -> None:
        """Close both connections."""
        for connection in (self._short, self._long):
            if connection is not None:
                connection.close()
        self._short = self._long = None

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"file:{self._file}?mode=ro",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=512,
        )
        connection.text_factory = bytes
        for setting in ("query_only = ON", "cache_size = -16000", "busy_timeout = 1000"):
            connection.execute(f"PRAGMA {setting}")
        connection.create_function("global_id", 2, _global_id, deterministic=True)
        connection.create_function("base64url", 1, _base64url, deterministic=True)
        return connection


def _only(connection: sqlite3.Connection, sql: str, parameters: Sequence[Any]) -> bytes:
    row = connection.execute(sql, parameters).fetchone()
    return row[0] if row else b"null"


def _in_time(connection: sqlite3.Connection, sql: str, parameters: Sequence[Any]) -> bytes:
    ends = time.monotonic() + _STATEMENT_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > ends, _INSTRUCTIONS)
    try:
        return _only(connection, sql, parameters)
    finally:
        connection.set_progress_handler(None, 0)


def _global_id(type_name: str, key: str) -> str:
    return b64encode(f"{type_name}:{key}".encode()).decode()


def _base64url(text: str | None) -> str | None:
    return None if text is None else urlsafe_b64encode(text.encode()).decode()


class PostgresqlReader:
    """A pool of connections that only read."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._pool: Any = None
        self._opening = asyncio.Lock()

    async def text(self, sql: str, parameters: Sequence[Any], *, long: bool = False) -> bytes:
        """Return the text."""
        if self._pool is None:
            await self._open()
        async with self._pool.acquire(timeout=_ACQUIRE_SECONDS) as connection:
            found = await connection.fetchval(sql, *parameters)
        return b"null" if found is None else found

    async def close(self) -> None:
        """Close the pool."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    async def _open(self) -> None:
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    **read_pool_arguments(self._url),
                    min_size=1,
                    max_size=_POOL_SIZE,
                    reset=_leave_as_it_is,
                    statement_cache_size=512,
                )


async def _leave_as_it_is(connection: object) -> None:
    """Give a connection back; no statement here changes its state."""


def reader_of(url: str) -> Reader:
    """Return the reader of a database; it connects at the first statement."""
    return SqliteReader(url) if dialect_of(url) == "sqlite" else PostgresqlReader(url)

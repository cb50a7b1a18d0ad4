"""What hand-written code does with each database directly: no pool resets, no thread hops."""

import sqlite3
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol, TypeAlias

import asyncpg
from tests.benchmarks.dialects import Statement

from softlanding.storage.engines import Dialect, dialect_of, sqlite_file

Values: TypeAlias = Mapping[str, Any]
Rows: TypeAlias = Sequence[Any]
"""Rows of a driver; their columns are read by name."""

# The product's own settings: the same cache, and each commit on the disk.
_SETTINGS = (
    "cache_size = -16000",
    "synchronous = FULL",
    "foreign_keys = ON",
    "busy_timeout = 5000",
)


class Session(Protocol):
    """A connection, or a transaction on one."""

    async def rows(self, statement: Statement, values: Values) -> Rows:
        """Return rows."""

    async def insert(self, table: str, rows: Sequence[Values]) -> None:
        """Insert rows of the same columns."""


class Engine(Protocol):
    """A database."""

    async def rows(self, statement: Statement, values: Values) -> Rows:
        """Return rows."""

    async def json(self, statement: Statement, values: Values) -> list[bytes | None]:
        """Return the one column of a statement as the database wrote it."""

    def transaction(self) -> AbstractAsyncContextManager[Session]:
        """Return a session that commits at its end."""


class _SqliteSession:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def rows(self, statement: Statement, values: Values) -> Rows:
        return self._connection.execute(statement.sqlite, _encoded(values)).fetchall()

    async def insert(self, table: str, rows: Sequence[Values]) -> None:
        text = _insertion("sqlite", table, tuple(rows[0]), 1)
        self._connection.executemany(text, [tuple(_encoded(row).values()) for row in rows])


class _Sqlite(_SqliteSession):
    """Connections used in the thread of the loop, because the statements are short."""

    def __init__(self, url: str) -> None:
        super().__init__(_connect(url))
        self._bytes, self._writer = _connect(url), _connect(url)
        self._bytes.text_factory = bytes

    async def json(self, statement: Statement, values: Values) -> list[bytes | None]:
        return [row[0] for row in self._bytes.execute(statement.sqlite, _encoded(values))]

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        # Nothing in between gives the loop a turn, so transactions follow each other.
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            yield _SqliteSession(self._writer)
        except BaseException:
            self._writer.execute("ROLLBACK")
            raise
        self._writer.execute("COMMIT")

    async def close(self) -> None:
        for connection in (self._connection, self._bytes, self._writer):
            connection.close()


class _PostgreSQL:
    """A pool or one of its connections."""

    def __init__(self, source: Any) -> None:
        self._source = source

    async def rows(self, statement: Statement, values: Values) -> Rows:
        given = [values[name] for name in statement.names]
        found: Rows = await self._source.fetch(statement.postgresql, *given)
        return found

    async def json(self, statement: Statement, values: Values) -> list[bytes | None]:
        return [row[0] for row in await self.rows(statement, values)]

    async def insert(self, table: str, rows: Sequence[Values]) -> None:
        text = _insertion("postgresql", table, tuple(rows[0]), len(rows))
        await self._source.execute(text, *(value for row in rows for value in row.values()))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        async with self._source.acquire() as connection, connection.transaction():
            yield _PostgreSQL(connection)

    async def close(self) -> None:
        await self._source.close()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Engine]:
    """Open a database the way hand-written code would."""
    engine = _Sqlite(url) if dialect_of(url) == "sqlite" else _PostgreSQL(await _pool(url))
    try:
        yield engine
    finally:
        await engine.close()


async def _pool(url: str) -> Any:
    async def raw_json(connection: Any) -> None:
        await connection.set_type_codec(
            "json", schema="pg_catalog", encoder=bytes, decoder=bytes, format="binary"
        )

    async def unchanged(connection: Any) -> None:
        """Give a connection back as it is: no statement here changes its state."""

    return await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=10,
        reset=unchanged,
        init=raw_json,
        # The statements are few and known to be well planned for any values.
        server_settings={"plan_cache_mode": "force_generic_plan"},
    )


def _connect(url: str) -> sqlite3.Connection:
    connection = sqlite3.connect(sqlite_file(url), isolation_level=None)
    connection.row_factory = sqlite3.Row
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    connection.create_function("global_id", 2, _global_id, deterministic=True)
    return connection


def _global_id(kind: str, key: str) -> str:
    return b64encode(f"{kind}:{key}".encode()).decode()


def _encoded(values: Values) -> dict[str, Any]:
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else value


@cache
def _insertion(dialect: Dialect, table: str, columns: tuple[str, ...], rows: int) -> str:
    names, width = ", ".join(f'"{column}"' for column in columns), len(columns)
    marks = [
        ", ".join("?" if dialect == "sqlite" else f"${row * width + n + 1}" for n in range(width))
        for row in range(rows)
    ]
    return f'INSERT INTO "{table}" ({names}) VALUES ({"), (".join(marks)})'  # noqa: S608 - names from the code

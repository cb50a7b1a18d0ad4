"""Rows into an empty database as fast as it takes them: past the product, a stream of chunks.

SQLite writes without waiting for the disk, PostgreSQL is given the rows by COPY; neither checks
foreign keys meanwhile. Rows are dictionaries by column: a column that is left out is null.
"""

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from functools import cache
from itertools import islice
from typing import Any, Protocol, TypeVar

import asyncpg
import orjson

from softlanding.storage.engines import Dialect, dialect_of, sqlite_file
from softlanding.storage.tables import Kind, Row, table

_CHUNK = 20_000
_Made = TypeVar("_Made")
_Encoder = Callable[[Any], Any]


class Copy(Protocol):
    """A database that is being filled."""

    async def insert(self, name: str, rows: Iterable[Row]) -> None:
        """Append rows of the same columns to a table."""


@asynccontextmanager
async def copying(url: str) -> AsyncIterator[Copy]:
    """Open a database for filling; statistics are gathered at the end."""
    if dialect_of(url) == "sqlite":
        with closing(sqlite3.connect(sqlite_file(url), isolation_level=None)) as connection:
            for setting in ("synchronous = OFF", "cache_size = -64000", "foreign_keys = OFF"):
                connection.execute(f"PRAGMA {setting}")
            yield _Sqlite(connection)
            # A long write-ahead log slows reads down. No ANALYZE: it does not run by itself
            # here, as it does on PostgreSQL.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    postgresql = await asyncpg.connect(url)
    try:
        await postgresql.execute("SET session_replication_role = replica")
        await postgresql.execute("SET synchronous_commit = off")
        yield _PostgreSQL(postgresql)
        await postgresql.execute("VACUUM ANALYZE")
    finally:
        await postgresql.close()


def chunks(made: Iterable[_Made]) -> Iterator[list[_Made]]:
    """Yield what is made, so many at a time that they fit into memory."""
    source = iter(made)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk


class _Sqlite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def insert(self, name: str, rows: Iterable[Row]) -> None:
        for chunk in chunks(rows):
            columns = tuple(chunk[0])
            names, marks = ", ".join(f'"{one}"' for one in columns), ", ".join("?" * len(columns))
            text = f'INSERT INTO "{name}" ({names}) VALUES ({marks})'  # noqa: S608 - names of models
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(text, _encoded(name, columns, chunk, "sqlite"))
            self._connection.execute("COMMIT")


class _PostgreSQL:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def insert(self, name: str, rows: Iterable[Row]) -> None:
        for chunk in chunks(rows):
            columns = tuple(chunk[0])
            records = _encoded(name, columns, chunk, "postgresql")
            await self._connection.copy_records_to_table(name, records=records, columns=columns)


def _encoded(
    name: str, columns: tuple[str, ...], rows: Sequence[Row], dialect: Dialect
) -> Iterator[tuple[Any, ...]]:
    encoders = _encoders(name, columns, dialect)
    for row in rows:
        values = list(row.values())
        for place, encode in encoders:
            if values[place] is not None:
                values[place] = encode(values[place])
        yield tuple(values)


@cache
def _encoders(
    name: str, columns: tuple[str, ...], dialect: Dialect
) -> Sequence[tuple[int, _Encoder]]:
    """Return the places of the columns whose values a driver does not take as they are."""
    by_kind: dict[Kind, _Encoder] = {Kind.JSON: lambda value: orjson.dumps(value).decode()}
    if dialect == "sqlite":
        by_kind |= {
            Kind.KEY: str,
            Kind.DAY: lambda day: day.isoformat(),
            Kind.MOMENT: lambda moment: moment.isoformat(" "),
            Kind.BOOLEAN: int,
        }
    kinds = [table(name).columns[column].kind for column in columns]
    return [(place, by_kind[kind]) for place, kind in enumerate(kinds) if kind in by_kind]

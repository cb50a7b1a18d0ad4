"""Reading and writing rows over one connection."""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson

from softlanding.predicates import Equals, Predicate
from softlanding.storage.engines import Dialect
from softlanding.storage.faults import told
from softlanding.storage.record import LEFT_OUT, Changes
from softlanding.storage.scopes import Statement, bindable, select
from softlanding.storage.tables import Kind, Row, table
from softlanding.storage.versions import table_written
from softlanding.storage.writers import Run

_WATCHED: ContextVar[list[str] | None] = ContextVar("statements of this request", default=None)


class Rows:
    """Reading rows over one connection; each call is one statement."""

    def __init__(self, run: Run, dialect: Dialect, log: list[str] | None) -> None:
        self._run = run
        self.dialect = dialect
        self._log = log

    async def fetch(self, sql: str, parameters: Sequence[Any]) -> Sequence[Mapping[str, Any]]:
        """Run one statement and return its rows as the driver gives them."""
        note(sql, self._log)
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
        self.written: set[str] = set()
        """The tables that were written."""

    async def fetch(self, sql: str, parameters: Sequence[Any]) -> Sequence[Mapping[str, Any]]:
        """Run one statement and return its rows as the driver gives them."""
        if (name := table_written(sql)) is not None:
            self.written.add(name)
        return await super().fetch(sql, parameters)

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
            before = (
                self.changes.after(table_name, key) or before or await self.one(table_name, key)
            )
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


def note(sql: str, log: list[str] | None) -> None:
    """Add the text of a statement to what collects them."""
    for noted in (log, _WATCHED.get()):
        if noted is not None:
            noted.append(sql)

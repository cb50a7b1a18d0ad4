"""All rows of a database in memory, and the conditions of the table of access over them.

It is the other half of a comparison with the product: conditions are evaluated here in plain
Python, never by the code that writes them into statements.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from softlanding.predicates import (
    EVERYTHING,
    AllOf,
    AnyOf,
    Compare,
    Equals,
    Has,
    IsNull,
    IsSet,
    Not,
    OneOf,
    Predicate,
    Through,
)
from softlanding.storage import tables
from softlanding.storage.database import Database, Transaction
from softlanding.storage.record import Changes
from softlanding.storage.tables import Row

Key = UUID | str
Tables = dict[str, dict[Key, Row]]

TABLES: tuple[str, ...] = tuple(
    name
    for name in tables._models()  # noqa: SLF001 - nothing else lists them
    # What was done stays on the record, undone or not, requests stay done, and events told.
    if not name.startswith("record_") and name not in {"idempotency_keys", "events", "deliveries"}
)
"""All tables; a table comes after those whose rows it names."""


def longest(name: str, column: str) -> int | None:
    """Return how long a text in a column may be; None where it may be of any length."""
    found = tables._models()[name]._meta.fields_map[column]  # noqa: SLF001 - nothing else tells
    return getattr(found, "max_length", None)


TOUCHED_BY_READING = {"tokens": {"last_used_at"}, "sessions": {"last_seen_at"}}
"""Columns that tell when a secret was used last; here they tell when it was made."""


class World:
    """The rows of all tables, by key."""

    def __init__(self, rows: Tables) -> None:
        self.rows = rows

    @classmethod
    async def of(cls, database: Database) -> "World":
        rows: Tables = {}
        for name in TABLES:
            found = await database.rows.select(name, EVERYTHING)
            rows[name] = {row["id"]: _untouched(name, row) for row in found}
        return cls(rows)

    def all(self, table: str) -> list[Row]:
        return list(self.rows[table].values())

    def one(self, table: str, **columns: Any) -> Row:
        """Return the one row with these values."""
        (found,) = [
            row
            for row in self.all(table)
            if all(row[name] == value for name, value in columns.items())
        ]
        return found

    def holds(self, predicate: Predicate, row: Mapping[str, Any]) -> bool:
        """Tell whether a condition of the table of access holds for a row."""
        match predicate:
            case Equals(column, value):
                return bool(row[column] == value)
            case OneOf(column, tuple() as values):
                return row[column] in values
            case IsSet(column):
                return row[column] is not None
            case IsNull(column, bool() as value):
                return (row[column] is None) is value
            case Compare(column, "<>", value):
                return row[column] is not None and row[column] != value
            case Through(column, table, inner):
                named = self.rows[table].get(row[column])
                return named is not None and self.holds(inner, named)
            case Has(table, column, inner):
                return any(
                    other[column] == row["id"] and self.holds(inner, other)
                    for other in self.all(table)
                )
            case Not(inner):
                return not self.holds(inner, row)
            case AllOf(parts):
                return all(self.holds(part, row) for part in parts)
            case AnyOf(parts):
                return any(self.holds(part, row) for part in parts)
            case _:
                raise NotImplementedError(f"Say in {__file__} when {predicate} holds for a row.")

    def changes_to(self, other: "World") -> list[str]:
        """Tell what another state of the same database has otherwise: table, key, columns."""
        told = []
        for name in TABLES:
            here, there = self.rows[name], other.rows[name]
            for key in here.keys() | there.keys():
                if here.get(key) != there.get(key):
                    columns = [
                        column
                        for column in here.get(key) or there[key]
                        if here.get(key, {}).get(column) != there.get(key, {}).get(column)
                    ]
                    told.append(f"{name} {key}: {', '.join(columns)}")
        return told

    async def restore(self, database: Database, now: "World") -> None:
        """Write the database, which is as it is `now`, back to what it was."""

        async def work(transaction: Transaction) -> None:
            for name in reversed(TABLES):
                for key in now.rows[name].keys() - self.rows[name].keys():
                    await transaction.delete(name, Equals("id", key))
            for name in TABLES:
                here, there = self.rows[name], now.rows[name]
                for key in here.keys() - there.keys():
                    await transaction.insert(name, here[key])
                for key in here.keys() & there.keys():
                    changed = {
                        column: value
                        for column, value in here[key].items()
                        if there[key][column] != value
                    }
                    if changed:
                        await transaction.update(name, key, changed)
            # Revisions tell what people did, not this.
            transaction.changes = Changes()

        if self.rows != now.rows:
            await database.transact(work)


def _untouched(name: str, row: Row) -> Row:
    """Return a row as it was before anybody used it."""
    for column in TOUCHED_BY_READING.get(name, ()):
        row[column] = row["created_at"]
    return row

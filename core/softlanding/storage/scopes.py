"""From predicates to SQL: names from the tables only, values as parameters only."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, assert_never
from uuid import UUID

import orjson

from softlanding.access import (
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    Equals,
    Has,
    IsSet,
    OneOf,
    Predicate,
    Through,
)
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.slots import Slot, spread_of
from softlanding.storage.engines import Dialect
from softlanding.storage.tables import Kind, encode, table


class Statement:
    """A statement being written: it collects parameters and hands out aliases."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect: Dialect = dialect
        self.parameters: list[Any] = []
        self._aliases = 0
        self._slots: dict[tuple[Slot, str], str] = {}

    def bind(self, value: Any) -> str:
        """Add a parameter and return its placeholder; refuses a text that no row can hold.

        A slot is added once, however often it is named.
        """
        if isinstance(value, Slot):
            return self._bind_slot(value, "value")
        for text in value if isinstance(value, list) else (value,):
            if isinstance(text, str) and "\0" in text:
                raise Refused(
                    Problem(
                        code=Code.INVALID,
                        message="A text carries the character NUL, U+0000.",
                        hint="Leave it out.",
                    )
                )
        return self._placeholder(encode(value, self.dialect))

    def _bind_slot(self, slot: Slot, kind: str) -> str:
        if (slot, kind) not in self._slots:
            change: Callable[[Any], Any] = partial(encode, dialect=self.dialect)
            if kind == "list":
                change = _listed if self.dialect == "sqlite" else list
            self._slots[slot, kind] = self._placeholder(slot.then(change))
        return self._slots[slot, kind]

    def _placeholder(self, parameter: Any) -> str:
        self.parameters.append(parameter)
        return f"{'?' if self.dialect == 'sqlite' else '$'}{len(self.parameters)}"

    def alias(self) -> str:
        """Return a new alias for a table."""
        self._aliases += 1
        return f"t{self._aliases}"

    def column(self, alias: str, table_name: str, name: str) -> str:
        """Return a quoted column; raises `KeyError` when the table has no such column."""
        if name not in table(table_name).columns:
            raise KeyError(f"{table_name}.{name}")
        return f'{alias}."{name}"'

    def one_of(self, column: str, values: Iterable[Any], *, kind: str = "") -> str:
        """Return `column IN (values)` whose text does not depend on how many there are.

        `kind` is the type of the values in PostgreSQL; it must be named for those of a slot.
        """
        slot = spread_of(values)
        if slot is not None and self.dialect == "postgresql":
            return f"{column} = ANY({self._bind_slot(slot, 'list')}::{kind}[])"
        listed = [] if slot is not None else list(values)
        if self.dialect == "sqlite":
            if slot is not None:
                placeholder = self._bind_slot(slot, "list")
            else:
                placeholder = self.bind(_listed(listed))
            return f"{column} IN (SELECT value FROM json_each({placeholder}))"  # noqa: S608 - a column of the tables and a placeholder
        kind = "uuid" if listed and isinstance(listed[0], UUID) else "text"
        return f"{column} = ANY({self.bind(listed)}::{kind}[])"

    def where(self, predicate: Predicate, alias: str, table_name: str) -> str:
        """Return the condition for a predicate over `alias`, a row of `table_name`."""
        match predicate:
            case Equals(column, value):
                return f"{self.column(alias, table_name, column)} = {self.bind(value)}"
            case IsSet(column):
                return f"{self.column(alias, table_name, column)} IS NOT NULL"
            case AtLeast(column, value):
                return f"{self.column(alias, table_name, column)} >= {self.bind(value)}"
            case AtMost(column, value):
                return f"{self.column(alias, table_name, column)} <= {self.bind(value)}"
            case OneOf(column, values):
                name = self.column(alias, table_name, column)
                kind = "uuid" if table(table_name).columns[column].kind is Kind.KEY else "text"
                return self.one_of(name, values, kind=kind) if values else "1 = 0"
            case Through(column, other, inner):
                key, target = self.column(alias, table_name, column), self.alias()
                return self._exists(other, target, f'{target}."id" = {key}', inner)
            case Has(other, column, inner):
                target = self.alias()
                key = self.column(target, other, column)
                return self._exists(other, target, f'{key} = {alias}."id"', inner)
            case AllOf(predicates):
                parts = [self.where(inner, alias, table_name) for inner in predicates]
                return f"({' AND '.join(parts)})" if parts else "1 = 1"
            case AnyOf(predicates):
                parts = [self.where(inner, alias, table_name) for inner in predicates]
                return f"({' OR '.join(parts)})" if parts else "1 = 0"
            case _ as never:
                assert_never(never)

    def _exists(self, other: str, alias: str, joined: str, inner: Predicate) -> str:
        condition = self.where(inner, alias, other)
        return (
            f'EXISTS (SELECT 1 FROM "{table(other).name}" {alias} WHERE {joined} AND {condition})'  # noqa: S608 - names come from the tables
        )


def _listed(values: Iterable[Any]) -> str:
    return orjson.dumps([encode(value, "sqlite") for value in values]).decode()


def select(
    dialect: Dialect,
    table_name: str,
    predicate: Predicate,
    *,
    order: tuple[str, ...] = ("id",),
    limit: int | None = None,
) -> tuple[str, list[Any]]:
    """Return a statement that reads whole rows of one table, and its parameters."""
    statement = Statement(dialect)
    columns = ", ".join(f'r."{column}"' for column in table(table_name).columns)
    condition = statement.where(predicate, "r", table_name)
    by = ", ".join(statement.column("r", table_name, column) for column in order)
    end = "" if limit is None else f" LIMIT {int(limit)}"
    text = f'SELECT {columns} FROM "{table_name}" r WHERE {condition} ORDER BY {by}{end}'  # noqa: S608 - names from the tables only, values are parameters
    return text, statement.parameters

"""From predicates to SQL: names from the tables only, values as parameters only."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, assert_never

import orjson

from softlanding.domain.problems import Code, Problem, Refused
from softlanding.predicates import (
    AllOf,
    AnyOf,
    Compare,
    Contains,
    Equals,
    Has,
    IsNull,
    IsSet,
    Not,
    OneOf,
    Predicate,
    StartsWith,
    Through,
    Unbound,
)
from softlanding.storage.engines import Dialect
from softlanding.storage.tables import encode, table


def bindable(value: Any, dialect: Dialect) -> Any:
    """Return a value as the driver wants it; refuses a text that no row can hold."""
    if isinstance(value, str) and "\0" in value:
        raise Refused(
            Problem(
                code=Code.INVALID,
                message="A text carries the character NUL, U+0000.",
                hint="Leave it out.",
            )
        )
    return encode(value, dialect)


def _listed(values: Iterable[Any], dialect: Dialect) -> Any:
    encoded = [bindable(value, dialect) for value in values]
    return orjson.dumps(encoded).decode() if dialect == "sqlite" else encoded


@lru_cache(maxsize=1024)
def _listed_keys(values: frozenset[Any], dialect: Dialect) -> Any:
    return _listed(sorted(values), dialect)


# So many values are compared one by one, which is faster than with a list.
_FEW = 4


class Statement:
    """A statement being written: it collects parameters and hands out aliases."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect: Dialect = dialect
        self.parameters: list[Any] = []
        self._aliases = 0
        self._unbound: dict[tuple[Unbound, str], str] = {}

    def bind(self, value: Any) -> str:
        """Add a parameter and return its placeholder; refuses a text that no row can hold.

        What is not bound yet is added once, however often it is named.
        """
        return self._placed(value, self._encoded)

    def _placed(self, value: Any, change: Callable[[Any], Any]) -> str:
        if not isinstance(value, Unbound):
            return self._placeholder(change(value))
        key = value, change.__name__
        if key not in self._unbound:
            # It is changed, and refused, when it is bound.
            self._unbound[key] = self._placeholder(value.then(change))
        return self._unbound[key]

    def _placeholder(self, parameter: Any) -> str:
        self.parameters.append(parameter)
        return f"{'?' if self.dialect == 'sqlite' else '$'}{len(self.parameters)}"

    def _encoded(self, value: Any) -> Any:
        return bindable(value, self.dialect)

    def _listed(self, values: Iterable[Any]) -> Any:
        # What an actor is a member of stands in most statements.
        if isinstance(values, frozenset):
            return _listed_keys(values, self.dialect)
        return _listed(values, self.dialect)

    def alias(self) -> str:
        """Return a new alias for a table."""
        self._aliases += 1
        return f"t{self._aliases}"

    def column(self, alias: str, table_name: str, name: str) -> str:
        """Return a quoted column; raises `KeyError` when the table has no such column."""
        if name not in table(table_name).columns:
            raise KeyError(f"{table_name}.{name}")
        return f'{alias}."{name}"'

    def one_of(self, column: str, values: Iterable[Any] | Unbound) -> str:
        """Return `column IN (values)`; of more than a few, the text does not tell how many."""
        if isinstance(values, tuple) and (
            len(values) <= _FEW or any(isinstance(value, Unbound) for value in values)
        ):
            placeholders = ", ".join(self.bind(value) for value in values)
            return f"{column} IN ({placeholders})"
        placeholder = self._placed(values, self._listed)
        if self.dialect == "sqlite":
            return f"{column} IN (SELECT value FROM json_each({placeholder}))"  # noqa: S608 - a column of the tables and a placeholder
        return f"{column} = ANY({placeholder})"

    def contains(self, column: str, value: Any) -> str:
        """Return that a text has another one in it; no character of it is a wildcard."""
        function = "instr" if self.dialect == "sqlite" else "strpos"
        return f"{function}({column}, {self.bind(value)}) > 0"

    def starts_with(self, column: str, value: Any) -> str:
        """Return that a text begins with another one; no character of it is a wildcard."""
        if self.dialect == "sqlite":
            length = f"length({self.bind(value)})"
            return f"substr({column}, 1, {length}) = {self.bind(value)}"
        return f"starts_with({column}, {self.bind(value)})"

    def where(self, predicate: Predicate, alias: str, table_name: str) -> str:
        """Return the condition for a predicate over `alias`, a row of `table_name`."""
        match predicate:
            case Equals(column, value):
                return f"{self.column(alias, table_name, column)} = {self.bind(value)}"
            case IsSet(column):
                return f"{self.column(alias, table_name, column)} IS NOT NULL"
            case IsNull(column, value):
                # Compared and not chosen, because the value may not be known yet.
                return f"({self.column(alias, table_name, column)} IS NULL) = {self.bind(value)}"
            case Compare(column, operator, value):
                return f"{self.column(alias, table_name, column)} {operator} {self.bind(value)}"
            case OneOf(_, tuple() as values) if not values:
                return "1 = 0"
            case OneOf(column, values, common):
                name = self.column(alias, table_name, column)
                # SQLite reads no index by an expression; PostgreSQL knows how common values are.
                return self.one_of(
                    f"+{name}" if common and self.dialect == "sqlite" else name, values
                )
            case Contains(column, value):
                return self.contains(self.column(alias, table_name, column), value)
            case StartsWith(column, value):
                return self.starts_with(self.column(alias, table_name, column), value)
            case Not(inner):
                # Neither NOT nor COALESCE: null counts as false, on both databases.
                return f"({self.where(inner, alias, table_name)}) IS NOT TRUE"
            case Through(column, other, inner, common):
                key, target = self.column(alias, table_name, column), self.alias()
                if common and self.dialect == "postgresql":
                    # EXISTS may be answered by reading the whole of the other table; this not.
                    condition = self.where(inner, target, other)
                    return (
                        f'(SELECT {condition} FROM "{table(other).name}" {target}'  # noqa: S608 - names come from the tables
                        f' WHERE {target}."id" = {key})'
                    )
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


def select(
    dialect: Dialect,
    table_name: str,
    predicate: Predicate,
    *,
    order: tuple[str, ...] = ("id",),
    limit: int | None = None,
    locking: bool = False,
) -> tuple[str, list[Any]]:
    """Return a statement that reads whole rows of one table, and its parameters.

    `locking` keeps others from writing them until the end of the transaction, on PostgreSQL.
    """
    statement = Statement(dialect)
    columns = ", ".join(f'r."{column}"' for column in table(table_name).columns)
    condition = statement.where(predicate, "r", table_name)
    by = ", ".join(statement.column("r", table_name, column) for column in order)
    end = "" if limit is None else f" LIMIT {int(limit)}"
    if locking and dialect == "postgresql":
        end += " FOR UPDATE"
    text = f'SELECT {columns} FROM "{table_name}" r WHERE {condition} ORDER BY {by}{end}'  # noqa: S608 - names from the tables only, values are parameters
    return text, statement.parameters

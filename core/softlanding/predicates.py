"""Conditions on rows, as data: `softlanding.storage.scopes` turns them into SQL."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias
from uuid import UUID


class Unbound(ABC):
    """A value that is known only when a statement is run; predicates carry it unseen."""

    __slots__ = ()

    @abstractmethod
    def then(self, change: Callable[[Any], Any]) -> "Unbound":
        """Return the value that `change` will make of this one."""


Value: TypeAlias = str | int | bool | date | UUID | Unbound


@dataclass(frozen=True)
class Equals:
    """A column equals a value."""

    column: str
    value: Value


@dataclass(frozen=True)
class Compare:
    """A column differs from a value, or lies on one side of it."""

    column: str
    operator: Literal["<>", "<", "<=", ">", ">="]
    value: Value


@dataclass(frozen=True)
class OneOf:
    """A column is one of some values; of none, it never is.

    `common` tells the database that many rows are, so that it reads a list by its order and not
    by an index of this column, whose rows it would have to sort.
    """

    column: str
    values: tuple[Value, ...] | Unbound
    common: bool = False


@dataclass(frozen=True)
class Contains:
    """A text has another one somewhere in it, code point by code point."""

    column: str
    value: str | Unbound


@dataclass(frozen=True)
class StartsWith:
    """A text begins with another one, code point by code point."""

    column: str
    value: str | Unbound


@dataclass(frozen=True)
class IsSet:
    """A column is not null."""

    column: str


@dataclass(frozen=True)
class IsNull:
    """A column is null, or is not, as the value says."""

    column: str
    value: bool | Unbound


@dataclass(frozen=True)
class Through:
    """The row that a foreign key of this row names satisfies a predicate.

    `common` tells the database that most do, so that it looks each up by its key and does not
    gather all that satisfy it first.
    """

    column: str
    table: str
    predicate: "Predicate"
    common: bool = False


@dataclass(frozen=True)
class Has:
    """A row of another table points at this row and satisfies a predicate."""

    table: str
    column: str
    predicate: "Predicate"


@dataclass(frozen=True)
class Not:
    """A predicate does not hold; one that compares with null does not."""

    predicate: "Predicate"


@dataclass(frozen=True)
class AllOf:
    """Every predicate holds; of none, everything is visible."""

    predicates: tuple["Predicate", ...] = ()


@dataclass(frozen=True)
class AnyOf:
    """At least one predicate holds; of none, nothing is visible."""

    predicates: tuple["Predicate", ...] = ()


Predicate: TypeAlias = (
    Equals
    | Compare
    | OneOf
    | Contains
    | StartsWith
    | IsSet
    | IsNull
    | Through
    | Has
    | Not
    | AllOf
    | AnyOf
)

EVERYTHING = AllOf()
NOTHING = AnyOf()


def columns_of(predicate: Predicate) -> frozenset[str]:
    """Return the columns of the row itself that a predicate looks at."""
    match predicate:
        case AllOf(parts) | AnyOf(parts):
            return frozenset().union(*(columns_of(part) for part in parts))
        case Not(inner):
            return columns_of(inner)
        case Has():
            return frozenset({"id"})
        case _:
            return frozenset({predicate.column})

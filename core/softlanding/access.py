"""Who may see what: actors, and for each table the rows and fields an actor may see.

A scope is data. `softlanding.storage.scopes` turns it into SQL, and every statement that reads
a table for somebody carries that table's scope, relations included; so no path leads around it.

| table | anonymous, partner website | founder | incubator staff | network admin |
|---|---|---|---|---|
| incubators | published | all | all | all |
| startups | published, home published | also their own | also their own incubator's, and those that applied to it | all |
| stays | from CONFIRMED on and not once cancelled, all three sides published | also their own | also those their incubator sends; those it hosts once submitted | all |
| onboarding_steps, history, records | none | of their own stays | of stays their incubator sends or hosts | all |
| persons, memberships, tokens | none | none | none | all |

Fields of a stay that only its parties may read are listed in `PARTY_FIELDS`; for everybody else
they are null. What a write discloses about rows that its actor may not see: that a slug is
taken, and that a host is full on a date.
"""  # noqa: E501 - a table cannot be folded

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal, TypeAlias
from uuid import UUID

PUBLIC_STAY_STATES = ("CONFIRMED", "ACTIVE", "COMPLETED", "CLOSED")

PARTY_FIELDS = {
    "stays": frozenset(
        {"travellers", "goals", "motivation", "report", "onboarding", "revision", "submitted_at"}
    ),
    "startups": frozenset({"revision", "published"}),
    "incubators": frozenset({"revision", "published"}),
}
"""Fields that are null for whoever is not a party to the row, by table."""


class ActorKind(StrEnum):
    """How an actor came in."""

    ANONYMOUS = "ANONYMOUS"
    WEBSITE = "WEBSITE"
    PERSON = "PERSON"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who asks. A person may be a founder here, staff there, and an administrator."""

    kind: ActorKind = ActorKind.ANONYMOUS
    name: str = "anonymous"
    person_id: UUID | None = None
    founder_of: frozenset[UUID] = frozenset()
    staff_of: frozenset[UUID] = frozenset()
    is_admin: bool = False

    def sides(self, *, startup_id: UUID, home_id: UUID, host_id: UUID) -> frozenset[str]:
        """Return the sides of a stay this actor acts for; an administrator acts for all."""
        if self.is_admin:
            return frozenset({"STARTUP", "HOME", "HOST"})
        return frozenset(
            side
            for side, own in (
                ("STARTUP", startup_id in self.founder_of),
                ("HOME", home_id in self.staff_of),
                ("HOST", host_id in self.staff_of),
            )
            if own
        )

    def is_staff_of(self, *incubator_ids: UUID) -> bool:
        """Tell whether the actor is staff of one of these incubators, or an administrator."""
        return self.is_admin or not self.staff_of.isdisjoint(incubator_ids)


ANONYMOUS = Actor()


def operator(name: str) -> Actor:
    """Return the actor of the command line: whoever holds the machine is an administrator."""
    return Actor(kind=ActorKind.PERSON, name=name, is_admin=True)


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

_PUBLISHED = Equals("published", True)
_PUBLIC_STARTUP = AllOf((_PUBLISHED, Through("home_id", "incubators", _PUBLISHED, common=True)))
_PUBLIC_STAY = AllOf(
    (
        OneOf("state", PUBLIC_STAY_STATES, common=True),
        Through("startup_id", "startups", _PUBLIC_STARTUP, common=True),
        Through("home_id", "incubators", _PUBLISHED, common=True),
        Through("host_id", "incubators", _PUBLISHED, common=True),
    )
)


def _one_of(column: str, ids: Iterable[UUID] | Unbound) -> OneOf:
    # Keys that are not bound yet have no order. A scope sifts rows that are found otherwise.
    keys = ids if isinstance(ids, Unbound | tuple) else tuple(sorted(ids))
    return OneOf(column, keys, common=True)


def _own_stay(actor: Actor) -> Predicate:
    return AnyOf(
        (
            _one_of("startup_id", actor.founder_of),
            _one_of("home_id", actor.staff_of),
            AllOf((_one_of("host_id", actor.staff_of), IsSet("submitted_at"))),
        )
    )


def rows(table: str, actor: Actor) -> Predicate:
    """Return the scope of `table` for `actor`: which of its rows the actor may see."""
    # Figures of law and house rules are no secret: whoever is judged by them may read them.
    if actor.is_admin or table == "rule_sets":
        return EVERYTHING
    person = actor.kind is ActorKind.PERSON
    if table == "incubators":
        return EVERYTHING if person else _PUBLISHED
    if table == "startups":
        if not person:
            return _PUBLIC_STARTUP
        applied = AllOf((_one_of("host_id", actor.staff_of), IsSet("submitted_at")))
        # What is quickly decided comes first: the databases stop where a condition holds.
        return AnyOf(
            (
                _one_of("id", actor.founder_of),
                _one_of("home_id", actor.staff_of),
                _PUBLIC_STARTUP,
                Has("stays", "startup_id", applied),
            )
        )
    if table == "stays":
        return AnyOf((_own_stay(actor), _PUBLIC_STAY)) if person else _PUBLIC_STAY
    if table in {"onboarding_steps", "history", "records", "calendar_addresses"} and person:
        return Through("stay_id", "stays", _own_stay(actor))
    return NOTHING


def parties(table: str, actor: Actor) -> Predicate:
    """Return which rows' `PARTY_FIELDS` the actor may read; the scope comes on top of it."""
    if actor.is_admin:
        return EVERYTHING
    if table == "incubators":
        return _one_of("id", actor.staff_of)
    if table == "startups":
        return AnyOf((_one_of("id", actor.founder_of), _one_of("home_id", actor.staff_of)))
    if table == "stays":
        return AnyOf(
            (
                _one_of("startup_id", actor.founder_of),
                _one_of("home_id", actor.staff_of),
                _one_of("host_id", actor.staff_of),
            )
        )
    return NOTHING


def is_party(table: str, actor: Actor, row: Mapping[str, Any]) -> bool:
    """Tell whether the actor may read the `PARTY_FIELDS` of a row."""
    return _holds(parties(table, actor), row)


def _holds(predicate: Predicate, row: Mapping[str, Any]) -> bool:
    match predicate:
        case OneOf(column, tuple() as values):
            return row[column] in values
        case AllOf(predicates):
            return all(_holds(inner, row) for inner in predicates)
        case AnyOf(predicates):
            return any(_holds(inner, row) for inner in predicates)
        case _:
            raise TypeError(f"{predicate} is for the database to decide.")


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

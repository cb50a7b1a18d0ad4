"""From a `where` to the predicate of a list, for whoever asks.

A condition on a related row carries that row's scope, and one on a field that only parties read
holds only on rows whose party the actor is; so no filter tells what a read would not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from strawberry.types import get_object_definition
from strawberry.utils.str_converters import to_camel_case

from softlanding.access import FIELDS, readers, rows
from softlanding.actors import Actor
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.predicates import NOTHING, AllOf, AnyOf, Has, Not, Predicate, Through
from softlanding_schema.reads.scopes import require_scope, require_type
from softlanding_schema.types.comparisons import IdFilter
from softlanding_schema.types.operators import compared, compared_keys, short_enough

LONGEST_BRANCH = 20
DEEPEST = 10
# Each is a query in a query; SQLite refuses to parse more of them.
DEEPEST_RELATION = 3
MOST_CONDITIONS = 100
_NAMES_ONE = {"id", "slug"}


@dataclass(frozen=True)
class ToOne:
    """The row that a column names."""

    column: str
    table: str


@dataclass(frozen=True)
class ToMany:
    """The rows whose column names this row."""

    table: str
    column: str


class Where:
    """The base of the filters of nouns: fields are columns, relations, `and`, `or`, `not`."""

    table: ClassVar[str]
    type_name: ClassVar[str]
    relations: ClassVar[Mapping[str, ToOne | ToMany]]

    def predicate(self, actor: Actor) -> Predicate:
        """Return the condition for an actor; raises `Refused`."""
        return _Conditions(actor).of(self, ("where",), 1)


class _Conditions:
    """The conditions of one filter; it counts them."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._count = 0
        self._related_level = 0

    def of(self, where: Where, path: tuple[str, ...], level: int) -> Predicate:
        """Return the condition of one level; all that it holds is to hold."""
        self._limit("levels", level, DEEPEST)
        found: list[Predicate] = []
        for python_name, name, given in _given(where):
            self._count += 1
            self._limit("conditions", self._count, MOST_CONDITIONS)
            found.append(self._field(where, python_name, given, (*path, name), level))
        return AllOf(tuple(found))

    def _field(
        self, where: Where, name: str, given: Any, path: tuple[str, ...], level: int
    ) -> Predicate:
        if name == "not_":
            return Not(self.of(given, path, level + 1))
        if name in {"and_", "or_"}:
            parts = tuple(
                self.of(one, (*path, str(place)), level + 1)
                for place, one in enumerate(short_enough(given, *path, longest=LONGEST_BRANCH))
            )
            return AllOf(parts) if name == "and_" else AnyOf(parts)
        if name != "id":
            require_scope(self._actor, where.table, name, path)
        if name in where.relations:
            require_type(self._actor, where.relations[name].table, path)
            self._related_level += 1
            self._limit("relations in each other", self._related_level, DEEPEST_RELATION)
            found = self._related(where.relations[name], given, path, level)
            self._related_level -= 1
            return found
        if isinstance(given, IdFilter):
            return AllOf(tuple(compared_keys(given, where.type_name, *path)))
        condition = AllOf(tuple(compared(name, given, *path)))
        if name in FIELDS[where.table]:
            return AllOf((self._readers(where.table, name, path), condition))
        return condition

    def _related(
        self, relation: ToOne | ToMany, given: Any, path: tuple[str, ...], level: int
    ) -> Predicate:
        scope = rows(relation.table, self._actor)
        if isinstance(relation, ToOne):
            condition = AllOf((scope, self.of(given, path, level + 1)))
            # Whoever names one row wants it found first; other conditions hold for many.
            one = any(python_name in _NAMES_ONE for python_name, _, _ in _given(given))
            return Through(relation.column, relation.table, condition, common=not one)
        found: list[Predicate] = []
        if given.some is not None:
            condition = AllOf((scope, self.of(given.some, (*path, "some"), level + 1)))
            found.append(Has(relation.table, relation.column, condition))
        if given.none is not None:
            condition = AllOf((scope, self.of(given.none, (*path, "none"), level + 1)))
            found.append(Not(Has(relation.table, relation.column, condition)))
        return AllOf(tuple(found))

    def _readers(self, table: str, name: str, path: tuple[str, ...]) -> Predicate:
        allowed = readers(table, name, self._actor)
        if allowed == NOTHING:
            raise Refused(
                Problem(
                    code=Code.FORBIDDEN,
                    message=f"{path[-1]} is not for you to read, so you cannot filter by it.",
                    path=path,
                    hint="Leave it out, or send a token of somebody who may read it.",
                )
            )
        return allowed

    def _limit(self, what: str, count: int, most: int) -> None:
        if count > most:
            raise Refused(
                Problem(
                    code=Code.INVALID,
                    message=f"The filter has more than {most} {what}.",
                    path=("where",),
                    hint="Ask in several requests, or for more and choose.",
                )
            )


def _given(where: Where) -> Iterator[tuple[str, str, Any]]:
    """Return the fields that are given: name in Python, name in GraphQL, value."""
    definition = get_object_definition(type(where), strict=True)
    for field in definition.fields:
        given = getattr(where, field.python_name)
        if given is not None:
            name = field.graphql_name or to_camel_case(field.python_name)
            yield field.python_name, name, given

"""Filters, evaluated over stored rows, and cases of every field and operator.

A filter holds for what its sender may see and read: a relation leads to rows they see, and a
field that they do not read of a row is never equal to anything.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from graphql import GraphQLInputObjectType, get_named_type
from strawberry.utils.str_converters import to_snake_case
from tests.schema.walls.classified import CHILDREN, PARENTS, Classified
from tests.schema.walls.comparing import plain
from tests.schema.walls.granted import Granted
from tests.schema.walls.world import World

from softlanding.storage.tables import Row
from softlanding_schema.reads.global_ids import encode

Given = Mapping[str, Any]
_BRANCHES = {"and", "or", "not"}

# Each is told the stored value, which is not null, and the one that it is compared with.
_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": lambda stored, value: bool(stored == value),
    "ne": lambda stored, value: bool(stored != value),
    "in": lambda stored, values: stored in values,
    "notIn": lambda stored, values: stored not in values,
    "contains": lambda stored, value: value in stored,
    "startsWith": lambda stored, value: bool(stored.startswith(value)),
    "gte": lambda stored, value: bool(stored >= value),
    "lte": lambda stored, value: bool(stored <= value),
    "gt": lambda stored, value: bool(stored > value),
    "lt": lambda stored, value: bool(stored < value),
}


class Filters:
    """The filters of a schema: `StayWhere` is that of the type `Stay`."""

    def __init__(self, classified: Classified) -> None:
        self._classified = classified

    def _fields(self, type_name: str) -> Mapping[str, Any]:
        kind = self._classified.schema.type_map[f"{type_name}Where"]
        assert isinstance(kind, GraphQLInputObjectType)
        fields: Mapping[str, Any] = kind.fields
        return fields

    def _related(self, type_name: str, name: str) -> str | None:
        """Return the type that a filter leads to, or None for one of a column."""
        if name in _BRANCHES:
            return type_name
        leads = self._classified.types[type_name].fields.get(name)
        return self._classified.leads_to(leads) if leads else None

    def may(self, granted: Granted, type_name: str, given: Given) -> bool:
        """Tell whether somebody may send a filter: one on what they never read is an error."""
        table = self._classified.row_types[type_name]
        for name, value in given.items():
            related = self._related(type_name, name)
            if related is not None:
                parts = value if isinstance(value, list) else [value]
                if name not in _BRANCHES and f"{type_name}.{name}" in CHILDREN:
                    parts = list(value.values())
                if not all(self.may(granted, related, part) for part in parts):
                    return False
            elif not granted.reads_anywhere(table, to_snake_case(name)):
                return False
        return True

    def holds(self, granted: Granted, type_name: str, given: Given, row: Row) -> bool:
        """Tell whether a filter holds for a row that somebody sees."""
        return all(
            self._holds(granted, type_name, name, value, row) for name, value in given.items()
        )

    def _holds(self, granted: Granted, type_name: str, name: str, value: Any, row: Row) -> bool:
        place = f"{type_name}.{name}"
        if name == "and":
            return all(self.holds(granted, type_name, one, row) for one in value)
        if name == "or":
            return any(self.holds(granted, type_name, one, row) for one in value)
        if name == "not":
            return not self.holds(granted, type_name, value, row)
        related = self._related(type_name, name)
        if related is not None and place in PARENTS:
            table = self._classified.row_types[related]
            parent = granted.world.rows[table][row[PARENTS[place]]]
            return granted.sees(table, parent) and self.holds(granted, related, value, parent)
        if related is not None:
            table, column = CHILDREN[place]
            children = [one for one in granted.rows(table) if one[column] == row["id"]]
            for quantity, inner in value.items():
                found = any(self.holds(granted, related, inner, child) for child in children)
                if found is not {"some": True, "none": False}[quantity]:
                    return False
            return True
        return self._compares(granted, type_name, name, value, row)

    def _compares(self, granted: Granted, type_name: str, name: str, value: Any, row: Row) -> bool:
        column = to_snake_case(name)
        if not granted.reads(self._classified.row_types[type_name], column, row):
            return False
        stored = encode(type_name, row["id"]) if name == "id" else plain(row[column])
        for operator, compared in value.items():
            if operator == "isNull":
                if (stored is None) is not compared:
                    return False
            elif stored is None or not _OPERATORS[operator](stored, compared):
                return False
        return True

    def of_columns(self, world: World, type_name: str) -> Iterator[Given]:
        """Return filters of each column with each operator."""
        for name, field in self._fields(type_name).items():
            if self._related(type_name, name) is not None:
                continue
            operators = get_named_type(field.type)
            assert isinstance(operators, GraphQLInputObjectType)
            stored = self._stored(world, type_name, name)
            for operator in operators.fields:
                for value in _values(operator, stored):
                    yield {name: {operator: value}}

    def of_relations(self, world: World, type_name: str, levels: int) -> Iterator[Given]:
        """Return filters of each relation with each column behind it."""
        for name in self._fields(type_name):
            related = self._related(type_name, name)
            if related is None or name in _BRANCHES:
                continue
            for inner_name in self._fields(related):
                if self._related(related, inner_name) is None:
                    for value in self._stored(world, related, inner_name)[::4]:
                        yield from _quantified(type_name, name, {inner_name: {"eq": value}})
            if levels > 1:
                for inner in list(self.of_relations(world, related, levels - 1))[::7]:
                    yield from _quantified(type_name, name, inner)

    def of_branches(self, cases: Sequence[Given]) -> Iterator[Given]:
        """Return filters that join others."""
        for one, other in zip(cases[::12], cases[5::12], strict=False):
            yield {"or": [one, other]}
            yield {"and": [one, {"not": other}]}
            yield {"not": one}

    def _stored(self, world: World, type_name: str, name: str) -> list[Any]:
        """Return some of the values of a column, from the least to the greatest."""
        rows = world.all(self._classified.row_types[type_name])
        if name == "id":
            return [encode(type_name, row["id"]) for row in rows]
        values = {plain(row[to_snake_case(name)]) for row in rows} - {None}
        return sorted(values)


def _quantified(type_name: str, name: str, inner: Given) -> Iterator[Given]:
    if f"{type_name}.{name}" in PARENTS:
        yield {name: inner}
    else:
        yield {name: {"some": inner}}
        yield {name: {"none": inner}}


def _values(operator: str, stored: Sequence[Any]) -> Iterator[Any]:
    """Return what to compare with: the middle and the greatest of the values."""
    few = sorted({stored[len(stored) // 2], stored[-1]}) if stored else []
    match operator:
        case "isNull":
            yield from (True, False)
        case "in" | "notIn":
            yield few
            yield few[:1]
        case "contains":
            yield from (value[1:4] for value in few)
        case "startsWith":
            yield from (value[:2] for value in few)
        case _:
            assert operator in _OPERATORS, f"The operator {operator} is new: say what it does."
            yield from few

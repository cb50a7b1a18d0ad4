"""The plan of an operation: for each root field a statement, or a shape of what its resolver gives.

A plan is compiled for a document and the shape of a request (see `asking`), and run for each
request of that shape.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLObjectType,
    OperationDefinitionNode,
    OperationType,
)
from graphql.execution.values import VariableValues

from softlanding.actors import Actor
from softlanding.domain.problems import Refused
from softlanding.storage.engines import Dialect
from softlanding_schema.reads import global_ids
from softlanding_schema.reads.asking import ROW_KEY
from softlanding_schema.reads.catalogue import Catalogue, FieldReading
from softlanding_schema.reads.holes import Hole
from softlanding_schema.reads.languages import NotLocale
from softlanding_schema.reads.plugin_fields import PLUGIN_FIELD
from softlanding_schema.reads.readings import AnyRow, OneRow, ToMany
from softlanding_schema.reads.selections import Selections
from softlanding_schema.reads.shapes import Complete, NotAnswerable, Shapes, Shaping
from softlanding_schema.reads.slots import Slot
from softlanding_schema.reads.writing import Writer


@dataclass(frozen=True)
class HolePlan:
    """A hole with its compiled shape."""

    hole: Hole
    resolve: Callable[[Any, Shaping], Any]
    complete: Complete
    loader: tuple[str, str] | None
    """The plugin and the type whose loader answers, which is called once for all its holes."""


@dataclass(frozen=True)
class StatementPlan:
    """A statement that prints the answers of fields, its parameters and its holes."""

    sql: str
    parameters: Sequence[Any]
    holes: Sequence[HolePlan]
    checks: Sequence[Slot]
    listed: frozenset[str]
    """The types of which it reads lists."""
    asked: frozenset[str]
    """The types of which it reads one object, if there is one."""


@dataclass(frozen=True)
class AnyRowPlan:
    """Statements for a row of any type, chosen by the global id of a request."""

    global_id: Any
    by_type: Mapping[str, StatementPlan]


@dataclass(frozen=True)
class ShapePlan:
    """A root field whose resolver runs in Python."""

    resolve: Callable[[Any, Shaping], Any]
    complete: Complete


RootPlan = AnyRowPlan | ShapePlan
Write = Callable[[Writer], str]
"""Writes the statement of one field."""


@dataclass(frozen=True)
class Plan:
    """The root fields of an operation, by response key; those that are read by one statement."""

    keys: Sequence[str]
    roots: Mapping[str, RootPlan] = field(default_factory=dict)
    """How the others are answered."""
    read: Sequence[str] = ()
    statement: StatementPlan | None = None


NO_PLAN = Plan(())
"""Says that graphql-core answers."""


class Planner:
    """Compiles the plans of one operation for one shape of request."""

    def __init__(
        self,
        catalogue: Catalogue,
        dialect: Dialect,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: VariableValues,
        actor: Actor,
        *,
        tagging: bool,
    ) -> None:
        """`variables` and `actor` are symbolic (see `asking`)."""
        self._tagging = tagging
        self._catalogue = catalogue
        self._dialect = dialect
        self._operation = operation
        self._actor = actor
        self._selections = Selections(catalogue.graphql, fragments, variables)
        self._shapes = Shapes(catalogue, self._selections, operation, self._by_key)

    def plan(self) -> Plan:
        """Return the plan; raises `NotAnswerable` where graphql-core must answer."""
        schema = self._catalogue.graphql
        writes = self._operation.operation is OperationType.MUTATION
        kind = schema.mutation_type if writes else schema.query_type
        assert kind is not None  # noqa: S101 - there are both
        found: dict[str, list[FieldNode]] = {}
        self._selections.collect(kind, self._operation.selection_set, found, set())
        try:
            planned = {key: self._root(kind, nodes) for key, nodes in found.items()}
            roots, reads = {}, {}
            for key, one in planned.items():
                if isinstance(one, ShapePlan | AnyRowPlan):
                    roots[key] = one
                else:
                    reads[key] = one
            statement = self._statement(*reads.values()) if reads else None
            return Plan(tuple(planned), roots, tuple(reads), statement)
        except (Refused, GraphQLError, NotLocale, RecursionError) as error:
            raise NotAnswerable from error

    def _root(self, kind: GraphQLObjectType, nodes: Sequence[FieldNode]) -> RootPlan | Write:
        name = nodes[0].name.value
        if name == "__typename":
            return ShapePlan(lambda source, shaping: kind.name, lambda value, shaping: value)
        if name not in kind.fields:
            raise NotAnswerable
        if kind is not self._catalogue.graphql.query_type:
            return self._shape(kind, nodes)
        found = self._catalogue.root[name]
        match found.reading:
            case ToMany() as listed:
                return lambda writer: writer.root_list(listed, found, nodes)
            case OneRow() as reading:
                value = self._selections.arguments(found.graphql, nodes[0])[reading.argument]
                if reading.argument == "id":
                    value = _key_of(value, reading.type_name)
                return _row(reading.type_name, nodes, reading.argument, value)
            case AnyRow() as reading:
                value = self._selections.arguments(found.graphql, nodes[0])[reading.argument]
                return AnyRowPlan(
                    value,
                    {
                        name: self._statement(_row(name, nodes, "id", _key_of(value, name)))
                        for name, entity in self._catalogue.entities.items()
                        if entity.stands_alone
                    },
                )
            case _:
                return self._shape(kind, nodes)

    def _shape(self, kind: GraphQLObjectType, nodes: Sequence[FieldNode]) -> ShapePlan:
        found = kind.fields[nodes[0].name.value]
        resolve = self._shapes.resolver(kind, found, nodes)
        return ShapePlan(resolve, self._shapes.complete(found.type, nodes))

    def _by_key(self, type_name: str, nodes: Sequence[FieldNode]) -> StatementPlan:
        return self._statement(_row(type_name, nodes, "id", ROW_KEY))

    def _statement(self, *writes: Write) -> StatementPlan:
        writer = Writer(
            self._catalogue, self._dialect, self._actor, self._selections, tagging=self._tagging
        )
        sql = writer.whole([write(writer) for write in writes])
        holes = [self._hole(hole) for hole in writer.holes]
        return StatementPlan(
            sql,
            writer.statement.parameters,
            holes,
            writer.checks,
            listed=frozenset(writer.listed),
            asked=frozenset(writer.asked),
        )

    def _hole(self, hole: Hole) -> HolePlan:
        found: FieldReading = hole.field
        resolve = self._shapes.resolver(hole.entity.graphql, found.graphql, hole.nodes)
        complete = self._shapes.complete(found.graphql.type, hole.nodes)
        loader = None
        if hole.of_plugin:
            plugin, declared = found.strawberry.metadata[PLUGIN_FIELD]
            loader = plugin.key, declared.target
        return HolePlan(hole, resolve, complete, loader)


def _row(type_name: str, nodes: Sequence[FieldNode], column: str, value: Any) -> Write:
    return lambda writer: writer.row(type_name, nodes, column, value)


def _key_of(value: Any, type_name: str) -> Any:
    if isinstance(value, Slot):
        return value.then(lambda given: _key_or_none(given, type_name))
    return _key_or_none(value, type_name)


def _key_or_none(value: str, type_name: str) -> Any:
    return global_ids.key_of(value, type_name, "id")

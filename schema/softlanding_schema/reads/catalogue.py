"""What the read engine knows: for each type made of rows, how each of its fields is read.

It is derived from the Strawberry types and the tables: a plain field reads the column of its
name; a field that declares a reading is read that way; all others are computed in Python.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    is_leaf_type,
    is_non_null_type,
)
from strawberry.types.field import StrawberryField
from strawberry.utils.str_converters import to_snake_case

from softlanding.access import FIELDS
from softlanding.storage.tables import Column, Kind, table
from softlanding_schema.reads import readings
from softlanding_schema.reads.json_text import Printer, Text
from softlanding_schema.reads.readings import KEY, Reading
from softlanding_schema.types.node import Node

_JOINS = {"onboarding_steps": {"definition": "step_definitions"}}


@dataclass(frozen=True)
class FieldReading:
    """A field of an entity: its GraphQL definition, and its reading; None is computed."""

    graphql: GraphQLField
    strawberry: StrawberryField
    reading: Reading | None
    access_name: str
    """Its name in `access.FIELDS`."""


@dataclass(frozen=True)
class Entity:
    """A type made of the rows of a table."""

    type_name: str
    table: str
    node: type[Node]
    graphql: GraphQLObjectType
    fields: Mapping[str, FieldReading]
    joins: Mapping[str, str]
    """Tables that its rows name by a key: `definition` by `definition_id`."""

    @property
    def stands_alone(self) -> bool:
        """Whether one row is enough to answer for it; a step stands among others."""
        return not self.joins

    def column(self, name: str) -> Column:
        """Return a column of the row, or one behind a join: `definition.after`."""
        joined, _, own = name.rpartition(".")
        return table(self.joins[joined] if joined else self.table).columns[own]


class Catalogue:
    """The entities of a schema."""

    def __init__(self, schema: strawberry.Schema, entities: Mapping[str, type[Node]]) -> None:
        """Read the types; `entities` gives the type for each table."""
        self.schema = schema
        self.graphql = schema._schema  # noqa: SLF001 - the executable schema has no public name
        self.entities = {
            node.type_name: self._entity(schema, table_name, node)
            for table_name, node in entities.items()
        }
        self.root: Mapping[str, FieldReading] = _fields(
            schema, cast("GraphQLObjectType", self.graphql.query_type)
        )

    def _entity(self, schema: strawberry.Schema, table_name: str, node: type[Node]) -> Entity:
        graphql = cast("GraphQLObjectType", self.graphql.get_type(node.type_name))
        fields = _fields(schema, graphql)
        columns = table(table_name).columns
        for name, found in fields.items():
            own = found.strawberry.python_name
            plain = found.strawberry.base_resolver is None and own in columns
            if found.reading is None and plain and is_leaf_type(get_named_type(found.graphql.type)):
                fields[name] = replace(found, reading=readings.Column(own))
        for name, found in fields.items():
            if isinstance(found.reading, readings.Column):
                _require_nullable(f"{node.type_name}.{name}", table_name, found)
        return Entity(node.type_name, table_name, node, graphql, fields, _JOINS.get(table_name, {}))


def _fields(schema: strawberry.Schema, graphql: GraphQLObjectType) -> dict[str, FieldReading]:
    found = {}
    for name, field in graphql.fields.items():
        declared = (field.extensions or {}).get("strawberry-definition")
        if declared is None:
            continue
        metadata = declared.metadata or {}
        reading = metadata.get(KEY)
        if "rows" in metadata:
            nodes = cast("GraphQLObjectType", get_named_type(field.type)).fields["nodes"]
            reading = readings.ToMany(metadata["rows"], get_named_type(nodes.type).name)
        found[name] = FieldReading(field, declared, reading, to_snake_case(name))
    return found


def _require_nullable(told: str, table_name: str, found: FieldReading) -> None:
    reading = cast("readings.Column", found.reading)
    joined, _, own = reading.name.rpartition(".")
    stored = table(_JOINS[table_name][joined] if joined else table_name).columns[own]
    may_be_null = stored.nullable or found.access_name in FIELDS.get(table_name, {})
    if may_be_null and is_non_null_type(found.graphql.type):
        raise TypeError(f"{told} may be null in the database; its GraphQL type must be nullable")


def printed(
    printer: Printer, stored: Column, sql: str, kind: GraphQLOutputType | None = None
) -> Text:
    """Return the JSON text of a column; `kind` is the GraphQL type that it is printed for."""
    null = stored.nullable
    if stored.kind is Kind.TEXT and isinstance(kind and get_named_type(kind), GraphQLEnumType):
        return printer.word(sql, null=null)
    match stored.kind:
        case Kind.JSON:
            return printer.raw(sql) if kind is None else printer.texts(sql)
        case Kind.KEY | Kind.DAY:
            return printer.word(sql, null=null)
        case Kind.MOMENT:
            return printer.moment(sql, null=null)
        case Kind.NUMBER:
            return printer.number(sql, null=null)
        case Kind.BOOLEAN:
            return printer.boolean(sql)
        case _:
            return printer.text(sql, null=null)

"""How far a key reaches: the fields of an operation, of its filters and of its orders.

Rows are what `access.rows` says. A field that a key may not read is an error, never null: a website
is to be mended, not to show half a page.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    is_composite_type,
)
from strawberry.utils.str_converters import to_camel_case, to_snake_case

from softlanding.access import FIELDS
from softlanding.actors import Actor, KeyScope
from softlanding.contract.graphql import Audience
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.services.api_keys import KEY_FIELDS, KEY_TYPES
from softlanding_schema.documents import Document
from softlanding_schema.reads.plugin_fields import PLUGIN_FIELD

TYPES: Mapping[str, str] = {table: name for name, table in KEY_TYPES.items()}
"""The types that a key may be given, by table."""
_TELLS = {"StayPayload.notices": ("Stay", "onboarding")}
"""Fields of payloads that tell what a field of rows tells, which is not for everybody."""


@dataclass(frozen=True)
class Coordinate:
    """A field that an operation asks for, and the type of rows that it leads to."""

    type_name: str
    field: str
    leads_to: str | None

    def __str__(self) -> str:
        return f"{self.type_name}.{self.field}"


class Coordinates:
    """The fields of a schema, as keys see them."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._mutation = schema.mutation_type.name if schema.mutation_type else ""
        self._public_of_plugins = {
            f"{kind}.{name}" for kind in KEY_TYPES for name in self._public_fields(kind)
        }
        self._rows = {name: name for name in KEY_TYPES}
        for name in KEY_TYPES:
            self._rows |= {f"{name}{part}": name for part in ("Connection", "Edge")}

    def _public_fields(self, type_name: str) -> Iterator[str]:
        for name, field in cast(
            "GraphQLObjectType", self._schema.type_map[type_name]
        ).fields.items():
            declared = (field.extensions or {}).get("strawberry-definition")
            plugin = (getattr(declared, "metadata", None) or {}).get(PLUGIN_FIELD)
            if plugin is None or plugin[1].audience is Audience.PUBLIC:
                yield name

    def of(
        self,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
    ) -> tuple[Coordinate, ...]:
        """Return the fields that an operation asks for, in order; each fragment is read once."""
        found: dict[Coordinate, None] = {}
        spread: set[str] = set()

        def walk(selections: SelectionSetNode | None, type_name: str) -> None:
            for part in selections.selections if selections else ():
                if isinstance(part, FieldNode):
                    walk(part.selection_set, self._field(part, type_name, found))
                elif isinstance(part, InlineFragmentNode):
                    condition = part.type_condition
                    walk(part.selection_set, condition.name.value if condition else type_name)
                elif isinstance(part, FragmentSpreadNode) and part.name.value not in spread:
                    spread.add(part.name.value)
                    fragment = fragments[part.name.value]
                    walk(fragment.selection_set, fragment.type_condition.name.value)

        root = self._schema.get_root_type(operation.operation)
        walk(operation.selection_set, root.name if root else "")
        return tuple(found)

    def _field(self, node: FieldNode, type_name: str, found: dict[Coordinate, None]) -> str:
        """Add a field, and return the name of its type; what asks for the schema is left out."""
        kind = self._schema.get_type(type_name)
        field = getattr(kind, "fields", {}).get(node.name.value)
        if field is None:
            return ""
        inner = get_named_type(field.type)
        found[Coordinate(type_name, node.name.value, self._rows.get(inner.name))] = None
        return inner.name if is_composite_type(inner) else ""

    def beyond_reach(
        self, actor: Actor, document: Document, operation: OperationDefinitionNode
    ) -> Problem | None:
        """Tell what of an operation lies beyond the scope of a key, whatever the rows are."""
        if actor.scope is None:
            return None
        name = operation.name.value if operation.name else ""
        coordinates = document.coordinates.get(name)
        if coordinates is None:
            coordinates = self.of(operation, document.fragments)
            document.coordinates[name] = coordinates
        return self.refused(actor.scope, coordinates)

    def refused(self, scope: KeyScope, asked: Iterable[Coordinate]) -> Problem | None:
        """Tell the first that a key may not read or do."""
        for coordinate in asked:
            if not self._allows(scope, coordinate):
                return beyond(str(coordinate))
            if coordinate.leads_to and not scope.reads_type(coordinate.leads_to):
                return beyond(coordinate.leads_to)
        return None

    def _allows(self, scope: KeyScope, asked: Coordinate) -> bool:
        if asked.type_name == self._mutation:
            return to_snake_case(asked.field) in scope.mutations
        if str(asked) in _TELLS:
            return scope.reads_field(*_TELLS[str(asked)], restricted=True)
        if asked.type_name not in KEY_TYPES:
            return str(asked) not in KEY_FIELDS or str(asked) in scope.fields
        if asked.field == "id":
            return scope.reads_type(asked.type_name)
        return scope.reads_field(asked.type_name, asked.field, restricted=self.is_restricted(asked))

    def is_restricted(self, asked: Coordinate) -> bool:
        """Tell whether a field of rows is not for everybody who sees the row."""
        table = KEY_TYPES[asked.type_name]
        restricted = to_snake_case(asked.field) in FIELDS.get(table, {})
        return restricted or str(asked) not in self._public_of_plugins


def beyond(what: str) -> Problem:
    """Return the refusal of what lies beyond a key's scope."""
    return Problem(
        code=Code.FORBIDDEN,
        message=f"{what} lies beyond the scope of this key.",
        hint="Leave it out, or ask a manager of the incubator for a key that reaches it.",
    )


def require_scope(actor: Actor, table: str, field: str, path: tuple[str, ...]) -> None:
    """Refuse to filter or sort by a column that the scope of a key does not reach."""
    name = to_camel_case(field)
    if actor.scope is not None and not actor.scope.reads_field(
        TYPES[table], name, restricted=field in FIELDS.get(table, {})
    ):
        raise Refused(beyond(f"{TYPES[table]}.{name}").below(*path))


def require_type(actor: Actor, table: str, path: tuple[str, ...]) -> None:
    """Refuse to filter by rows of a type that the scope of a key does not reach."""
    if actor.scope is not None and not actor.scope.reads_type(TYPES[table]):
        raise Refused(beyond(TYPES[table]).below(*path))


def unknown_fields(schema: GraphQLSchema, fields: Iterable[str]) -> Iterator[Problem]:
    """Refuse fields for a key that the schema does not have."""
    for place, name in enumerate(fields):
        type_name, _, field = name.partition(".")
        if field not in getattr(schema.get_type(type_name), "fields", {}):
            yield Problem(
                code=Code.INVALID,
                message=f"The schema has no field {name}.",
                path=("fields", str(place)),
                hint="Write type and field as the schema does: Stay.goals.",
            )

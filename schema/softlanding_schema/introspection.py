"""What introspection costs: the whole schema 10,000, as tools ask for it, all else in proportion.

So tools can always ask for the schema, however large it grows, and nobody for it several times.
Its lists are taken to be as long as they are on average; fragments are looked at once.
"""

from collections.abc import Mapping
from functools import lru_cache

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    get_introspection_query,
    get_named_type,
    is_abstract_type,
    parse,
)

WHOLE = 10_000
MAX_INTROSPECTION = 13_000
"""Some tools ask for a little more than the others."""
META_FIELDS = {"__schema", "__type"}
# A type that is asked for by its name has more in it than the average one.
_NAMED = 10


class Introspection:
    """What asking for parts of one schema costs."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._lengths = _lengths_in(schema)
        asked = parse(get_introspection_query()).definitions
        fragments = {
            one.name.value: one for one in asked if isinstance(one, FragmentDefinitionNode)
        }
        (whole,) = [
            field
            for one in asked
            if isinstance(one, OperationDefinitionNode)
            for field in one.selection_set.selections
            if isinstance(field, FieldNode)
        ]
        self._weight = (WHOLE - 1) / self._selected(whole, fragments)

    def cost(self, node: FieldNode, fragments: Mapping[str, FragmentDefinitionNode]) -> int:
        """Return the cost of `__schema` or `__type`."""
        times = _NAMED if node.name.value == "__type" else 1
        return round(1 + self._weight * times * self._selected(node, fragments))

    def _selected(self, node: FieldNode, fragments: Mapping[str, FragmentDefinitionNode]) -> float:
        """Return about how many values are selected, each object as one, too."""
        known: dict[str, float] = {}

        def selection(part: SelectionSetNode | None) -> float:
            return sum(map(one, part.selections)) if part else 0

        def one(part: object) -> float:
            if isinstance(part, FieldNode):
                if part.selection_set is None:
                    return 1
                length = self._lengths.get(part.name.value, 1)
                return 1 + length * (1 + selection(part.selection_set))
            if isinstance(part, FragmentSpreadNode):
                name = part.name.value
                if name not in known:
                    known[name] = selection(fragments[name].selection_set)
                return known[name]
            return selection(part.selection_set)  # type: ignore[attr-defined] # an inline fragment

        return selection(node.selection_set)


@lru_cache(maxsize=4)
def introspection_of(schema: GraphQLSchema) -> Introspection:
    """Return what asking for parts of a schema costs, worked out once."""
    return Introspection(schema)


def _lengths_in(schema: GraphQLSchema) -> Mapping[str, float]:
    """Return how long the lists of an introspection are on average; `ofType` is there or not."""
    kinds = list(schema.type_map.values())
    with_fields = [
        one for one in kinds if isinstance(one, GraphQLObjectType | GraphQLInterfaceType)
    ]
    fields = [field for one in with_fields for field in one.fields.values()]
    arguments = [argument for field in fields for argument in field.args.values()]
    inputs = [
        field
        for one in kinds
        if isinstance(one, GraphQLInputObjectType)
        for field in one.fields.values()
    ]
    values = sum(len(one.values) for one in kinds if isinstance(one, GraphQLEnumType))
    possible = sum(len(schema.get_possible_types(one)) for one in kinds if is_abstract_type(one))
    typed = [*fields, *arguments, *inputs]
    wrappers = sum(map(_wrappers_of, typed))
    return {
        "types": len(kinds),
        "directives": len(schema.directives),
        "fields": len(fields) / len(kinds),
        "args": len(arguments) / len(fields),
        "inputFields": len(inputs) / len(kinds),
        "enumValues": values / len(kinds),
        "interfaces": sum(len(one.interfaces) for one in with_fields) / len(kinds),
        "possibleTypes": possible / len(kinds),
        "ofType": wrappers / (wrappers + len(typed)),
    }


def _wrappers_of(one: GraphQLField | GraphQLArgument | GraphQLInputField) -> int:
    count, kind = 0, one.type
    while kind is not get_named_type(kind):
        count, kind = count + 1, kind.of_type  # type: ignore[union-attr] # not a named type
    return count

"""What an operation costs, before it is executed: about how many values it asks for.

Each field costs 1. What is selected of the nodes of a connection is multiplied by `first` or
`last`, or by 10 where both are left out; what is selected in another list by 10, which is about
how long those lists are. Fragments are looked at once.

A cost depends on nothing but the variables that size pages, so it is worked out once for each of
their values.
"""

from collections.abc import Mapping
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableDefinitionNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
)

from softlanding.actors import Actor, ActorKind
from softlanding_schema.caches import BoundedCache
from softlanding_schema.introspection import META_FIELDS, introspection_of

ASSUMED = 10
LIMIT = 50_000
ANONYMOUS_LIMIT = 20_000
_LONGEST = 100
# Fragments that spread each other can cost two to the power of their number. Nobody needs to know
# such a cost to the digit, and larger whole numbers are not kept by every reader of JSON.
_MOST = 2**53 - 1
_VALUES = 64
_PAGES = {"nodes", "edges"}
_SIZES = {"first", "last"}


def limit_for(actor: Actor) -> int:
    """Return what an operation of an actor may cost."""
    return ANONYMOUS_LIMIT if actor.kind is ActorKind.ANONYMOUS else LIMIT


class OperationCost:
    """What one operation of a valid document costs, as a function of its variables.

    `introspection` is what of it asks for the schema, with any variables.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        operation: OperationDefinitionNode,
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._operation = operation
        self._known: BoundedCache[int] = BoundedCache(_VALUES)
        # The walk looks at every field, whatever the variables are.
        walk = _Walk(schema, fragments, {})
        walk.cost_of(operation)
        self.introspection = walk.introspection
        self._sizing = {
            one.variable.name.value: _default(one)
            for one in operation.variable_definitions or ()
            if one.variable.name.value in walk.asked
        }

    def of(self, given: Mapping[str, Any]) -> int:
        """Return the cost with these variables."""
        key = tuple([given.get(name, default) for name, default in self._sizing.items()])
        if not all(value is None or type(value) is int for value in key):
            key = tuple([_whole(value) for value in key])
        known = self._known.get(key)
        if known is None:
            sizes = dict(zip(self._sizing, key, strict=True))
            cost = _Walk(self._schema, self._fragments, sizes).cost_of(self._operation)
            known = min(cost, _MOST)
            self._known.put(key, known)
        return known


def _whole(value: Any) -> int | None:
    """Return a variable as GraphQL coerces it to a whole number; None where it refuses it."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if type(value) is int else None


def _default(node: VariableDefinitionNode) -> int | None:
    value = node.default_value
    return int(value.value) if isinstance(value, IntValueNode) else None


class _Walk:
    """Works out the cost of one operation for some sizes; `asked` names those it asked for."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        sizes: Mapping[str, int | None],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._sizes = sizes
        self.asked: set[str] = set()
        self.introspection = 0
        self._known: dict[tuple[str, int], int] = {}

    def cost_of(self, operation: OperationDefinitionNode) -> int:
        """Return the cost of the operation."""
        kind = self._schema.get_root_type(operation.operation)
        return self._selection(operation.selection_set, kind, 1)

    def _selection(self, node: SelectionSetNode | None, kind: Any, page: int) -> int:
        """Return the cost of a selection; `page` is the length of its `nodes` and `edges`."""
        return sum([self._part(part, kind, page) for part in node.selections]) if node else 0

    def _part(self, part: object, kind: Any, page: int) -> int:
        if isinstance(part, FieldNode):
            return self._field(part, kind, page)
        if isinstance(part, InlineFragmentNode):
            condition = part.type_condition
            own = self._schema.get_type(condition.name.value) if condition else kind
            return self._selection(part.selection_set, own, page)
        assert isinstance(part, FragmentSpreadNode)  # noqa: S101 - there is no fourth kind
        name = part.name.value
        if (name, page) not in self._known:
            fragment = self._fragments[name]
            own = self._schema.get_type(fragment.type_condition.name.value)
            self._known[name, page] = self._selection(fragment.selection_set, own, page)
        return self._known[name, page]

    def _field(self, node: FieldNode, kind: Any, page: int) -> int:
        if node.name.value in META_FIELDS:
            cost = introspection_of(self._schema).cost(node, self._fragments)
            self.introspection += cost
            return cost
        fields = kind.fields if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) else {}
        found = fields.get(node.name.value)
        if found is None or node.selection_set is None:
            return 1
        inner = get_named_type(found.type)
        if _SIZES & found.args.keys():
            return 1 + self._selection(node.selection_set, inner, self._size(node))
        times = 1
        if isinstance(get_nullable_type(found.type), GraphQLList):
            times = page if node.name.value in _PAGES else ASSUMED
        return 1 + times * self._selection(node.selection_set, inner, 1)

    def _size(self, node: FieldNode) -> int:
        for argument in node.arguments or ():
            if argument.name.value in _SIZES:
                value: Any = None
                if isinstance(argument.value, IntValueNode):
                    value = int(argument.value.value)
                elif isinstance(argument.value, VariableNode):
                    self.asked.add(argument.value.name.value)
                    value = self._sizes.get(argument.value.name.value)
                if isinstance(value, int):
                    # Longer pages are refused, each with a sentence of its own.
                    return max(1, min(value, _LONGEST))
        return ASSUMED

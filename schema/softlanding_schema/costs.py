"""What an operation costs, before it is executed: about how many values it asks for.

Each field costs 1. What is selected of the nodes of a connection is multiplied by `first` or
`last`, or by 10 where both are left out; what is selected in another list by 10, which is about
how long those lists are. Fragments are looked at once.
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
    VariableNode,
    get_named_type,
    get_nullable_type,
)

from softlanding.access import Actor, ActorKind

ASSUMED = 10
LIMIT = 50_000
ANONYMOUS_LIMIT = 20_000
_LONGEST = 100
_PAGES = {"nodes", "edges"}
_SIZES = {"first", "last"}


def limit_for(actor: Actor) -> int:
    """Return what an operation of an actor may cost."""
    return ANONYMOUS_LIMIT if actor.kind is ActorKind.ANONYMOUS else LIMIT


def sizes_in(operation: OperationDefinitionNode, given: Mapping[str, Any]) -> dict[str, int]:
    """Return the whole numbers among the variables, defaults included: they may size pages."""
    sizes: dict[str, int] = {}
    for one in operation.variable_definitions or ():
        name, default = one.variable.name.value, one.default_value
        value = given.get(name)
        if name not in given and isinstance(default, IntValueNode):
            value = int(default.value)
        if isinstance(value, int):
            sizes[name] = value
    return sizes


class Cost:
    """Works out the cost of one operation for some variables."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        sizes: Mapping[str, int],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._sizes = sizes
        self._known: dict[tuple[str, int], int] = {}

    def of(self, operation: OperationDefinitionNode) -> int:
        """Return the cost of an operation that is valid."""
        kind = self._schema.get_root_type(operation.operation)
        return self._selection(operation.selection_set, kind, 1)

    def _selection(self, node: SelectionSetNode | None, kind: Any, page: int) -> int:
        """Return the cost of a selection; `page` is the length of its `nodes` and `edges`."""
        return sum(self._part(part, kind, page) for part in node.selections) if node else 0

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
                    value = self._sizes.get(argument.value.name.value)
                if isinstance(value, int):
                    # Longer pages are refused, each with a sentence of its own.
                    return max(1, min(value, _LONGEST))
        return ASSUMED

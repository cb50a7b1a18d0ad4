"""Documents that a client could send: generated from the schema, with values that exist."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from graphql import (
    ArgumentNode,
    GraphQLInputObjectType,
    GraphQLSchema,
    IntValueNode,
    NameNode,
    ObjectFieldNode,
    ObjectValueNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    ValueNode,
    VariableNode,
    Visitor,
    get_named_type,
    parse,
    print_ast,
    value_from_ast_untyped,
    visit,
)
from hypothesis import strategies as st
from hypothesis_graphql import nodes, queries

_SCALARS = {
    "Date": st.dates().map(lambda day: nodes.String(day.isoformat())),
    "DateTime": st.datetimes().map(lambda at: nodes.String(at.isoformat())),
    "Decimal": st.decimals(0, 100, places=2).map(lambda number: nodes.String(str(number))),
    "JSON": st.just(nodes.String("x")),
}
"""Literals of our scalars."""
_TEXT_OPERATORS = {"contains", "eq", "gt", "gte", "in", "lt", "lte", "ne", "notIn", "startsWith"}
LOCALES = ("en", "fr", "de-AT", "nl", "xx-not-known", "EN")


class _Sensible(Visitor):
    """Replaces most values by such as exist, and some by variables."""

    def __init__(
        self,
        info: TypeInfo,
        known: Mapping[str, Sequence[str]],
        compared: Mapping[str, Sequence[str]],
        draw: Any,
    ) -> None:
        super().__init__()
        self._info = info
        self._compared = compared
        self._known = known
        self._draw = draw
        self.variables: dict[str, tuple[str, Any]] = {}

    def enter_argument(self, node: Any, *others: Any) -> Any:
        name, argument = node.name.value, self._info.get_argument()
        if argument is None:
            return None
        as_variable = self._draw(st.booleans())
        if name == "where" and self._compared:
            return None
        if name == "where" and as_variable:
            value = value_from_ast_untyped(node.value)
        else:
            value = self._value(name)
        if value is None:
            return None
        kind = str(argument.type)
        if as_variable:
            variable = f"v{len(self.variables)}"
            self.variables[variable] = kind, value
            literal: ValueNode = VariableNode(name=NameNode(value=variable))
        elif isinstance(value, int):
            literal = IntValueNode(value=str(value))
        else:
            literal = StringValueNode(value=value)
        return ArgumentNode(name=node.name, value=literal)

    def enter_object_field(self, node: Any, *others: Any) -> Any:
        """Compare a column with one of its values, where some are known."""
        column = node.name.value
        operators = get_named_type(self._info.get_input_type())
        if column not in self._compared or not isinstance(operators, GraphQLInputObjectType):
            return None
        possible = [name for name in operators.fields if name in _TEXT_OPERATORS]
        if not operators.name.endswith("Filter") or not possible:
            return None
        value = StringValueNode(value=self._draw(st.sampled_from(self._compared[column])))
        operator = NameNode(value=self._draw(st.sampled_from(possible)))
        compared = ObjectFieldNode(name=operator, value=value)
        return ObjectFieldNode(name=node.name, value=ObjectValueNode(fields=(compared,)))

    def _value(self, name: str) -> Any:
        if name in {"first", "last"}:
            return self._draw(st.sampled_from([1, 2, 3, 3, 5, 5, 100, 0]))
        if name in self._known:
            return self._draw(st.sampled_from(self._known[name]))
        return None


@st.composite
def documents(
    draw: Any,
    schema: GraphQLSchema,
    sdl: str,
    known: Mapping[str, Sequence[str]],
    compared: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> tuple[str, dict[str, Any]]:
    """Draw a document and its variables.

    `known` gives values by the name of an argument, `compared` by that of a field of a filter.
    """
    text = draw(queries(sdl, custom_scalars=_SCALARS, allow_x00=False, allow_null=False))
    info = TypeInfo(schema)
    sensible = _Sensible(info, known, compared, draw)
    node = visit(parse(str(text)), TypeInfoVisitor(info, sensible))
    declared = ", ".join(f"${name}: {kind}" for name, (kind, _) in sensible.variables.items())
    printed = print_ast(node)
    if declared:
        printed = f"query Generated({declared}) {printed}"
    return printed, {name: value for name, (_, value) in sensible.variables.items()}

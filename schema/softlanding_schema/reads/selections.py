"""Selections of a document, flattened for one object type."""

from collections.abc import Iterable, Mapping
from typing import Any

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLAbstractType,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionSetNode,
)
from graphql.execution.values import VariableValues, get_argument_values

Fields = dict[str, list[FieldNode]]


class Selections:
    """The selections of one operation, with variables as far as they are known."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: VariableValues,
    ) -> None:
        self.schema = schema
        self.fragments = fragments
        self.variables = variables

    def of(self, kind: GraphQLObjectType, nodes: Iterable[FieldNode]) -> Fields:
        """Return the fields selected below `nodes` for an object type, by response key."""
        found: Fields = {}
        seen: set[str] = set()
        for node in nodes:
            if node.selection_set is not None:
                self.collect(kind, node.selection_set, found, seen)
        return found

    def collect(
        self, kind: GraphQLObjectType, selected: SelectionSetNode, found: Fields, seen: set[str]
    ) -> None:
        """Add the fields of a selection set, in order; each fragment is spread once."""
        for node in selected.selections:
            if not self._included(node.directives or ()):
                continue
            if isinstance(node, FieldNode):
                key = node.alias.value if node.alias else node.name.value
                found.setdefault(key, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                if condition is None or self._applies(condition.name.value, kind):
                    self.collect(kind, node.selection_set, found, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                fragment = self.fragments[node.name.value]
                if self._applies(fragment.type_condition.name.value, kind):
                    self.collect(kind, fragment.selection_set, found, seen)

    def arguments(self, field: GraphQLField, node: FieldNode) -> dict[str, Any]:
        """Return the arguments of a field; raises `GraphQLError` where one is missing."""
        return get_argument_values(field, node, self.variables)

    def _applies(self, condition: str, kind: GraphQLObjectType) -> bool:
        if condition == kind.name:
            return True
        found = self.schema.get_type(condition)
        return isinstance(found, GraphQLAbstractType) and self.schema.is_sub_type(found, kind)

    def _included(self, directives: Iterable[DirectiveNode]) -> bool:
        for directive in directives:
            if directive.name.value == "skip":
                if get_argument_values(GraphQLSkipDirective, directive, self.variables)["if"]:
                    return False
            elif (
                directive.name.value == "include"
                and not (
                    get_argument_values(GraphQLIncludeDirective, directive, self.variables)["if"]
                )
            ):
                return False
        return True

"""The variables of one operation, coerced again and again.

graphql-core looks the types of variables up, and looks into every value, at each request. Most
variables are single words or numbers, for which all of that is known beforehand; where anything
else comes, graphql-core does it all.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from graphql import (
    GraphQLError,
    GraphQLLeafType,
    GraphQLSchema,
    OperationDefinitionNode,
    Undefined,
    get_nullable_type,
    is_leaf_type,
    is_non_null_type,
)
from graphql.execution.get_variable_signature import (
    GraphQLVariableSignature,
    get_variable_signature,
)
from graphql.execution.values import (
    VariableValues,
    VariableValueSource,
    get_variable_values,
)


class _Variable(NamedTuple):
    signature: GraphQLVariableSignature
    leaf: GraphQLLeafType | None
    required: bool


class Variables:
    """The variables that an operation declares."""

    def __init__(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> None:
        self._schema = schema
        self._definitions = operation.variable_definitions or ()
        self._known = [self._variable(definition) for definition in self._definitions]

    def _variable(self, definition: Any) -> _Variable:
        signature = get_variable_signature(self._schema, definition)
        assert not isinstance(signature, GraphQLError)  # noqa: S101 - the document is valid
        kind = get_nullable_type(signature.type)
        return _Variable(
            signature=signature,
            leaf=kind if is_leaf_type(kind) else None,
            required=is_non_null_type(signature.type),
        )

    def values(self, given: Mapping[str, Any]) -> VariableValues | None:
        """Return the values, or None where they are not as they should be."""
        sources: dict[str, VariableValueSource] = {}
        coerced: dict[str, Any] = {}
        for signature, leaf, required in self._known:
            value = given.get(signature.name, Undefined)
            if value is Undefined and not required and signature.default is None:
                sources[signature.name] = VariableValueSource(signature)
            elif leaf is None or value is None or value is Undefined:
                return self._values_of_any_kind(given)
            else:
                try:
                    coerced[signature.name] = leaf.coerce_input_value(value)
                except Exception:
                    return None
                if coerced[signature.name] is Undefined:
                    return None
                sources[signature.name] = VariableValueSource(signature, value)
        return VariableValues(sources, coerced)

    def _values_of_any_kind(self, given: Mapping[str, Any]) -> VariableValues | None:
        # One error is enough to know that graphql-core tells them.
        values = get_variable_values(self._schema, self._definitions, dict(given), max_errors=1)
        return None if isinstance(values, list) else values

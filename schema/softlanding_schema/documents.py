"""Documents: parsed, validated and measured once, for both ways of answering."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)
from graphql.validation.rules import overlapping_fields_can_be_merged
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from softlanding_schema.caches import BoundedCache
from softlanding_schema.costs import OperationCost
from softlanding_schema.introspection import MAX_INTROSPECTION
from softlanding_schema.limits import MAX_COMMENTS, MAX_ERRORS, faults

KEPT_SOURCE = 256 * 1024
"""So many characters of documents are kept; parsed and planned, one weighs a hundred times that."""
SHORTEST = 500
"""A shorter document weighs as much as one of so many characters."""
PLANS_OF_A_DOCUMENT = 16
_RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
_NOT_COMPARED = GraphQLError(
    "The document repeats its fields, or nests its fragments, too often to be checked."
    " Ask for each field once."
)
_TOO_MUCH_OF_THE_SCHEMA = GraphQLError(
    "The operation asks for more than the whole schema. Ask for it once."
)

# The worst validation is quadratic in overlapping fields; this ends it early.
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = 15_000


class UnknownOperation(Exception):  # noqa: N818 - a sentence for whoever sent the request
    """The document has no operation of the name that was asked for, or none at all."""


@dataclass(frozen=True)
class Document:
    """A document that can be executed, and what has been planned for it."""

    node: DocumentNode
    operations: Mapping[str, OperationDefinitionNode]
    fragments: Mapping[str, FragmentDefinitionNode]
    costs: Mapping[str, OperationCost]
    variables: dict[str, Any] = field(default_factory=dict)
    """What is known of the variables of its operations."""
    coordinates: dict[str, Any] = field(default_factory=dict)
    """The fields that its operations ask for, once somebody asked who may not read all."""
    plans: BoundedCache[Any] = field(default_factory=lambda: BoundedCache(PLANS_OF_A_DOCUMENT))

    def cost(self, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> int:
        """Return what one of its operations costs with these variables, before execution."""
        return self.costs[operation.name.value if operation.name else ""].of(variables)

    def asks_for_schema(self, operation: OperationDefinitionNode) -> bool:
        """Tell whether one of its operations asks for the schema."""
        return bool(self.costs[operation.name.value if operation.name else ""].introspection)

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """Return the operation of a name, or the only one.

        Raises `UnknownOperation`, and `GraphQLError` where there are several and none is named.
        """
        if name is not None:
            if name not in self.operations:
                raise UnknownOperation(f'Unknown operation named "{name}".')
            return self.operations[name]
        if len(self.operations) > 1:
            raise GraphQLError("The document has several operations; name one: operationName.")
        if not self.operations:
            raise UnknownOperation("Can't get GraphQL operation type")
        return next(iter(self.operations.values()))


def weight_of(source: str) -> int:
    """Return how much a document weighs among those that are kept."""
    return max(len(source), SHORTEST)


class Refusals(Exception):  # noqa: N818 - told to the client, one by one
    """Why a document is not executed."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(errors[0].message)
        self.errors = errors


class Documents:
    """The documents of one schema, each parsed and validated once.

    Refused ones are not kept. The others are kept apart by how many tokens they may have, and so
    by the kind of actor: a flood without tokens pushes out nothing that somebody registered uses.
    """

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self._kept: dict[int, BoundedCache[Document]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._kept.values()))

    def get(self, source: str, max_tokens: int, *, suggesting: bool = True) -> Document:
        """Return the document of a source text; raises `Refusals`.

        What the schema has instead of an unknown name is told only where `suggesting`.
        """
        kept = self._kept.get(max_tokens)
        if kept is None:
            kept = self._kept[max_tokens] = BoundedCache(KEPT_SOURCE, weigh=weight_of)
        known = kept.get(source)
        if known is None:
            known = self._read(source, max_tokens, suggesting)
            kept.put(source, known)
        return known

    def _read(self, source: str, max_tokens: int, suggesting: bool) -> Document:
        try:
            node = parse(source, max_lexical_tokens=max_tokens, max_comments=MAX_COMMENTS)
        except GraphQLError as error:
            raise Refusals([error]) from None
        except RecursionError:
            raise Refusals([GraphQLError("The document is nested without measure.")]) from None
        # What is cheap comes first: a document above a limit is not validated.
        above = [GraphQLError(fault) for fault in faults(node)]
        if errors := above or self._errors_of(node, suggesting):
            raise Refusals(errors)
        definitions = node.definitions
        operations = {
            one.name.value if one.name else "": one
            for one in definitions
            if isinstance(one, OperationDefinitionNode)
        }
        fragments = {
            one.name.value: one for one in definitions if isinstance(one, FragmentDefinitionNode)
        }
        costs = {
            name: OperationCost(self.schema, fragments, one) for name, one in operations.items()
        }
        if any(one.introspection > MAX_INTROSPECTION for one in costs.values()):
            raise Refusals([_TOO_MUCH_OF_THE_SCHEMA])
        return Document(node=node, operations=operations, fragments=fragments, costs=costs)

    def _errors_of(self, node: DocumentNode, suggesting: bool) -> list[GraphQLError]:
        # The library adds one error where there are more.
        errors = validate(
            self.schema,
            node,
            _RULES,
            max_errors=MAX_ERRORS - 1,
            hide_suggestions=not suggesting,
        )
        return [
            # So the library ends its comparison, without saying why.
            _NOT_COMPARED if error.message == "Validation aborted." else error
            for error in errors
        ]

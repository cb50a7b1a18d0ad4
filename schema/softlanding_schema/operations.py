"""Which operation of a document is executed."""

from collections.abc import Iterator

from graphql import GraphQLError, OperationDefinitionNode
from strawberry.extensions import SchemaExtension


class NamedOperation(SchemaExtension):
    """Refuses a document of several operations without the name of one.

    The library would execute the first; the specification asks for an error.
    """

    def on_validate(self) -> Iterator[None]:
        """Look after the validation cache, whose errors come first."""
        context = self.execution_context
        document = context.graphql_document
        unnamed = context._provided_operation_name is None  # noqa: SLF001 - the public name falls back to the first operation
        if document is not None and unnamed and not context.pre_execution_errors:
            operations = [
                node for node in document.definitions if isinstance(node, OperationDefinitionNode)
            ]
            if len(operations) > 1:
                context.pre_execution_errors = [
                    GraphQLError("The document has several operations; name one: operationName.")
                ]
        yield

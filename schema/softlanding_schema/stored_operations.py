"""Operations that are stored with a webhook: checked when stored, and asked by the product."""

from typing import Any
from uuid import UUID

import orjson
from graphql import GraphQLError, OperationDefinitionNode, OperationType, print_ast

from softlanding.actors import Actor
from softlanding.request_ids import REQUEST_ID
from softlanding.services.core import Core
from softlanding_schema.context import RequestContext
from softlanding_schema.costs import limit_for
from softlanding_schema.documents import Document, Documents, Refusals, UnknownOperation
from softlanding_schema.execution import Executor
from softlanding_schema.limits import max_tokens
from softlanding_schema.reads.global_ids import encode
from softlanding_schema.reads.scopes import Coordinates
from softlanding_schema.server.errors import shown

_ID = "ID!"


class StoredOperations:
    """The GraphQL face as services see it: `Operations` of one open core with one schema."""

    def __init__(self, core: Core, documents: Documents, executor: Executor) -> None:
        self._core = core
        self._documents = documents
        self._executor = executor
        self._coordinates = Coordinates(documents.schema)

    def fault(self, query: str, *, actor: Actor) -> str | None:
        """Return why an operation cannot be stored, in a sentence, or None."""
        try:
            self._checked(query, actor)
        except _NotToBeStored as fault:
            return str(fault)
        return None

    async def answer(
        self, query: str, *, object_type: str, object_id: UUID, actor: Actor
    ) -> tuple[str, dict[str, Any]]:
        """Return the global id of an object, and what an operation about it answers to somebody.

        An operation that cannot be asked any more, since the schema or the key has changed, answers
        with an error that says so.
        """
        about = encode(object_type, object_id)
        try:
            document, operation = self._checked(query, actor)
        except _NotToBeStored as fault:
            return about, {"errors": [{"message": str(fault)}]}
        variables = {"id": about} if operation.variable_definitions else {}
        context = RequestContext(core=self._core, actor=actor, request_id=REQUEST_ID.get())
        executed = await self._executor.execute(
            document, operation, variables, context, suggesting=False
        )
        result: dict[str, Any] = {"data": orjson.loads(executed.data) if executed.data else None}
        if executed.errors:
            result["errors"] = [shown(error, context.request_id) for error in executed.errors]
        return about, result

    def _checked(self, query: str, actor: Actor) -> tuple[Document, OperationDefinitionNode]:
        try:
            document = self._documents.get(query, max_tokens(actor), suggesting=False)
            operation = document.operation(None)
        except (Refusals, GraphQLError, UnknownOperation) as refused:
            raise _NotToBeStored(_sentence(refused)) from None
        if operation.operation is not OperationType.QUERY:
            raise _NotToBeStored("it must be a query")
        for variable in operation.variable_definitions or ():
            if variable.variable.name.value != "id" or print_ast(variable.type) != _ID:
                raise _NotToBeStored("the one variable that it may take is $id: ID!")
        # Keys that may ask for the schema do so by themselves: it is no answer to an event.
        if document.asks_for_schema(operation):
            raise _NotToBeStored("it asks for the schema")
        if beyond := self._coordinates.beyond_reach(actor, document, operation):
            raise _NotToBeStored(beyond.message.rstrip("."))
        cost, limit = document.cost(operation, {"id": ""}), limit_for(actor)
        if cost > limit:
            raise _NotToBeStored(f"it costs {cost}, and the key may ask for {limit}")
        return document, operation


class _NotToBeStored(Exception):  # noqa: N818 - its text is a sentence
    """Why an operation is not to be stored."""


def _sentence(refused: Exception) -> str:
    message = refused.message if isinstance(refused, GraphQLError) else str(refused)
    return message.rstrip(".")

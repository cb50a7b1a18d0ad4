"""Executing an operation: by its plan where it has one, by graphql-core otherwise.

Nobody can tell from an answer which way gave it.
"""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import dataclass
from typing import Any, Literal

import orjson
from graphql import ExecutionResult, GraphQLError, OperationDefinitionNode, execute
from graphql import Executor as LibraryExecutor
from graphql.execution import create_source_event_stream, execute_subscription_event
from strawberry.utils.await_maybe import await_maybe

from softlanding.services.core import Core
from softlanding_schema.compose import TABLES, ComposedSchema
from softlanding_schema.context import RequestContext
from softlanding_schema.documents import Document
from softlanding_schema.limits import MAX_ERRORS
from softlanding_schema.reads.catalogue import Catalogue
from softlanding_schema.reads.running import PlannedReads

# The library adds one error where there are more.
_MAX_COERCION_ERRORS = MAX_ERRORS - 1


@dataclass(frozen=True)
class Executed:
    """The data as JSON, None before execution began; the errors; and which way it went."""

    data: bytes | None
    errors: list[GraphQLError]
    path: Literal["plan", "graphql-core"]


class Executor:
    """Executes the operations of one open core with one schema."""

    def __init__(self, core: Core, schema: ComposedSchema, *, planned: bool) -> None:
        """`planned` is false where graphql-core answers everything."""
        self._schema = schema
        self._executor_class = schema.execution_context_class or LibraryExecutor
        self._reads = PlannedReads(core, Catalogue(schema, TABLES)) if planned else None

    async def execute(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        context: RequestContext,
        *,
        suggesting: bool = True,
    ) -> Executed:
        """Return what an operation answers; `suggesting` is as for documents."""
        if self._reads is not None:
            planned = await self._reads.answer(document, operation, variables, context)
            if planned is not None:
                return Executed(*planned, "plan")
        result: ExecutionResult = await await_maybe(
            execute(
                self._schema._schema,  # noqa: SLF001 - the executable schema has no public name
                document.node,
                context_value=context,
                variable_values=dict(variables),
                operation_name=_name(operation),
                executor_class=self._executor_class,
                max_coercion_errors=_MAX_COERCION_ERRORS,
                hide_suggestions=not suggesting,
            )
        )
        return _executed(result)

    async def follow(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        context: RequestContext,
        *,
        around: Callable[[], AbstractAsyncContextManager[None]],
        suggesting: bool,
    ) -> AsyncGenerator[Executed, None]:
        """Yield what a subscription answers to each event, worked out inside of `around`."""
        built = self._executor_class.build(
            self._schema._schema,  # noqa: SLF001 - the executable schema has no public name
            document.node,
            context_value=context,
            raw_variable_values=dict(variables),
            operation_name=_name(operation),
            max_coercion_errors=_MAX_COERCION_ERRORS,
            hide_suggestions=not suggesting,
        )
        if isinstance(built, list):
            yield Executed(None, built, "graphql-core")
            return
        events: Any = await await_maybe(create_source_event_stream(built))
        if isinstance(events, ExecutionResult):
            yield _executed(events)
            return
        async with aclosing(events):
            async for event in events:
                async with around():
                    result = await await_maybe(
                        execute_subscription_event(built.build_per_event_executor(event))
                    )
                yield _executed(result)


def _name(operation: OperationDefinitionNode) -> str | None:
    return operation.name.value if operation.name else None


def _executed(result: ExecutionResult) -> Executed:
    errors = result.errors or []
    executed = result.data is not None or not errors or any(one.path for one in errors)
    return Executed(orjson.dumps(result.data) if executed else None, errors, "graphql-core")

"""Operations: let in, executed and followed, whatever way they came.

By POST, by GET, as server-sent events or over a websocket: what is asked goes through here, so that
no way has fewer limits than another.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode, OperationType

from softlanding.actors import Actor
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.request_ids import REQUEST_ID
from softlanding.services.changes import FellBehind
from softlanding.services.core import Core
from softlanding.storage.database import watched
from softlanding_schema.context import RequestContext
from softlanding_schema.costs import limit_for
from softlanding_schema.documents import Document, Documents, Refusals, UnknownOperation
from softlanding_schema.execution import Executed, Executor
from softlanding_schema.limits import fault_of_variables, max_tokens, most_given
from softlanding_schema.reads.scopes import Coordinates
from softlanding_schema.server.answers import Rejection, problem_error
from softlanding_schema.server.errors import shown
from softlanding_schema.server.metrics import Metrics
from softlanding_schema.server.persisted_documents import NotPersisted, PersistedDocuments
from softlanding_schema.server.request import GraphQLRequest
from softlanding_schema.server.seats import Seats
from softlanding_schema.server.turns import Turns

ANSWER_SECONDS = 9.0
"""How long an answer may take in all. A unit of work that has begun comes to its end without us."""

TOO_LATE = Problem(
    code=Code.UNAVAILABLE,
    message="There was no answer in time; a change may still happen.",
    hint="Read the object again before you repeat the request, or send an Idempotency-Key.",
)
_LEFT_BEHIND = Problem(
    code=Code.UNAVAILABLE,
    message="More happened than you took.",
    hint="Read what you follow, then follow it again.",
)


class NotAdmitted(Exception):  # noqa: N818 - its errors are the answer
    """An operation is not executed; `errors` say why, as the client is told them."""

    def __init__(
        self,
        errors: list[dict[str, Any]],
        *,
        status: int | None = None,
        extensions: Mapping[str, Any] | None = None,
    ) -> None:
        """`status` is that of HTTP where it is the same in both media types."""
        super().__init__(errors[0]["message"])
        self.errors = errors
        self.status = status
        self.extensions = extensions or {}


@dataclass(frozen=True)
class Admitted:
    """An operation that may be executed, with its variables and its cost."""

    document: Document
    operation: OperationDefinitionNode
    variables: dict[str, Any]
    cost: int
    limit: int
    suggesting: bool

    @property
    def kind(self) -> OperationType:
        """Whether it reads, changes or follows."""
        return self.operation.operation

    @property
    def name(self) -> str | None:
        """Its name."""
        return self.operation.name.value if self.operation.name else None

    @property
    def extensions(self) -> dict[str, Any]:
        """What is told beside the data."""
        return {"cost": {"requested": self.cost, "limit": self.limit}}


@dataclass(frozen=True)
class Result:
    """What an operation answered; `data` is None where it was not executed."""

    data: bytes | None
    errors: list[dict[str, Any]]
    extensions: Mapping[str, Any] = field(default_factory=dict)
    path: str = ""
    statements: Sequence[str] = ()
    """The statements that were run for it."""


class Operations:
    """The operations of one open core with one schema."""

    def __init__(
        self,
        core: Core,
        documents: Documents,
        executor: Executor,
        metrics: Metrics,
        registered: Mapping[str, str],
        *,
        open_introspection: bool,
    ) -> None:
        self.core = core
        self.turns = Turns()
        self.seats = Seats()
        metrics.watch_streams(lambda: len(core.changes))
        self._documents = documents
        self._executor = executor
        self._metrics = metrics
        self._persisted = PersistedDocuments(registered)
        self._open_introspection = open_introspection
        self._coordinates = Coordinates(documents.schema)

    def admit(self, asked: GraphQLRequest, actor: Actor) -> Admitted:
        """Return an operation that the actor may have executed; raises `NotAdmitted`."""
        suggesting = self._open_introspection or actor.reads_schema
        variables = asked.variables or {}
        try:
            asked = self._persisted.with_text(asked)
            document = self._documents.get(asked.query, max_tokens(actor), suggesting=suggesting)
            operation = document.operation(asked.operation_name)
            if fault := fault_of_variables(variables, most_given(actor, operation)):
                raise GraphQLError(fault)
        except NotPersisted as unknown:
            raise NotAdmitted([dict(unknown.error)]) from None
        except UnknownOperation as unknown:
            problem = Problem(code=Code.INVALID, message=str(unknown), hint="Check operationName.")
            raise NotAdmitted([problem_error(problem)], status=400) from None
        except (Refusals, GraphQLError) as refused:
            errors = refused.errors if isinstance(refused, Refusals) else [refused]
            raise NotAdmitted([shown(error, REQUEST_ID.get()) for error in errors]) from None
        if document.asks_for_schema(operation) and not suggesting:
            raise NotAdmitted([problem_error(_NO_INTROSPECTION)])
        if beyond := self._coordinates.beyond_reach(actor, document, operation):
            raise NotAdmitted([problem_error(beyond)])
        admitted = Admitted(
            document=document,
            operation=operation,
            variables=variables,
            cost=document.cost(operation, variables),
            limit=limit_for(actor),
            suggesting=suggesting,
        )
        if admitted.cost > admitted.limit:
            problem = _too_costly(admitted)
            raise NotAdmitted([problem_error(problem)], extensions=admitted.extensions)
        if asked.named:
            self._persisted.keep(asked.named, asked.query)
        return admitted

    async def execute(
        self, admitted: Admitted, context: RequestContext, *, explaining: bool = False
    ) -> Result:
        """Return what an operation answers."""
        started = time.perf_counter()
        with watched() as statements:
            executed = await self._executor.execute(
                admitted.document,
                admitted.operation,
                admitted.variables,
                context,
                suggesting=admitted.suggesting,
            )
        seconds = time.perf_counter() - started
        extensions = admitted.extensions
        if explaining:
            extensions["plan"] = {
                "path": executed.path,
                "milliseconds": round(seconds * 1000, 2),
                "statements": statements,
                "loaderCalls": context.loader_calls,
            }
        self._metrics.count(
            admitted.name, executed.path, errors=bool(executed.errors), seconds=seconds
        )
        return self._result(context, executed, extensions, statements)

    async def results(
        self, admitted: Admitted, context: RequestContext, asker: bytes
    ) -> AsyncGenerator[Result, None]:
        """Yield what an operation answers: once, or as often as what it follows changes.

        The last one may be an error without data, which says why nothing more will follow. Raises
        `Ended` where another process goes on.
        """
        try:
            if admitted.kind is not OperationType.SUBSCRIPTION:
                async with asyncio.timeout(ANSWER_SECONDS), self.turns.one(asker):
                    result = await self.execute(admitted, context)
                yield result
                return
            who = context.actor.known_as
            with self.seats.one(who.encode() if who else asker):
                async with aclosing(self._followed(admitted, context, asker)) as followed:
                    async for result in followed:
                        yield result
        except Refused as refused:
            yield _end(refused.problems[0])
        except Rejection as rejected:
            yield _end(rejected.problem)
        except FellBehind:
            yield _end(_LEFT_BEHIND)
        except TimeoutError:
            yield _end(TOO_LATE)

    async def _followed(
        self, admitted: Admitted, context: RequestContext, asker: bytes
    ) -> AsyncGenerator[Result, None]:
        """Yield what a subscription answers to each event."""

        @asynccontextmanager
        async def turn() -> AsyncIterator[None]:
            async with asyncio.timeout(ANSWER_SECONDS), self.turns.one(asker):
                yield

        executions = self._executor.follow(
            admitted.document,
            admitted.operation,
            admitted.variables,
            context,
            around=turn,
            suggesting=admitted.suggesting,
        )
        async with aclosing(executions):
            async for executed in executions:
                yield self._result(context, executed, {})

    def _result(
        self,
        context: RequestContext,
        executed: Executed,
        extensions: Mapping[str, Any],
        statements: Sequence[str] = (),
    ) -> Result:
        errors = [shown(error, context.request_id) for error in executed.errors]
        return Result(executed.data, errors, extensions, executed.path, statements)


_NO_INTROSPECTION = Problem(
    code=Code.FORBIDDEN,
    message="The schema is shown to staff, and to keys with that scope.",
    hint="The schema stands in schema/schema.graphql of the product.",
)


def _end(problem: Problem) -> Result:
    return Result(None, [problem_error(problem)])


def _too_costly(admitted: Admitted) -> Problem:
    return Problem(
        code=Code.COST_TOO_HIGH,
        message=f"The operation costs {admitted.cost}; at most {admitted.limit}.",
        hint="Ask for shorter pages (`first`), fewer lists inside of lists, or in several"
        " requests.",
    )

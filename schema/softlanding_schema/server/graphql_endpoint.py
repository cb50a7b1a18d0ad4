"""`/graphql`: GraphQL over HTTP, as a raw ASGI application."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode, OperationType
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from softlanding.actors import Actor
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.request_ids import REQUEST_ID
from softlanding.services.core import Core
from softlanding.services.repeating import keep_answer, kept_answer
from softlanding.storage.database import watched
from softlanding_schema.context import RequestContext, SentKey
from softlanding_schema.costs import limit_for
from softlanding_schema.documents import Document, Documents, Refusals, UnknownOperation
from softlanding_schema.execution import Executor
from softlanding_schema.limits import fault_of_variables, max_tokens, most_given
from softlanding_schema.reads.scopes import Coordinates
from softlanding_schema.server import request as incoming
from softlanding_schema.server.actors import actor_of
from softlanding_schema.server.answers import (
    Answer,
    Rejection,
    graphql_answer,
    problem_error,
    refusal,
    repeated_answer,
)
from softlanding_schema.server.cookies import Cookies
from softlanding_schema.server.errors import shown
from softlanding_schema.server.http_caching import HTTPCaching
from softlanding_schema.server.idempotency_keys import sent_key
from softlanding_schema.server.metrics import Metrics
from softlanding_schema.server.negotiation import JSON
from softlanding_schema.server.negotiation import media_type as accepted
from softlanding_schema.server.persisted_documents import NotPersisted, PersistedDocuments
from softlanding_schema.server.turns import Turns, asker_of

ANSWER_SECONDS = 9.0
"""How long an answer may take in all. A unit of work that has begun comes to its end without us."""

_TOO_LATE = Problem(
    code=Code.UNAVAILABLE,
    message="There was no answer in time; a change may still happen.",
    hint="Read the object again before you repeat the request, or send an Idempotency-Key.",
)
_METHODS_TOLD = Answer(b"", 204, [(b"allow", ", ".join(incoming.METHODS).encode())])
_EXPLAIN = b"x-softlanding-plan"
"""Header with which staff asks how an operation was answered: `extensions.plan`."""


class GraphQLEndpoint:
    """Answers GraphQL requests of one open core with one schema."""

    def __init__(
        self,
        core: Core,
        documents: Documents,
        executor: Executor,
        metrics: Metrics,
        *,
        open_introspection: bool,
        cookies: Cookies,
        registered: Mapping[str, str],
        cache_seconds: int,
    ) -> None:
        self._turns = Turns()
        self._persisted = PersistedDocuments(registered)
        self._caching = HTTPCaching(cache_seconds)
        self._cookies = cookies
        self._metrics = metrics
        self._open_introspection = open_introspection
        self._coordinates = Coordinates(documents.schema)
        self._core = core
        self._documents = documents
        self._executor = executor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["method"] == "OPTIONS":
            await _METHODS_TOLD(scope, receive, send)
            return
        headers = dict(scope["headers"])
        media_type = accepted(headers.get(b"accept", b"")) or JSON
        try:
            incoming.refuse_unanswerable(scope["method"], headers)
            asked = await incoming.read(scope, headers, receive)
            async with (
                asyncio.timeout(ANSWER_SECONDS),
                self._turns.one(asker_of(scope, headers)),
            ):
                actor = await actor_of(self._core, self._cookies, headers)
                asked = self._persisted.with_text(asked)
                answer = await self._answer(
                    asked, actor, media_type, scope, headers, sent_key(headers, asked)
                )
        except NotPersisted as unknown:
            answer = graphql_answer(None, [unknown.error], media_type)
        except ClientDisconnect:
            return
        except TimeoutError:
            told = {"retry-after": "1"}
            answer = refusal(_TOO_LATE, status=503, media_type=media_type, headers=told)
        except Rejection as rejected:
            answer = refusal(
                rejected.problem,
                status=rejected.status,
                media_type=media_type,
                headers=rejected.headers,
            )
        except Refused as refused:
            problem = refused.problems[0]
            if problem.code is Code.UNAUTHENTICATED:
                told = {"www-authenticate": 'Bearer realm="softlanding"'}
                if b"authorization" not in headers:
                    told["set-cookie"] = self._cookies.forgetting()
                answer = refusal(problem, status=401, media_type=media_type, headers=told)
            elif problem.code is Code.FORBIDDEN:
                answer = refusal(problem, status=403, media_type=media_type)
            else:
                told = {"retry-after": "1"}
                answer = refusal(problem, status=503, media_type=media_type, headers=told)
        await answer(scope, receive, send)

    async def _answer(
        self,
        asked: incoming.GraphQLRequest,
        actor: Actor,
        media_type: str,
        scope: Scope,
        headers: Mapping[bytes, bytes],
        sent: SentKey | None,
    ) -> Answer:
        told: dict[str, Any] = scope.get("told", {})
        told |= {"operation": asked.operation_name, "actor": actor.kind}
        request_id = REQUEST_ID.get()
        suggesting = self._may_introspect(actor)
        try:
            document = self._documents.get(asked.query, max_tokens(actor), suggesting=suggesting)
            operation = document.operation(asked.operation_name)
            if fault := fault_of_variables(asked.variables or {}, most_given(actor, operation)):
                raise GraphQLError(fault)
        except UnknownOperation as unknown:
            problem = Problem(code=Code.INVALID, message=str(unknown), hint="Check operationName.")
            return refusal(problem, status=400, media_type=media_type)
        except (Refusals, GraphQLError) as refused:
            errors = refused.errors if isinstance(refused, Refusals) else [refused]
            told["errors"] = len(errors)
            return graphql_answer(None, [shown(error, request_id) for error in errors], media_type)
        if beyond := self._beyond_reach(document, operation, actor):
            return graphql_answer(None, [problem_error(beyond)], media_type)
        if asked.read_only and operation.operation is not OperationType.QUERY:
            raise incoming.BadRequest(
                405, "GET is for queries.", "Send it by POST.", headers={"allow": "POST"}
            )
        cost, limit = document.cost(operation, asked.variables or {}), limit_for(actor)
        told["cost"] = cost
        extensions: dict[str, Any] = {"cost": {"requested": cost, "limit": limit}}
        if cost > limit:
            refused_for = problem_error(_too_costly(cost, limit))
            return graphql_answer(None, [refused_for], media_type, extensions)
        if asked.named:
            self._persisted.keep(asked.named, asked.query)
        who = actor.known_as
        if operation.operation is not OperationType.MUTATION or who is None:
            sent = None
        elif sent is not None and (
            kept := await kept_answer(self._core, who, sent.key, sent.request)
        ):
            return repeated_answer(kept, media_type)
        context = RequestContext(core=self._core, actor=actor, request_id=request_id, sent_key=sent)
        started = time.perf_counter()
        with watched() as statements:
            executed = await self._executor.execute(
                document, operation, asked.variables or {}, context, suggesting=suggesting
            )
        seconds = time.perf_counter() - started
        told |= {"answered_by": executed.path, "errors": len(executed.errors)}
        self._metrics.count(
            operation.name.value if operation.name else None,
            executed.path,
            errors=bool(executed.errors),
            seconds=seconds,
        )
        if _EXPLAIN in headers and (actor.reads_everything or actor.staff_of):
            extensions["plan"] = {
                "path": executed.path,
                "milliseconds": round(seconds * 1000, 2),
                "statements": statements,
                "loaderCalls": context.loader_calls,
            }
        answer = graphql_answer(
            executed.data,
            [shown(error, request_id) for error in executed.errors],
            media_type,
            extensions,
        )
        if sent is not None and who is not None and not executed.errors:
            await keep_answer(self._core, who, sent.key, asked.query, bytes(answer.body))
        if asked.read_only and not executed.errors and _EXPLAIN not in headers:
            return self._caching.of_read(answer, headers, actor)
        return answer

    def _beyond_reach(
        self, document: Document, operation: OperationDefinitionNode, actor: Actor
    ) -> Problem | None:
        """Tell what of an operation the actor may not ask for, whatever the rows are."""
        name = operation.name.value if operation.name else ""
        if document.costs[name].introspection and not self._may_introspect(actor):
            return _NO_INTROSPECTION
        if actor.scope is None:
            return None
        coordinates = document.coordinates.get(name)
        if coordinates is None:
            coordinates = self._coordinates.of(operation, document.fragments)
            document.coordinates[name] = coordinates
        return self._coordinates.refused(actor.scope, coordinates)

    def _may_introspect(self, actor: Actor) -> bool:
        return self._open_introspection or actor.reads_schema


_NO_INTROSPECTION = Problem(
    code=Code.FORBIDDEN,
    message="The schema is shown to staff, and to keys with that scope.",
    hint="The schema stands in schema/schema.graphql of the product.",
)


def _too_costly(cost: int, limit: int) -> Problem:
    return Problem(
        code=Code.COST_TOO_HIGH,
        message=f"The operation costs {cost}; at most {limit}.",
        hint="Ask for shorter pages (`first`), fewer lists inside of lists, or in several"
        " requests.",
    )

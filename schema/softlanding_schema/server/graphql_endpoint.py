"""`/graphql`: GraphQL over HTTP, as a raw ASGI application."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from graphql import OperationType
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from softlanding.actors import Actor
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.request_ids import REQUEST_ID
from softlanding.services.repeating import keep_answer, kept_answer
from softlanding_schema.context import RequestContext, SentKey
from softlanding_schema.server import request as incoming
from softlanding_schema.server.actors import actor_of
from softlanding_schema.server.answers import (
    Answer,
    Rejection,
    graphql_answer,
    refusal,
    repeated_answer,
)
from softlanding_schema.server.cookies import Cookies
from softlanding_schema.server.event_stream import EventStream
from softlanding_schema.server.http_caching import HTTPCaching
from softlanding_schema.server.idempotency_keys import sent_key
from softlanding_schema.server.negotiation import EVENT_STREAM, JSON, takes_events
from softlanding_schema.server.negotiation import media_type as accepted
from softlanding_schema.server.operations import (
    ANSWER_SECONDS,
    TOO_LATE,
    Admitted,
    NotAdmitted,
    Operations,
)
from softlanding_schema.server.turns import asker_of

_METHODS_TOLD = Answer(b"", 204, [(b"allow", ", ".join(incoming.METHODS).encode())])
_EXPLAIN = b"x-softlanding-plan"
"""Header with which staff asks how an operation was answered: `extensions.plan`."""

_TO_BE_FOLLOWED = incoming.BadRequest(
    406,
    "A subscription is answered by a stream of events.",
    f"Send `Accept: {EVENT_STREAM}`, or use a websocket with graphql-transport-ws.",
)
_NOT_REPEATED = incoming.BadRequest(
    400,
    "A stream of events is not answered again for an Idempotency-Key.",
    f"Leave the header out, or accept {JSON}.",
)


class GraphQLEndpoint:
    """Answers GraphQL requests."""

    def __init__(self, operations: Operations, *, cookies: Cookies, cache_seconds: int) -> None:
        self._operations = operations
        self._core = operations.core
        self._caching = HTTPCaching(operations.core, cache_seconds)
        self._cookies = cookies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["method"] == "OPTIONS":
            await _METHODS_TOLD(scope, receive, send)
            return
        headers = dict(scope["headers"])
        if (unchanged := self._caching.unchanged(scope, headers)) is not None:
            await unchanged(scope, receive, send)
            return
        media_type = accepted(headers.get(b"accept", b"")) or JSON
        # What is refused before it is an operation is told in JSON.
        told_as = JSON if media_type == EVENT_STREAM else media_type
        answer: Answer | EventStream
        try:
            incoming.refuse_unanswerable(scope["method"], headers)
            asked = await incoming.read(scope, headers, receive)
            async with (
                asyncio.timeout(ANSWER_SECONDS),
                self._operations.turns.one(asker_of(scope, headers)),
            ):
                who = partial(actor_of, self._core, self._cookies, headers)
                answer = await self._answer(asked, who, media_type, scope, headers)
        except ClientDisconnect:
            return
        except TimeoutError:
            told = {"retry-after": "1"}
            answer = refusal(TOO_LATE, status=503, media_type=told_as, headers=told)
        except Rejection as rejected:
            answer = refusal(
                rejected.problem,
                status=rejected.status,
                media_type=told_as,
                headers=rejected.headers,
            )
        except Refused as refused:
            answer = self._unwelcome(refused.problems[0], headers, told_as)
        await answer(scope, receive, send)

    def _unwelcome(
        self, problem: Problem, headers: Mapping[bytes, bytes], media_type: str
    ) -> Answer:
        """Answer whoever is not let in."""
        if problem.code is Code.UNAUTHENTICATED:
            told = {"www-authenticate": 'Bearer realm="softlanding"'}
            if b"authorization" not in headers:
                told["set-cookie"] = self._cookies.forgetting()
            return refusal(problem, status=401, media_type=media_type, headers=told)
        if problem.code is Code.FORBIDDEN:
            return refusal(problem, status=403, media_type=media_type)
        told = {"retry-after": "1"}
        return refusal(problem, status=503, media_type=media_type, headers=told)

    async def _answer(
        self,
        asked: incoming.GraphQLRequest,
        who: Callable[[], Awaitable[Actor]],
        media_type: str,
        scope: Scope,
        headers: Mapping[bytes, bytes],
    ) -> Answer | EventStream:
        actor = await who()
        sent = sent_key(headers, asked)
        told: dict[str, Any] = scope.get("told", {})
        told |= {"operation": asked.operation_name, "actor": actor.kind}
        try:
            admitted = self._operations.admit(asked, actor)
        except NotAdmitted as refused:
            told["errors"] = len(refused.errors)
            if media_type == EVENT_STREAM:
                return EventStream.of_errors(refused.errors)
            return graphql_answer(
                None, refused.errors, media_type, refused.extensions, status=refused.status
            )
        told["cost"] = admitted.cost
        if asked.read_only and admitted.kind is OperationType.MUTATION:
            raise incoming.BadRequest(
                405,
                "GET is for queries and subscriptions.",
                "Send it by POST.",
                headers={"allow": "POST"},
            )
        context = RequestContext(
            core=self._core, actor=actor, request_id=REQUEST_ID.get(), again=who
        )
        follows = admitted.kind is OperationType.SUBSCRIPTION
        if media_type == EVENT_STREAM or (follows and takes_events(headers.get(b"accept", b""))):
            if sent is not None:
                raise _NOT_REPEATED
            asker = asker_of(scope, headers)
            return EventStream(self._operations.results(admitted, context, asker))
        if follows:
            raise _TO_BE_FOLLOWED
        if admitted.kind is OperationType.MUTATION and sent is not None:
            return await self._changed_once(admitted, context, sent, media_type, asked.query, told)
        explaining = _EXPLAIN in headers
        asking = self._caching.begin(scope, headers, context)
        result = await self._operations.execute(
            admitted,
            context,
            explaining=explaining and (actor.reads_everything or bool(actor.staff_of)),
        )
        told |= {"answered_by": result.path, "errors": len(result.errors)}
        answer = graphql_answer(result.data, result.errors, media_type, result.extensions)
        if asked.read_only and not result.errors and not explaining:
            return self._caching.of_read(
                answer,
                result,
                actor,
                scope,
                if_none_match=headers.get(b"if-none-match", b""),
                asking=asking,
            )
        return answer

    async def _changed_once(
        self,
        admitted: Admitted,
        context: RequestContext,
        sent: SentKey,
        media_type: str,
        query: str,
        told: dict[str, Any],
    ) -> Answer:
        """Change something, once however often the same request is sent with a key."""
        who = context.actor.known_as
        if who is not None:
            if kept := await kept_answer(self._core, who, sent.key, sent.request):
                return repeated_answer(kept, media_type)
            context.sent_key = sent
        result = await self._operations.execute(admitted, context)
        told |= {"answered_by": result.path, "errors": len(result.errors)}
        answer = graphql_answer(result.data, result.errors, media_type, result.extensions)
        if who is not None and not result.errors:
            await keep_answer(self._core, who, sent.key, query, bytes(answer.body))
        return answer

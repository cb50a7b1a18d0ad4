"""`/graphql`: GraphQL over HTTP."""

import time
from typing import Any

import structlog
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response
from strawberry.exceptions import StrawberryGraphQLError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.graphql import OperationType

from softlanding.access import ANONYMOUS, Actor
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.host.guard import PluginFailed
from softlanding.services.core import Core
from softlanding.services.tokens import authenticate
from softlanding_schema.compose import ComposedSchema
from softlanding_schema.context import RequestContext
from softlanding_schema.server import request as incoming
from softlanding_schema.server.answers import (
    GRAPHQL_JSON,
    JSON,
    json_answer,
    problem_error,
    refusal,
)

log = structlog.get_logger("softlanding.graphql")
_READ = (OperationType.QUERY,)
_READ_AND_WRITE = (OperationType.QUERY, OperationType.MUTATION)


class GraphQLEndpoint:
    """Answers GraphQL requests of one open core with one schema."""

    def __init__(self, core: Core, schema: ComposedSchema) -> None:
        self._core = core
        self._schema = schema

    async def __call__(self, request: Request) -> Response:
        """Answer one request."""
        media_type = _negotiated(request.headers.get("accept", ""))
        try:
            actor = await self._actor(request)
            asked = await incoming.read(request)
        except incoming.BadRequest as bad:
            return refusal(
                bad.problem, status=bad.status, media_type=media_type, headers=bad.headers
            )
        except Refused as refused:
            problem = refused.problems[0]
            if problem.code is Code.UNAUTHENTICATED:
                headers = {"www-authenticate": 'Bearer realm="softlanding"'}
                return refusal(problem, status=401, media_type=media_type, headers=headers)
            headers = {"retry-after": "1"}
            return refusal(problem, status=503, media_type=media_type, headers=headers)
        return await self._answer(asked, actor, media_type)

    async def _actor(self, request: Request) -> Actor:
        header = request.headers.get("authorization")
        if header is None:
            return ANONYMOUS
        scheme, _, token = header.partition(" ")
        actor = None
        if scheme.lower() == "bearer" and token.strip():
            actor = await authenticate(self._core, token.strip())
        if actor is None:
            raise Refused(
                Problem(
                    code=Code.UNAUTHENTICATED,
                    message="The token is not known, expired or revoked.",
                    hint="Send `Authorization: Bearer <token>` with a token in force, or none.",
                )
            )
        return actor

    async def _answer(
        self, asked: incoming.GraphQLRequest, actor: Actor, media_type: str
    ) -> Response:
        request_id = structlog.contextvars.get_contextvars().get("request_id", "")
        context = RequestContext(core=self._core, actor=actor, request_id=request_id)
        started = time.perf_counter()
        try:
            result = await self._schema.execute(
                asked.query,
                variable_values=asked.variables,
                context_value=context,
                operation_name=asked.operation_name,
                allowed_operation_types=_READ if asked.read_only else _READ_AND_WRITE,
            )
        except InvalidOperationTypeError as error:
            if asked.read_only:
                problem = Problem(
                    code=Code.INVALID, message="GET is for queries.", hint="Send it by POST."
                )
                headers = {"allow": "POST"}
                return refusal(problem, status=405, media_type=media_type, headers=headers)
            return _request_error(str(error.as_http_error_reason("POST")), media_type)
        except CannotGetOperationTypeError as error:
            return _request_error(error.as_http_error_reason(), media_type)
        log.info(
            "operation",
            operation=asked.operation_name,
            actor=actor.kind,
            errors=len(result.errors or ()),
            milliseconds=round((time.perf_counter() - started) * 1000, 1),
        )
        return _response(result, media_type, request_id)


def _negotiated(accept: str) -> str:
    """Return the media type of the answer: the newer one where the client asks for it."""
    weights = {JSON: 0.0, GRAPHQL_JSON: 0.0}
    for part in accept.split(","):
        media_type, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    weight = float(parameter[2:])
                except ValueError:
                    weight = 0.0
        if media_type in weights:
            weights[media_type] = max(weights[media_type], weight)
    return GRAPHQL_JSON if weights[GRAPHQL_JSON] > weights[JSON] else JSON


def _request_error(message: str, media_type: str) -> Response:
    problem = Problem(code=Code.INVALID, message=message, hint="Check operationName.")
    return refusal(problem, status=400, media_type=media_type)


def _response(result: Any, media_type: str, request_id: str) -> Response:
    content: dict[str, Any] = {}
    errors = [_shown(error, request_id) for error in result.errors or ()]
    if errors:
        content["errors"] = errors
    executed = not errors or any(error.path for error in result.errors)
    if executed:
        content["data"] = result.data
    # Errors before execution: 400 in the newer media type, 200 in the older one, as the
    # GraphQL-over-HTTP specification says.
    status = 200 if executed or media_type == JSON else 400
    return json_answer(content, status=status, media_type=media_type)


def _shown(error: GraphQLError, request_id: str) -> dict[str, Any]:
    """Return an error for the client; what nobody foresaw is masked and logged."""
    cause: BaseException | None = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    shown: dict[str, Any] = {}
    if isinstance(cause, Refused):
        shown = problem_error(cause.problems[0])
    elif isinstance(cause, PluginFailed):
        shown = {
            "message": str(cause),
            "extensions": {"code": "PLUGIN_FAILED", "plugin": cause.plugin},
        }
    elif cause is None or isinstance(cause, GraphQLError | StrawberryGraphQLError):
        shown = {"message": error.message}
        if error.extensions:
            shown["extensions"] = dict(error.extensions)
    else:
        log.error("unforeseen error", path=error.path, exc_info=cause)
        shown = {
            "message": "Something went wrong here; it has been logged.",
            "extensions": {"code": "INTERNAL", "requestId": request_id},
        }
    if error.locations:
        shown["locations"] = [
            {"line": place.line, "column": place.column} for place in error.locations
        ]
    if error.path:
        shown["path"] = list(error.path)
    return shown

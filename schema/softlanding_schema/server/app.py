"""The ASGI app of one open core."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from softlanding.domain.problems import Code, Problem
from softlanding.services.core import Core
from softlanding.settings import CACHE_SECONDS
from softlanding_schema.compose import ComposedSchema
from softlanding_schema.documents import Documents
from softlanding_schema.execution import Executor
from softlanding_schema.server.access_log import WriteLine, write_nothing
from softlanding_schema.server.answers import Answer, refusal
from softlanding_schema.server.calendars import OnboardingCalendar
from softlanding_schema.server.compression import Compression
from softlanding_schema.server.cookies import Cookies
from softlanding_schema.server.graphiql import Desk, graphiql_routes
from softlanding_schema.server.graphql_endpoint import GraphQLEndpoint
from softlanding_schema.server.health import Readiness, live
from softlanding_schema.server.metrics import Metrics, MetricsEndpoint
from softlanding_schema.server.middleware import RequestLog
from softlanding_schema.server.operations import Operations
from softlanding_schema.server.persisted_documents import require_valid
from softlanding_schema.server.sign_in import SignIn
from softlanding_schema.server.websocket import WebSocketEndpoint
from softlanding_schema.stored_operations import StoredOperations

_SENT_ACROSS = ("Authorization", "Idempotency-Key", "If-None-Match", "X-Request-Id")
_READ_ACROSS = ("ETag", "Idempotent-Replayed", "Retry-After", "WWW-Authenticate", "X-Request-Id")
_PREFLIGHT_SECONDS = 7200  # browsers keep it no longer


def build_app(
    core: Core,
    schema: ComposedSchema,
    *,
    planned: bool = True,
    open_introspection: bool = True,
    cookies: Cookies | None = None,
    origins: Sequence[str] = ("*",),
    registered: Mapping[str, str] = MappingProxyType({}),
    cache_seconds: int = CACHE_SECONDS,
    write_line: WriteLine = write_nothing,
) -> ASGIApp:
    """Return the app: the API, its editor, calendars of stays, metrics, health.

    `planned` is false where graphql-core answers all, `open_introspection` where only staff reads
    the schema; `cookies` tells how browsers reach the app, `origins` whose pages may read the API
    without one; `registered` are documents by their hash; caches keep public answers for
    `cache_seconds`, or nothing with 0; `write_line` writes the access log.
    """
    documents = Documents(schema._schema)  # noqa: SLF001 - the executable schema has no public name
    require_valid(documents, registered)
    executor = Executor(core, schema, planned=planned)
    core.operations = StoredOperations(core, documents, executor)
    metrics = Metrics(documents)
    cookies = cookies or Cookies()
    pages = Starlette(
        routes=[
            Route("/", _home, methods=["GET"]),
            *SignIn(core, cookies).routes(),
            *_openid(core, cookies),
            *graphiql_routes(None if open_introspection else Desk(core, cookies)),
            Route(
                "/stays/{stay}/onboarding.ics",
                OnboardingCalendar(core).__call__,
                methods=["GET"],
            ),
            Route("/metrics", MetricsEndpoint(core, metrics, cookies).__call__, methods=["GET"]),
            Route("/health/live", live, methods=["GET"]),
            Route("/health/ready", Readiness(core).__call__, methods=["GET"]),
        ],
        exception_handlers={HTTPException: _no_such_place},
    )
    operations = Operations(
        core, documents, executor, metrics, registered, open_introspection=open_introspection
    )
    endpoint = GraphQLEndpoint(operations, cookies=cookies, cache_seconds=cache_seconds)
    websockets = WebSocketEndpoint(operations, cookies=cookies, origins=frozenset(origins))
    # Cookies of sessions are for our own pages, so credentials are allowed to no other origin.
    crossing = CORSMiddleware(
        endpoint,
        allow_origins=origins,
        allow_methods=("GET", "HEAD", "POST"),
        allow_headers=_SENT_ACROSS,
        expose_headers=_READ_ACROSS,
        max_age=_PREFLIGHT_SECONDS,
    )

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; the API first, without a look at the other routes."""
        if scope["path"] != "/graphql":
            await pages(scope, receive, send)
        elif scope["type"] == "websocket":
            await websockets(scope, receive, send)
        elif any(name == b"origin" for name, _ in scope["headers"]):
            await crossing(scope, receive, send)
        else:
            await endpoint(scope, receive, send)

    return RequestLog(Compression(app), core, write_line, https=cookies.https)


def _openid(core: Core, cookies: Cookies) -> list[BaseRoute]:
    """Return the routes of the provider of OpenID Connect, where there is one."""
    if core.openid is None:
        return []
    from softlanding_schema.server.openid import OpenIDSignIn

    return OpenIDSignIn(core, cookies).routes()


async def _home(request: Request) -> Response:
    return RedirectResponse("/graphiql")


async def _no_such_place(request: Request, error: Exception) -> Answer:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    if status == 405:
        message = f"{request.method} is not possible at {request.url.path}."
    else:
        message = f"There is nothing at {request.url.path}."
    problem = Problem(
        code=Code.NOT_FOUND if status == 404 else Code.INVALID,
        message=message,
        hint="The API is at /graphql, the editor at /graphiql.",
    )
    return refusal(problem, status=status, headers=headers)

"""The Starlette app of one open core."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from softlanding.domain.problems import Code, Problem
from softlanding.services.core import Core
from softlanding_schema.compose import ComposedSchema
from softlanding_schema.server.answers import refusal
from softlanding_schema.server.calendars import OnboardingCalendar
from softlanding_schema.server.graphiql import graphiql_routes
from softlanding_schema.server.graphql_endpoint import GraphQLEndpoint
from softlanding_schema.server.health import Readiness, live
from softlanding_schema.server.middleware import RequestLog

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def build_app(core: Core, schema: ComposedSchema) -> Starlette:
    """Return the app: `/graphql`, `/graphiql`, `/stays/…/onboarding.ics`, `/health/…`."""
    return Starlette(
        routes=[
            # All methods, so that the endpoint itself answers the wrong ones in JSON.
            Route("/graphql", GraphQLEndpoint(core, schema).__call__, methods=_METHODS),
            Route("/", _home, methods=["GET"]),
            *graphiql_routes(),
            Route(
                "/stays/{stay}/onboarding.ics",
                OnboardingCalendar(core).__call__,
                methods=["GET"],
            ),
            Route("/health/live", live, methods=["GET"]),
            Route("/health/ready", Readiness(core).__call__, methods=["GET"]),
        ],
        middleware=[Middleware(RequestLog)],
        exception_handlers={HTTPException: _no_such_place},
    )


async def _home(request: Request) -> Response:
    return RedirectResponse("/graphiql")


async def _no_such_place(request: Request, error: Exception) -> Response:
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

"""Errors as clients are told them; what nobody foresaw is masked and logged."""

from typing import Any

import structlog
from graphql import GraphQLError
from strawberry.exceptions import StrawberryGraphQLError

from softlanding.domain.problems import Refused
from softlanding.host.guard import PluginFailed
from softlanding_schema.server.answers import problem_error, shortened

_MOST_LOCATIONS = 5
log = structlog.get_logger("softlanding.graphql")


def shown(error: GraphQLError, request_id: str) -> dict[str, Any]:
    """Return an error for the client."""
    cause: BaseException | None = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    told: dict[str, Any] = {}
    if isinstance(cause, Refused):
        told = problem_error(cause.problems[0])
    elif isinstance(cause, PluginFailed):
        told = {
            "message": str(cause),
            "extensions": {"code": "PLUGIN_FAILED", "plugin": cause.plugin},
        }
    elif cause is None or isinstance(cause, GraphQLError | StrawberryGraphQLError):
        told = {"message": shortened(error.message)}
        if error.extensions:
            told["extensions"] = dict(error.extensions)
    else:
        log.error("unforeseen error", path=error.path, exc_info=cause)
        told = {
            "message": "Something went wrong here; it has been logged.",
            "extensions": {"code": "INTERNAL", "requestId": request_id},
        }
    if error.locations:
        told["locations"] = [
            {"line": place.line, "column": place.column}
            for place in error.locations[:_MOST_LOCATIONS]
        ]
    if error.path:
        told["path"] = list(error.path)
    return told

"""JSON answers of the HTTP layer; there is no answer to a body but JSON."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.responses import Response

from softlanding.domain.problems import Problem

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"


def json_answer(
    content: Mapping[str, Any],
    *,
    status: int = 200,
    media_type: str = JSON,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return JSON with its media type and charset."""
    body = orjson.dumps(content)
    answer = Response(body, status_code=status, headers=dict(headers or {}))
    answer.headers["content-type"] = f"{media_type}; charset=utf-8"
    return answer


def refusal(
    problem: Problem,
    *,
    status: int,
    media_type: str = JSON,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a problem as a GraphQL request error."""
    return json_answer(
        {"errors": [problem_error(problem)]}, status=status, media_type=media_type, headers=headers
    )


def problem_error(problem: Problem) -> dict[str, Any]:
    """Return a problem in the shape of a GraphQL error."""
    extensions: dict[str, Any] = {"code": str(problem.code)}
    if problem.hint:
        extensions["hint"] = problem.hint
    if problem.path:
        extensions["argument"] = list(problem.path)
    return {"message": problem.message, "extensions": extensions}

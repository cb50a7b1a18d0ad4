"""JSON answers of the HTTP layer; there is no answer to a body but JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from starlette.responses import Response

from softlanding.domain.problems import Problem
from softlanding_schema.server.negotiation import JSON

_LONGEST_MESSAGE = 500


class Rejection(Exception):  # noqa: N818 - answered to the client, with its status
    """A request is not let in; the problem says why."""

    def __init__(
        self, status: int, problem: Problem, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(problem.message)
        self.status = status
        self.problem = problem
        self.headers = headers or {}


class Answer(Response):
    """Bytes with their headers, made without looking at either."""

    def __init__(self, body: bytes, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        self.body = body
        self.status_code = status
        self.raw_headers = headers
        # What has not changed has a length, too, but not that of nothing; 204 may tell none.
        if status not in (204, 304):
            self.raw_headers = [*headers, (b"content-length", b"%d" % len(body))]
        self.background = None


def json_answer(
    content: Mapping[str, Any],
    *,
    status: int = 200,
    media_type: str = JSON,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Return JSON with its media type and charset."""
    told = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    return Answer(orjson.dumps(content), status, [*told, _content_type(media_type)])


def graphql_answer(
    data: bytes | None,
    errors: Sequence[Mapping[str, Any]],
    media_type: str,
    extensions: Mapping[str, Any] | None = None,
    *,
    status: int | None = None,
) -> Answer:
    """Return what an operation answered; `data` is None where it was not executed.

    Unless a `status` is given, errors before execution are 400 in the newer media type, 200 in the
    older one, as the GraphQL-over-HTTP specification says.
    """
    if status is None:
        status = 200 if data is not None or media_type == JSON else 400
    body = graphql_body(data, errors, extensions)
    return Answer(body, status, [_content_type(media_type)])


def graphql_body(
    data: bytes | None,
    errors: Sequence[Mapping[str, Any]],
    extensions: Mapping[str, Any] | None = None,
) -> bytes:
    """Return what an operation answered as JSON."""
    parts: list[bytes] = []
    if errors:
        parts += (b',"errors":', orjson.dumps(errors))
    if data is not None:
        parts += (b',"data":', data)
    if extensions:
        parts += (b',"extensions":', orjson.dumps(extensions))
    # Data are long: they are copied once.
    return b"".join((b"{", parts[0][1:], *parts[1:], b"}"))


def repeated_answer(body: bytes, media_type: str) -> Answer:
    """Return the answer that the same request was given before."""
    return Answer(body, 200, [_content_type(media_type), (b"idempotent-replayed", b"true")])


def refusal(
    problem: Problem,
    *,
    status: int,
    media_type: str = JSON,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Return a problem as a GraphQL request error."""
    return json_answer(
        {"errors": [problem_error(problem)]}, status=status, media_type=media_type, headers=headers
    )


def shortened(message: str) -> str:
    """Return the beginning of a message, which may quote a whole value or document."""
    return message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]}…"


def problem_error(problem: Problem) -> dict[str, Any]:
    """Return a problem in the shape of a GraphQL error."""
    extensions: dict[str, Any] = {"code": str(problem.code)}
    if problem.hint:
        extensions["hint"] = problem.hint
    if problem.path:
        extensions["argument"] = list(problem.path)
    return {"message": shortened(problem.message), "extensions": extensions}


def _content_type(media_type: str) -> tuple[bytes, bytes]:
    return b"content-type", f"{media_type}; charset=utf-8".encode()

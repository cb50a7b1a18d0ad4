"""A GraphQL request out of an HTTP one, or the refusal that says what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope

from softlanding.domain.problems import Code, Problem

BODY_LIMIT = 128 * 1024
SOURCE_LIMIT = 16 * 1024
_SECRET_NAMES = {"token", "access_token", "key", "api_key", "apikey", "authorization"}
_SECRET_PREFIXES = ("slt_", "slk_", "sls_")
_NUL = (b"\\u0000", b"\x00")


class BadRequest(Exception):  # noqa: N818 - answered to the client, with its status
    """The request cannot be understood or is too large."""

    def __init__(
        self, status: int, message: str, hint: str = "", *, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.problem = Problem(code=Code.INVALID, message=message, hint=hint)
        self.headers = headers or {}


@dataclass(frozen=True)
class GraphQLRequest:
    """What is to be executed."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None
    read_only: bool


async def read(scope: Scope, headers: Mapping[bytes, bytes], receive: Receive) -> GraphQLRequest:
    """Return the GraphQL request; raises `BadRequest`."""
    if scope["query_string"]:
        _refuse_secrets(scope["query_string"])
    if scope["method"] == "GET":
        query = scope["query_string"].decode("latin-1")
        values: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
        for name in ("variables", "extensions"):
            if name in values:
                values[name] = _parsed(values[name].encode("utf-8", "surrogatepass"), name)
        return _checked(values, read_only=True)
    if scope["method"] != "POST":
        raise BadRequest(
            405,
            f"{scope['method']} is not possible here.",
            "Use GET for queries, POST for all.",
            headers={"allow": "GET, POST"},
        )
    if not _is_json(headers.get(b"content-type", b"")):
        raise BadRequest(
            415, "The body must be application/json in UTF-8.", "Set the header Content-Type."
        )
    if headers.get(b"content-encoding", b"identity") != b"identity":
        raise BadRequest(415, "Compressed bodies are not taken.", "Send the body as it is.")
    return _checked(_parsed(await _body(headers, receive), "body"), read_only=False)


def _refuse_secrets(query_string: bytes) -> None:
    """Refuse tokens and keys in an address, which logs, histories and referrers keep."""
    for name, value in parse_qsl(query_string.decode("latin-1"), keep_blank_values=True):
        if name.lower() in _SECRET_NAMES or value.startswith(_SECRET_PREFIXES):
            raise BadRequest(
                400,
                "Tokens and keys are not taken from addresses, where logs keep them.",
                "Send the header `Authorization: Bearer <token>`; have this one revoked.",
            )


@lru_cache(maxsize=64)
def _is_json(content_type: bytes) -> bool:
    media_type, _, parameters = content_type.decode("latin-1").partition(";")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    return media_type.strip().lower() == "application/json" and charset in {"", "utf-8", "utf8"}


async def _body(headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
    announced = headers.get(b"content-length", b"0")
    if announced.isdigit() and int(announced) > BODY_LIMIT:
        raise _too_large("body", BODY_LIMIT)
    body = b""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > BODY_LIMIT:
            raise _too_large("body", BODY_LIMIT)
        more = message.get("more_body", False)
    return body


def _too_large(what: str, limit: int) -> BadRequest:
    return BadRequest(
        413, f"The {what} is larger than {limit // 1024} KiB.", "Send less at a time."
    )


def _parsed(text: bytes, what: str) -> Any:
    if any(nul in text for nul in _NUL):
        raise BadRequest(400, f"The {what} holds the character U+0000.", "Leave it out.")
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadRequest(400, f"The {what} is not JSON: {error.msg}.", "Send JSON.") from None


def _checked(values: Any, *, read_only: bool) -> GraphQLRequest:
    if not isinstance(values, dict):
        raise BadRequest(
            400, "The body must be a JSON object.", 'Send {"query": "…", "variables": {…}}.'
        )
    query = values.get("query")
    if not isinstance(query, str) or not query:
        raise BadRequest(400, "The query is missing.", 'Send {"query": "…"}.')
    if len(query.encode("utf-8", "surrogatepass")) > SOURCE_LIMIT:
        raise _too_large("query", SOURCE_LIMIT)
    for name in ("variables", "extensions"):
        if not isinstance(values.get(name), dict | None):
            raise BadRequest(400, f"{name} must be a JSON object.", "Or leave it out.")
    operation_name = values.get("operationName")
    if not isinstance(operation_name, str | None):
        raise BadRequest(400, "operationName must be a string.", "Or leave it out.")
    return GraphQLRequest(
        query=query,
        variables=values.get("variables"),
        operation_name=operation_name or None,
        read_only=read_only,
    )

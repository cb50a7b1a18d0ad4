"""A GraphQL request out of an HTTP one, or the refusal that says what is wrong with it."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope

from softlanding.domain.problems import Code, Problem
from softlanding_schema.server.answers import Rejection
from softlanding_schema.server.negotiation import EVENT_STREAM, GRAPHQL_JSON, JSON, media_type

BODY_LIMIT = 128 * 1024
SOURCE_LIMIT = 16 * 1024
_SECRET_NAMES = {"token", "access_token", "key", "api_key", "apikey", "authorization"}
_SECRET_PREFIXES = ("slt_", "slk_", "sls_")
PREFIX = "sha256:"
"""What may stand before the hash of a document."""

_HASH = re.compile(r"[0-9a-f]{64}")
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_NUL = (b"\\u0000", b"\x00")


class BadRequest(Rejection):
    """The request cannot be understood or is too large."""

    def __init__(
        self, status: int, message: str, hint: str = "", *, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(status, Problem(code=Code.INVALID, message=message, hint=hint), headers)


def hash_of(text: str) -> str:
    """Return the SHA-256 of a document, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class GraphQLRequest:
    """What is to be executed; a persisted document is `named` by its hash, with its text or not."""

    query: str
    named: str | None
    variables: dict[str, Any] | None
    operation_name: str | None
    read_only: bool


def refuse_unanswerable(method: str, headers: Mapping[bytes, bytes]) -> None:
    """Refuse a method that nothing is done with, and a client that takes no JSON."""
    if method not in METHODS:
        raise BadRequest(
            405,
            f"{method} is not possible here.",
            "Use GET for queries, POST for all.",
            headers={"allow": ", ".join(METHODS)},
        )
    if media_type(headers.get(b"accept", b"")) is None:
        raise BadRequest(
            406,
            "Answers are JSON, which your header Accept leaves out.",
            f"Accept {JSON}, {GRAPHQL_JSON} or {EVENT_STREAM}.",
        )


async def read(scope: Scope, headers: Mapping[bytes, bytes], receive: Receive) -> GraphQLRequest:
    """Return the GraphQL request; raises `BadRequest`."""
    if scope["query_string"]:
        _refuse_secrets(scope["query_string"])
    if scope["method"] != "POST":
        query = scope["query_string"].decode("latin-1")
        values: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
        for name in ("variables", "extensions"):
            if name in values:
                values[name] = parsed(values[name].encode("utf-8", "surrogatepass"), name)
        return checked(values, read_only=True)
    if not _is_json(headers.get(b"content-type", b"")):
        raise BadRequest(
            415, "The body must be application/json in UTF-8.", "Set the header Content-Type."
        )
    if headers.get(b"content-encoding", b"identity") != b"identity":
        raise BadRequest(415, "Compressed bodies are not taken.", "Send the body as it is.")
    return checked(parsed(await _body(headers, receive), "body"), read_only=False)


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


def parsed(text: bytes, what: str) -> Any:
    """Return the JSON that a text holds; raises `BadRequest`."""
    if any(nul in text for nul in _NUL):
        raise BadRequest(400, f"The {what} holds the character U+0000.", "Leave it out.")
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadRequest(400, f"The {what} is not JSON: {error.msg}.", "Send JSON.") from None


def checked(values: Any, *, read_only: bool) -> GraphQLRequest:
    """Return the GraphQL request that some JSON is; raises `BadRequest`."""
    if not isinstance(values, dict):
        raise BadRequest(
            400, "The body must be a JSON object.", 'Send {"query": "…", "variables": {…}}.'
        )
    for name in ("variables", "extensions"):
        if not isinstance(values.get(name), dict | None):
            raise BadRequest(400, f"{name} must be a JSON object.", "Or leave it out.")
    named = _named(values)
    query = values.get("query") or ("" if named else None)
    if not isinstance(query, str):
        raise BadRequest(400, "The query is missing.", 'Send {"query": "…"}.')
    if query and named and hash_of(query) != named:
        raise BadRequest(
            400, "provided sha does not match query", "Send the SHA-256 of the query as it is sent."
        )
    if len(query.encode("utf-8", "surrogatepass")) > SOURCE_LIMIT:
        raise _too_large("query", SOURCE_LIMIT)
    operation_name = values.get("operationName")
    if not isinstance(operation_name, str | None):
        raise BadRequest(400, "operationName must be a string.", "Or leave it out.")
    return GraphQLRequest(
        query=query,
        named=named,
        variables=values.get("variables"),
        operation_name=operation_name or None,
        read_only=read_only,
    )


def _named(values: Mapping[str, Any]) -> str | None:
    try:
        return _hash_in(values)
    except ValueError as fault:
        raise BadRequest(400, str(fault), "Or send the query itself.") from None


def _hash_in(values: Mapping[str, Any]) -> str | None:
    """Return the hash by which a request names its document; raises `ValueError`."""
    extension = (values.get("extensions") or {}).get("persistedQuery")
    if isinstance(extension, dict):
        if extension.get("version") != 1:
            raise ValueError("Unsupported persisted query version: it must be 1.")
        named = extension.get("sha256Hash")
    elif extension is not None:
        raise ValueError("extensions.persistedQuery must be an object.")
    else:
        named = values.get("documentId")
        if named is None:
            return None
        if isinstance(named, str):
            named = named.removeprefix(PREFIX)
    if not isinstance(named, str) or not _HASH.fullmatch(named.lower()):
        raise ValueError("A document is named by its SHA-256, 64 hexadecimal digits.")
    return named.lower()

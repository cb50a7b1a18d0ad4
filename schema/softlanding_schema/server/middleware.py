"""Pure ASGI middleware: request ids, the access log, security headers, a last resort."""

import re
import time
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uuid_utils import uuid7

from softlanding.request_ids import REQUEST_ID
from softlanding.services.core import Core
from softlanding_schema.server.access_log import WriteLine
from softlanding_schema.server.answers import json_answer

log = structlog.get_logger("softlanding.http")
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_UNLESS_TOLD = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
]
_HTTPS_ONLY = (b"strict-transport-security", b"max-age=31536000")


class RequestLog:
    """Gives each request an id, tells it in the answer and in every line logged meanwhile.

    What an endpoint puts into `scope["told"]` stands in the request's line of the access log. While
    the product drains, connections are closed with their answers.
    """

    def __init__(self, app: ASGIApp, core: Core, write: WriteLine, *, https: bool) -> None:
        self._app = app
        self._core = core
        self._write = write
        self._added = [*_UNLESS_TOLD, _HTTPS_ONLY] if https else _UNLESS_TOLD

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._serve_websocket(scope, receive, send)
            return
        request_id = _request_id(scope)
        REQUEST_ID.set(request_id)
        started, status = time.perf_counter(), 0
        told: dict[str, Any] = {}
        scope["told"] = told

        async def tell(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = message["headers"]
                own = {name for name, _ in headers}
                added = [(b"x-request-id", request_id.encode()), *self._added]
                if self._core.draining:
                    added.append((b"connection", b"close"))
                message["headers"] = [*headers, *(one for one in added if one[0] not in own)]
            await send(message)

        try:
            await self._app(scope, receive, tell)
        except Exception as error:
            log.exception("unforeseen error", exc_info=error)
            if status:
                raise
            content = {
                "errors": [
                    {
                        "message": "Something went wrong here; it has been logged.",
                        "extensions": {"code": "INTERNAL", "requestId": request_id},
                    }
                ]
            }
            await json_answer(content, status=500)(scope, receive, tell)
        finally:
            self._write(
                {
                    "request_id": request_id,
                    "method": scope["method"],
                    "path": scope["path"],
                    "status": status,
                    "milliseconds": round((time.perf_counter() - started) * 1000, 1),
                    **told,
                }
            )

    async def _serve_websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = _request_id(scope)
        REQUEST_ID.set(request_id)
        started = time.perf_counter()
        try:
            await self._app(scope, receive, send)
        finally:
            self._write(
                {
                    "request_id": request_id,
                    "method": "WEBSOCKET",
                    "path": scope["path"],
                    "milliseconds": round((time.perf_counter() - started) * 1000, 1),
                }
            )


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            return str(value.decode())
    return str(uuid7())

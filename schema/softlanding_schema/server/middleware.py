"""Pure ASGI middleware: request ids, the access log, security headers, a last resort."""

import re
import time

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uuid_utils.compat import uuid7

from softlanding_schema.server.answers import json_answer

log = structlog.get_logger("softlanding.http")
_REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")


class RequestLog:
    """Gives each request an id, tells it in the answer and in every line logged meanwhile."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _REQUEST_ID.match(given) else str(uuid7())
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started, status = time.perf_counter(), 0

        async def tell(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                headers.setdefault("x-content-type-options", "nosniff")
                headers.setdefault("referrer-policy", "no-referrer")
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
            log.info(
                "request",
                method=scope["method"],
                path=scope["path"],
                status=status,
                milliseconds=round((time.perf_counter() - started) * 1000, 1),
            )

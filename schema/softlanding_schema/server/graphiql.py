"""GraphiQL: the page at /graphiql/, served from the bundle beside this file."""

from pathlib import Path
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketClose

BUNDLE: Final = Path(__file__).with_name("graphiql_bundle")

_POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        # The editor writes style elements while it runs; scripts need no exception.
        "style-src 'self' 'unsafe-inline'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def graphiql_routes(*, bundle: Path = BUNDLE) -> list[BaseRoute]:
    """Return the routes of the page; `bundle` is the folder that Vite wrote.

    Nothing is read before the first request, so the bundle may be built later.
    """
    return [
        Route("/graphiql", _to_the_page, methods=["GET"]),
        Mount("/graphiql", app=_Bundle(directory=bundle, html=True, check_dir=False)),
    ]


async def _to_the_page(request: Request) -> Response:
    # The page names its files relatively, which needs the slash. A relative target
    # stays right behind a proxy that serves us under another host or prefix.
    return RedirectResponse("graphiql/", status_code=307, headers=_HEADERS)


class _Bundle(StaticFiles):
    """The files of the bundle with our headers, or a sentence where there is no bundle."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
            return
        # Not StaticFiles' own way, which refuses a missing folder with a traceback.
        response = await self.get_response(self.get_path(scope), scope)
        await response(scope, receive, send)

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as refusal:
            response = _refuse(path, refusal)
        headers = MutableHeaders(raw=response.raw_headers)
        headers.update(_HEADERS)
        # Names below assets/ carry a hash of their content; every other name does not.
        hashed = response.status_code in (200, 304) and Path(path).parts[:1] == ("assets",)
        headers["Cache-Control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return response


def _refuse(path: str, refusal: HTTPException) -> Response:
    if refusal.status_code == 404 and path == ".":
        return PlainTextResponse("GraphiQL is not built yet: run `make graphiql`.\n", 503)
    return PlainTextResponse(
        f"{refusal.detail}\n", refusal.status_code, headers=dict(refusal.headers or {})
    )

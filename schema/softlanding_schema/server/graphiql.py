"""GraphiQL: the page at /graphiql/, served from the bundle beside this file."""

from dataclasses import dataclass
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

from softlanding.services.authentication import authenticate_session
from softlanding.services.core import Core
from softlanding_schema.server.cookies import Cookies

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


@dataclass(frozen=True)
class Desk:
    """Who is let in to the editor, where it is not for everybody: those who may read the schema."""

    core: Core
    cookies: Cookies

    async def is_open_to(self, scope: Scope) -> bool:
        """Tell whether the person of a request's session may open the editor."""
        secret = self.cookies.secret_in(dict(scope["headers"]))
        actor = await authenticate_session(self.core, secret) if secret else None
        return actor is not None and actor.reads_schema


def graphiql_routes(desk: Desk | None = None, *, bundle: Path = BUNDLE) -> list[BaseRoute]:
    """Return the routes of the page; `bundle` is the folder that Vite wrote.

    Without a `desk`, everybody may open it.

    Nothing is read before the first request, so the bundle may be built later.
    """
    return [
        Route("/graphiql", _to_the_page, methods=["GET"]),
        Mount("/graphiql", app=_Bundle(desk, bundle)),
    ]


async def _to_the_page(request: Request) -> Response:
    # The page names its files relatively, which needs the slash. A relative target
    # stays right behind a proxy that serves us under another host or prefix.
    return RedirectResponse("graphiql/", status_code=307, headers=_HEADERS)


class _Bundle(StaticFiles):
    """The files of the bundle with our headers, or a sentence where there is no bundle."""

    def __init__(self, desk: Desk | None, bundle: Path) -> None:
        super().__init__(directory=bundle, html=True, check_dir=False)
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
            return
        # Scripts and styles are nobody's secret; the page is where people are sent to sign in.
        is_page = Path(self.get_path(scope)).parts[:1] != ("assets",)
        if is_page and self._desk is not None and not await self._desk.is_open_to(scope):
            await RedirectResponse("/sign-in?return_to=/graphiql/", 303)(scope, receive, send)
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

"""Answers are compressed for whoever takes Brotli or gzip; streams of events are not.

Nothing secret stands beside what a stranger may write into an answer (BREACH): tokens are shown
alone, once, and pages hold none.
"""

import brotli
from starlette.middleware.gzip import GZipResponder, IdentityResponder
from starlette.types import ASGIApp, Receive, Scope, Send

from softlanding_schema.server.negotiation import coding

_LEAST = 1024
"""Fewer bytes fit into one packet in any case."""

_BROTLI_QUALITY = 4
_GZIP_LEVEL = 6


class Compression:
    """Compresses the answers of an app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; what lies below finds the coding in `scope["coding"]`."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # A client may send the header in several parts.
        accepted = b",".join(value for name, value in scope["headers"] if name == _HEADER)
        chosen = scope["coding"] = coding(accepted)
        if chosen == "identity" and scope["method"] == "POST":
            # No cache keeps it, so it need not be told on what else it depends.
            await self._app(scope, receive, send)
        elif chosen == "br":
            await _BrotliResponder(self._app, _LEAST)(scope, receive, send)
        elif chosen == "gzip":
            await GZipResponder(self._app, _LEAST, _GZIP_LEVEL)(scope, receive, send)
        else:
            await IdentityResponder(self._app, _LEAST)(scope, receive, send)


class _BrotliResponder(IdentityResponder):
    """Compresses one answer, in one piece or several."""

    content_encoding = "br"

    def __init__(self, app: ASGIApp, minimum_size: int) -> None:
        super().__init__(app, minimum_size)
        self._compressor = brotli.Compressor(mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY)

    async def apply_compression(self, body: bytes, *, more_body: bool) -> bytes:
        pressed: bytes = self._compressor.process(body)
        rest: bytes = self._compressor.flush() if more_body else self._compressor.finish()
        return pressed + rest


_HEADER = b"accept-encoding"

"""Server-sent events: an answer that goes on, as the GraphQL over SSE protocol says.

https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md, distinct connections mode: `next`
with each answer, `complete` at the end. Without `complete`, clients come back.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any, Self

from starlette.types import Receive, Scope, Send

from softlanding.services.changes import Ended
from softlanding.tasks import spawn
from softlanding_schema.server.answers import graphql_body
from softlanding_schema.server.negotiation import EVENT_STREAM
from softlanding_schema.server.operations import Result

HEARTBEAT_SECONDS = 12.0
"""Proxies end connections on which nothing is said for a minute, some after half of one."""

_HEADERS = [
    (b"content-type", f"{EVENT_STREAM}; charset=utf-8".encode()),
    (b"cache-control", b"no-store"),
    # nginx would keep events until there are enough of them.
    (b"x-accel-buffering", b"no"),
]
_HEARTBEAT = b":\n\n"
_COMPLETE = b"event: complete\ndata: \n\n"
_COME_BACK = b"retry: 1000\n\n"


class EventStream:
    """The answers of one operation, each an event."""

    def __init__(self, results: AsyncGenerator[Result, None]) -> None:
        self._results = results

    @classmethod
    def of_errors(cls, errors: Sequence[dict[str, Any]]) -> Self:
        """Return the stream of an operation that is not executed."""

        async def once() -> AsyncGenerator[Result, None]:
            yield Result(None, list(errors))

        return cls(once())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send events until there are no more, or the client goes."""
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        # Said at once, so that proxies pass on that there is an answer.
        await _say(send, _HEARTBEAT)
        telling = spawn(self._tell(send), name="event stream")
        beside = [spawn(_beat(send), name="heartbeat"), spawn(_leave(receive), name="client")]
        try:
            await asyncio.wait((telling, beside[-1]), return_when=asyncio.FIRST_COMPLETED)
            if telling.done():
                telling.result()
        finally:
            for task in (telling, *beside):
                task.cancel()
            # Until the end: what is followed must not be left behind.
            await asyncio.wait((telling, *beside))

    async def _tell(self, send: Send) -> None:
        async with aclosing(self._results) as results:
            try:
                async for result in results:
                    body = graphql_body(result.data, result.errors, result.extensions)
                    await _say(send, b"event: next\ndata: %b\n\n" % body)
            except Ended:
                await _say(send, _COME_BACK, more=False)
            else:
                await _say(send, _COMPLETE, more=False)


async def _beat(send: Send) -> None:
    while True:
        await asyncio.sleep(HEARTBEAT_SECONDS)
        await _say(send, _HEARTBEAT)


async def _leave(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _say(send: Send, text: bytes, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": text, "more_body": more})

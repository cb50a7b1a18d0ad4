"""`/graphql` over a websocket, by the protocol graphql-transport-ws.

https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md; the codes with which connections
are closed are those of the protocol.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, suppress
from functools import partial
from typing import Any

import orjson
from starlette.types import Receive, Scope, Send

from softlanding.actors import Actor
from softlanding.domain.problems import Refused
from softlanding.services.changes import Ended
from softlanding.tasks import spawn
from softlanding_schema.context import RequestContext
from softlanding_schema.server.actors import actor_of
from softlanding_schema.server.answers import Rejection, graphql_body, problem_error
from softlanding_schema.server.cookies import Cookies
from softlanding_schema.server.operations import NotAdmitted, Operations, Result
from softlanding_schema.server.request import BadRequest, checked, parsed
from softlanding_schema.server.turns import asker_of

PROTOCOL = "graphql-transport-ws"
MESSAGE_BYTES = 64 * 1024
"""How long a message may be."""

PING_SECONDS = 12.0
"""So often the server asks whether a client is there, and so long that may take to answer."""

INIT_SECONDS = 10.0
MOST_AT_ONCE = 20
"""So many operations of one connection are answered at a time."""

_LONGEST_ID = 255
_LONGEST_REASON = 120  # bytes; a close frame holds 123


class _Close(Exception):  # noqa: N818 - told to the client with its code
    """A connection is closed."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class WebSocketEndpoint:
    """Serves websockets."""

    def __init__(
        self, operations: Operations, *, cookies: Cookies, origins: frozenset[str]
    ) -> None:
        """`origins` are whose pages may connect besides our own."""
        self._operations = operations
        self._cookies = cookies
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection until either side closes it."""
        await receive()
        headers = dict(scope["headers"])
        if PROTOCOL not in scope["subprotocols"] or not self._is_welcome(headers):
            # Before it is accepted, this answers the handshake with 403.
            await send({"type": "websocket.close"})
            return
        await send({"type": "websocket.accept", "subprotocol": PROTOCOL})
        connection = _Connection(self._operations, self._cookies, scope, headers, send)
        try:
            await connection.serve(receive)
        except _Close as close:
            reason = close.reason.encode()[:_LONGEST_REASON].decode(errors="ignore")
            await send({"type": "websocket.close", "code": close.code, "reason": reason})
        finally:
            await connection.end()

    def _is_welcome(self, headers: Mapping[bytes, bytes]) -> bool:
        origin = headers.get(b"origin")
        if origin is None or "*" in self._origins or self._cookies.is_from_here(headers):
            return True
        return origin.decode("latin-1") in self._origins


class _Connection:
    """One websocket: who asks, and what is answered."""

    def __init__(
        self,
        operations: Operations,
        cookies: Cookies,
        scope: Scope,
        headers: dict[bytes, bytes],
        send: Send,
    ) -> None:
        self._operations = operations
        self._cookies = cookies
        self._scope = scope
        self._headers = headers
        self._send = send
        self._actor: Actor | None = None
        self._running: dict[str, asyncio.Task[None]] = {}
        self._over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def serve(self, receive: Receive) -> None:
        """Answer until the client closes; raises `_Close`."""
        reading = spawn(self._read(receive), name="websocket")
        try:
            await asyncio.wait((reading, self._over), return_when=asyncio.FIRST_COMPLETED)
            if reading.done():
                reading.result()
            else:
                self._over.result()
        finally:
            reading.cancel()
            with suppress(asyncio.CancelledError, _Close):
                await reading

    async def end(self) -> None:
        """End what is still answered."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)

    async def _read(self, receive: Receive) -> None:
        try:
            async with asyncio.timeout(INIT_SECONDS):
                await self._begin(receive)
        except TimeoutError:
            raise _Close(4408, "Connection initialisation timeout") from None
        while (message := await _message(receive)) is not None:
            await self._take(message)

    async def _begin(self, receive: Receive) -> None:
        """Take messages until the client has said who it is."""
        while self._actor is None:
            message = await _message(receive)
            if message is None:
                return
            await self._take(message)

    async def _take(self, message: dict[str, Any]) -> None:
        kind, name = message.get("type"), message.get("id")
        if kind == "connection_init":
            await self._init(message.get("payload"))
        elif kind == "ping":
            await self._say({"type": "pong"})
        elif kind == "pong":
            pass
        elif self._actor is None:
            raise _Close(4401, "Unauthorized")
        elif not isinstance(name, str) or not 0 < len(name) <= _LONGEST_ID:
            raise _Close(4400, "Invalid message: id must be a string of 1 to 255 characters")
        elif kind == "complete":
            if task := self._running.pop(name, None):
                task.cancel()
        elif kind == "subscribe":
            await self._subscribe(name, message.get("payload"))
        else:
            raise _Close(4400, "Invalid message: unknown type")

    async def _init(self, payload: object) -> None:
        if self._actor is not None:
            raise _Close(4429, "Too many initialisation requests")
        if not isinstance(payload, dict | None):
            raise _Close(4400, "Invalid message: payload must be an object")
        for name in ("authorization", "Authorization"):
            # Browsers can send no headers of their own with a websocket.
            if isinstance(told := (payload or {}).get(name), str):
                self._headers[b"authorization"] = told.encode("latin-1", "replace")
        try:
            self._actor = await self._who()
        except Refused as refused:
            raise _Close(4403, refused.problems[0].message) from None
        await self._say({"type": "connection_ack"})

    async def _who(self) -> Actor:
        return await actor_of(self._operations.core, self._cookies, self._headers)

    async def _subscribe(self, name: str, payload: object) -> None:
        if name in self._running:
            raise _Close(4409, f"Subscriber for {name} already exists")
        if len(self._running) >= MOST_AT_ONCE:
            message = f"A connection has at most {MOST_AT_ONCE} operations at a time."
            errors = [{"message": message, "extensions": {"code": "TOO_MANY_ATTEMPTS"}}]
            await self._say({"id": name, "type": "error", "payload": errors})
            return
        task = spawn(self._answer(name, payload), name="websocket operation")
        self._running[name] = task
        task.add_done_callback(partial(self._ended, name))

    def _ended(self, name: str, task: "asyncio.Task[None]") -> None:
        if self._running.get(name) is task:
            del self._running[name]
        if task.cancelled() or (error := task.exception()) is None or self._over.done():
            return
        if isinstance(error, Ended):
            error = _Close(1012, "The server restarts; connect again.")
        self._over.set_exception(error)

    async def _answer(self, name: str, payload: object) -> None:
        """Answer one operation; what `complete` cancels is told nothing more."""
        results, first = self._results(payload), True
        async with aclosing(results):
            async for result in results:
                if first and result.data is None:
                    self._running.pop(name, None)
                    await self._say({"id": name, "type": "error", "payload": result.errors})
                    return
                body = graphql_body(result.data, result.errors, result.extensions)
                head = orjson.dumps({"id": name, "type": "next"})
                await self._send_text(b'%b,"payload":%b}' % (head[:-1], body))
                first = False
        self._running.pop(name, None)
        await self._say({"id": name, "type": "complete"})

    async def _results(self, payload: object) -> AsyncGenerator[Result, None]:
        """Yield what an operation answers, or why it is not executed."""
        try:
            asked = checked(payload, read_only=False)
            # Who asks is looked up for each operation, as it is for each request.
            actor = await self._who()
            admitted = self._operations.admit(asked, actor)
        except NotAdmitted as refused:
            yield Result(None, refused.errors)
            return
        except Rejection as rejected:
            yield Result(None, [problem_error(rejected.problem)])
            return
        except Refused as refused:
            yield Result(None, [problem_error(refused.problems[0])])
            return
        context = RequestContext(core=self._operations.core, actor=actor, again=self._who)
        asker = asker_of(self._scope, self._headers)
        async with aclosing(self._operations.results(admitted, context, asker)) as results:
            async for result in results:
                yield result

    async def _say(self, message: Mapping[str, Any]) -> None:
        await self._send_text(orjson.dumps(message))

    async def _send_text(self, text: bytes) -> None:
        # A client that has gone is noticed where its next message is awaited.
        with suppress(OSError):
            await self._send({"type": "websocket.send", "text": text.decode()})


async def _message(receive: Receive) -> dict[str, Any] | None:
    """Return the next message, None where the client has closed."""
    event = await receive()
    if event["type"] == "websocket.disconnect":
        return None
    text = event.get("text")
    if text is None:
        raise _Close(4400, "Invalid message: send text")
    try:
        found = parsed(text.encode("utf-8", "surrogatepass"), "message")
    except BadRequest as bad:
        raise _Close(4400, f"Invalid message: {bad}") from None
    if not isinstance(found, dict):
        raise _Close(4400, "Invalid message: it is no JSON object")
    return found

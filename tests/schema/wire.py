"""The product over real HTTP in the process of the test, and two ways to follow something."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import orjson
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from softlanding.tasks import spawn
from softlanding.testing.house import House
from softlanding_schema.server.protocol import BoundedProtocol
from softlanding_schema.server.protocol_of_websockets import BoundedWebSocket
from softlanding_schema.server.websocket import MESSAGE_BYTES, PROTOCOL

SECONDS = 5.0
"""Whoever follows is told, or sent away, within these."""


@dataclass
class Told:
    """An event of a stream: its name, and its data."""

    event: str
    data: Any


class Wire:
    """A served house."""

    def __init__(self, house: House, port: int) -> None:
        self.house = house
        self.http = httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=10)
        self.sockets = f"ws://127.0.0.1:{port}/graphql"

    async def followed(self, count: int = 1) -> None:
        """Wait until so many follow something."""
        async with asyncio.timeout(SECONDS):
            while len(self.house.core.changes) != count:  # noqa: ASYNC110 - no event tells of it
                await asyncio.sleep(0)

    @asynccontextmanager
    async def events(
        self, query: str, *, token: str | None = None, **variables: Any
    ) -> AsyncIterator[AsyncIterator[Told]]:
        """Send an operation, and read its answers as server-sent events."""
        headers = {"accept": "text/event-stream"}
        if token:
            headers["authorization"] = f"Bearer {token}"
        asked = {"query": query, "variables": variables}
        async with self.http.stream("POST", "/graphql", json=asked, headers=headers) as answer:
            assert (answer.status_code, answer.headers["content-type"]) == (
                200,
                "text/event-stream; charset=utf-8",
            )
            yield read(answer)

    @asynccontextmanager
    async def socket(
        self, token: str | None = None, **headers: str
    ) -> AsyncIterator[ClientConnection]:
        """Connect a websocket, and say who it is."""
        async with self.connected(**headers) as socket:
            payload = {"authorization": f"Bearer {token}"} if token else {}
            await say(socket, type="connection_init", payload=payload)
            assert await heard(socket) == {"type": "connection_ack"}
            yield socket

    def connected(self, **headers: str) -> connect:
        """Connect a websocket."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return connect(self.sockets, subprotocols=[Subprotocol(PROTOCOL)], additional_headers=named)


async def read(answer: httpx2.Response) -> AsyncIterator[Told]:
    """Read server-sent events, but for heartbeats."""
    event, data = "", ""
    async for line in answer.aiter_lines():
        name, _, value = line.partition(": ")
        if name == "event":
            event = value
        elif name == "data":
            data = value
        elif name == "retry":
            yield Told("retry", int(value))
        elif not line and event:
            yield Told(event, orjson.loads(data) if data else None)
            event = data = ""


async def say(socket: ClientConnection, **message: Any) -> None:
    """Send a message."""
    await socket.send(orjson.dumps(message).decode())


async def heard(socket: ClientConnection) -> Any:
    """Return the next message."""
    async with asyncio.timeout(SECONDS):
        return orjson.loads(await socket.recv())


@asynccontextmanager
async def serving(house: House) -> AsyncIterator[Wire]:
    """Serve a house as `softlanding serve` does."""
    config = uvicorn.Config(
        house.app,
        http=BoundedProtocol,
        ws=BoundedWebSocket,
        ws_max_size=MESSAGE_BYTES,
        port=0,
        lifespan="off",
        log_config=None,
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    reading = spawn(house.core.changes.run(lambda: None), name="changes")
    wire = Wire(house, server.servers[0].sockets[0].getsockname()[1])
    async with wire.http:
        yield wire
    assert not reading.done(), reading.exception()
    reading.cancel()
    server.force_exit = True
    await server.shutdown()

"""Connections that are begun and not ended, too long, too many: dropped in time, over real HTTP."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

import httpx2
import orjson
import psutil
import pytest
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from tests.counts import count

from softlanding.host.registry import Registry
from softlanding.tasks import spawn
from softlanding.testing.house import House
from softlanding_schema.compose import compose
from softlanding_schema.server.app import build_app
from softlanding_schema.server.protocol import BoundedProtocol, Limits

SHORT = Limits(connections=5, head_bytes=4096, head_seconds=0.3, body_seconds=0.3, read_seconds=0.3)
GOOD = b"GET /short HTTP/1.1\r\nHost: here\r\n\r\n"
LONG = b"x" * (8 << 20)
MIB = 1 << 20


@pytest.fixture
def engine() -> str:
    """One database is enough where none is asked."""
    return "sqlite"


MANY = "{ incubators { nodes { name summary { value } startups { nodes { name } } } } }"
GOOD_QUERY = {"query": "{ incubators { totalCount } }"}


async def answering(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a few bytes, or many; read the body first."""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        more = message.get("more_body", False)
    body = LONG if scope["path"] == "/long" else b"ok"
    headers = [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class Served:
    """A server with short limits."""

    def __init__(self) -> None:
        self.port = 0
        self._open = 0
        self._moved = asyncio.Condition()

    def moved(self, by: int) -> None:
        """Count a connection that was made or lost."""
        self._open += by

        async def tell() -> None:
            async with self._moved:
                self._moved.notify_all()

        spawn(tell(), name="tell")

    async def emptied(self, *, but: int = 0) -> None:
        """Wait until all connections have ended, but for some."""
        async with self._moved:
            await self._moved.wait_for(lambda: self._open <= but)

    @asynccontextmanager
    async def talk(
        self, said: bytes = b"", *, reading: bool = True
    ) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """Connect, and say something."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        if not reading:
            transport = writer.transport
            assert isinstance(transport, asyncio.Transport)
            transport.pause_reading()
        writer.write(said)
        try:
            yield reader, writer
        finally:
            writer.close()


@asynccontextmanager
async def serving(app: ASGIApp, limits: Limits) -> AsyncIterator[Served]:
    """Serve an app by our protocol."""
    found = Served()
    granted = limits

    class Short(BoundedProtocol):
        limits = granted

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in the library
            super().connection_made(transport)
            found.moved(1)

        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            found.moved(-1)

    config = uvicorn.Config(app, http=Short, port=0, lifespan="off", log_config=None)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    found.port = server.servers[0].sockets[0].getsockname()[1]
    yield found
    server.force_exit = True
    await server.shutdown()


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    """The app above, with short limits."""
    async with serving(answering, SHORT) as found:
        yield found


def refused(answer: bytes) -> tuple[str, str]:
    """Return status and message of an answer of the server's own."""
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"connection: close" in head
    assert b"content-type: application/json; charset=utf-8" in head
    (error,) = orjson.loads(body)["errors"]
    return head.split(b"\r\n")[0].decode(), error["message"]


async def test_a_connection_that_says_nothing_is_closed(served: Served) -> None:
    async with served.talk() as (reader, _):
        assert await reader.read() == b""


async def test_half_a_head_is_told_that_it_came_too_late(served: Served) -> None:
    late = ("HTTP/1.1 408 Request Timeout", "The request did not arrive in time.")
    async with served.talk(GOOD[:-2]) as (reader, _):
        assert refused(await reader.read()) == late
    async with served.talk(GOOD) as (reader, writer):
        await reader.readuntil(b"ok")
        writer.write(GOOD[:-2])
        assert refused(await reader.read()) == late


async def test_a_head_that_drips_is_cut_off_in_time(served: Served) -> None:
    async with served.talk(GOOD[:-2]) as (reader, writer):

        async def drip() -> None:
            while not reader.at_eof():
                writer.write(b"X-Drip: 1\r\n")
                await asyncio.sleep(0.02)

        dripping = asyncio.create_task(drip())
        answer = await reader.read()
        dripping.cancel()
    assert refused(answer)[0] == "HTTP/1.1 408 Request Timeout"


async def test_a_body_that_does_not_come_ends_the_connection(served: Served) -> None:
    started = b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nhalf"
    async with served.talk(started) as (reader, _):
        assert await reader.read() == b""


async def test_an_answer_that_nobody_reads_ends_the_connection(served: Served) -> None:
    async with served.talk(GOOD.replace(b"short", b"long"), reading=False):
        async with asyncio.timeout(20):
            await served.emptied()


@pytest.mark.parametrize(
    "head",
    [
        b"GET /" + b"x" * 5000 + b" HTTP/1.1\r\nHost: here\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: here\r\nX-Long: " + b"x" * 5000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: here\r\nX-Without-End: " + b"x" * 5000,
        b"GET / HTTP/1.1\r\nHost: here\r\n" + b"X-Many: 1\r\n" * 1000 + b"\r\n",
    ],
    ids=["address", "header", "header without end", "many headers"],
)
async def test_a_head_that_is_too_long_is_refused(served: Served, head: bytes) -> None:
    async with served.talk(head) as (reader, _):
        assert refused(await reader.read()) == (
            "HTTP/1.1 431 Request Header Fields Too Large",
            "The headers are longer than 4 KiB.",
        )


async def test_whoever_goes_on_sending_reads_why_they_were_refused(served: Served) -> None:
    async with served.talk(b"GET / HTTP/1.1\r\nX-Long: " + LONG) as (reader, _):
        assert refused(await reader.read())[0] == "HTTP/1.1 431 Request Header Fields Too Large"
        async with asyncio.timeout(20):
            await served.emptied()


async def test_what_is_no_http_is_told_so(served: Served) -> None:
    async with served.talk(b"\x16\x03\x01 hello\r\n\r\n") as (reader, _):
        assert refused(await reader.read()) == (
            "HTTP/1.1 400 Bad Request",
            "That is no HTTP request.",
        )


async def test_more_connections_than_are_granted_are_told_to_come_back(served: Served) -> None:
    async with (
        served.talk(),
        served.talk(),
        served.talk(),
        served.talk(),
        served.talk(),
        served.talk() as (reader, _),
    ):
        answer = await reader.read()
        assert refused(answer) == (
            "HTTP/1.1 503 Service Unavailable",
            "There are too many connections.",
        )
        assert b"retry-after: 5" in answer


async def test_good_requests_go_on_on_one_connection(served: Served) -> None:
    async with served.talk(GOOD * 3) as (reader, writer):
        for _ in range(3):
            assert (await reader.readuntil(b"ok")).startswith(b"HTTP/1.1 200 OK")
        writer.write(GOOD)
        assert (await reader.readuntil(b"ok")).startswith(b"HTTP/1.1 200 OK")


async def test_others_are_answered_while_connections_are_half_open_or_not_read(
    seeded: House, registry: Registry
) -> None:
    question = orjson.dumps({"query": MANY})
    asked = (
        b"POST /graphql HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n%b" % (len(question), question)
    )
    app = build_app(seeded.core, compose(registry)[0])
    limits = replace(Limits(), head_seconds=2.0, read_seconds=2.0)
    process = psutil.Process()
    async with (
        serving(app, limits) as served,
        httpx2.AsyncClient(base_url=f"http://127.0.0.1:{served.port}", timeout=30) as http,
        AsyncExitStack() as held,
    ):
        before = (await http.post("/graphql", json=GOOD_QUERY)).json()
        occupied = process.memory_info().rss
        ends = []
        for _ in range(count("half-open connections")):
            reader, _ = await held.enter_async_context(served.talk(asked[:60]))
            ends.append(reader.read())
        for _ in range(count("slow readers")):
            # So many answers that no buffer of the system holds them.
            await held.enter_async_context(served.talk(asked * 400, reading=False))
        async with asyncio.timeout(30):
            late = asyncio.gather(*ends)
            while not late.done():
                assert (await http.post("/graphql", json=GOOD_QUERY)).json() == before
            await served.emptied(but=1)
        told = Counter(refused(answer)[0] for answer in await late)
        grown = process.memory_info().rss - occupied
    assert told == {"HTTP/1.1 408 Request Timeout": count("half-open connections")}
    assert grown < 50 * MIB

"""graphql-transport-ws: each rule of the protocol, and the same limits as over HTTP."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from tests.schema.hostile_documents import HOSTILE, Hostile
from tests.schema.wire import SECONDS, Wire, heard, say, serving
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from softlanding.testing.house import House
from softlanding_schema.server import websocket
from softlanding_schema.server.websocket import MESSAGE_BYTES, MOST_AT_ONCE

GOOD = "{ incubators { totalCount } }"
ANSWER = {"incubators": {"totalCount": 0}}
FOLLOWING = "subscription { stayChanged { id } }"
INIT = {"type": "connection_init"}
SLOWEST = 0.15


@pytest.fixture
def engine() -> str:
    """One database is enough where none is asked."""
    return "sqlite"


@pytest.fixture
async def wire(house: House) -> AsyncIterator[Wire]:
    async with serving(house) as served:
        yield served


async def closed(socket: ClientConnection) -> tuple[int, str]:
    """Wait until the server closes; return its code and its reason."""
    async with asyncio.timeout(SECONDS):
        await socket.wait_closed()
    assert socket.close_code is not None
    return socket.close_code, socket.close_reason or ""


async def test_an_operation_is_answered_once_and_completed(wire: Wire) -> None:
    async with wire.socket() as socket:
        await say(socket, type="subscribe", id="a", payload={"query": GOOD})
        assert await heard(socket) == {
            "type": "next",
            "id": "a",
            "payload": {"data": ANSWER, "extensions": {"cost": {"requested": 2, "limit": 20000}}},
        }
        assert await heard(socket) == {"type": "complete", "id": "a"}
        await say(socket, type="ping")
        assert await heard(socket) == {"type": "pong"}


async def test_a_mutation_acts_with_the_rights_of_whoever_connected(wire: Wire) -> None:
    mutation = """mutation($input: CreateIncubatorInput!) { createIncubator(input: $input) {
      incubator { name } problems { code } } }"""
    given = {"slug": "demo-lab", "name": "Demo Lab", "country": "LT"}
    token = await wire.house.person("Ada Admin", admin=True)
    found = []
    for secret in (token, None):
        async with wire.socket(secret) as socket:
            payload = {"query": mutation, "variables": {"input": given}}
            await say(socket, type="subscribe", id="a", payload=payload)
            found.append((await heard(socket))["payload"]["data"]["createIncubator"])
    assert found == [
        {"incubator": {"name": "Demo Lab"}, "problems": []},
        {"incubator": None, "problems": [{"code": "UNAUTHENTICATED"}]},
    ]


@pytest.mark.parametrize(
    ("messages", "code", "reason"),
    [
        ([{"type": "subscribe", "id": "1", "payload": {"query": GOOD}}], 4401, "Unauthorized"),
        ([INIT, INIT], 4429, "Too many initialisation requests"),
        ([INIT, {"type": "unknown", "id": "1"}], 4400, "Invalid message: unknown type"),
        (
            [INIT, {"type": "subscribe", "payload": {"query": GOOD}}],
            4400,
            "Invalid message: id must be a string of 1 to 255 characters",
        ),
        (
            [INIT, *({"type": "subscribe", "id": "1", "payload": {"query": FOLLOWING}},) * 2],
            4409,
            "Subscriber for 1 already exists",
        ),
        (
            [{"type": "connection_init", "payload": {"authorization": "Bearer slt_none"}}],
            4403,
            "The token is not known, expired or revoked.",
        ),
        (
            [{"type": "connection_init", "payload": "me"}],
            4400,
            "Invalid message: payload must be an object",
        ),
        ([[INIT]], 4400, "Invalid message: it is no JSON object"),
        ([b"{}"], 4400, "Invalid message: send text"),
        (['{"type":'], 4400, "Invalid message: The message is not JSON: unexpected end of data."),
        (
            [{"type": "ping", "payload": {"a": "\0"}}],
            4400,
            "Invalid message: The message holds the character U+0000.",
        ),
    ],
)
async def test_whoever_breaks_a_rule_is_closed_with_its_code(
    wire: Wire, messages: list[Any], code: int, reason: str
) -> None:
    async with wire.connected() as socket:
        for message in messages:
            await socket.send(message if isinstance(message, str | bytes) else json.dumps(message))
        assert await closed(socket) == (code, reason)
    await wire.followed(0)


async def test_a_message_that_is_too_long_closes_the_connection(wire: Wire) -> None:
    async with wire.socket() as socket:
        await say(socket, type="ping", payload={"a": "x" * MESSAGE_BYTES})
        assert (await closed(socket))[0] == 1009


async def test_whoever_does_not_say_who_they_are_is_closed(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(websocket, "INIT_SECONDS", 0.05)
    async with wire.connected() as socket:
        assert await closed(socket) == (4408, "Connection initialisation timeout")


async def test_a_connection_lives_longer_than_a_body_may_take(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from softlanding_schema.server.protocol import BoundedProtocol

    short = replace(BoundedProtocol.limits, head_seconds=0.05, body_seconds=0.05)
    monkeypatch.setattr(BoundedProtocol, "limits", short)
    async with serving(house) as wire, wire.socket() as socket:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await socket.recv()
        await say(socket, type="ping")
        assert await heard(socket) == {"type": "pong"}


async def test_only_this_protocol_is_spoken(wire: Wire) -> None:
    for protocols in (None, [Subprotocol("graphql-ws")]):
        with pytest.raises(InvalidStatus) as refused:
            async with connect(wire.sockets, subprotocols=protocols):
                pass
        assert refused.value.response.status_code == 403


async def test_a_connection_has_a_few_operations_at_a_time(wire: Wire) -> None:
    token = await wire.house.person("Ada Admin", admin=True)
    async with wire.socket(token) as socket:
        # What is sent in one go is begun before any of it is answered.
        await socket.send(
            [json.dumps({"type": "subscribe", "id": "0", "payload": {"query": GOOD}})]
        )
        for number in range(1, MOST_AT_ONCE * 5):
            await say(socket, type="subscribe", id=str(number), payload={"query": GOOD})
        answered = refused = 0
        while answered + refused < MOST_AT_ONCE * 5:
            message = await heard(socket)
            answered += message["type"] == "complete"
            refused += message["type"] == "error"
            assert message["type"] != "error" or message["payload"] == [
                {
                    "message": "A connection has at most 20 operations at a time.",
                    "extensions": {"code": "TOO_MANY_ATTEMPTS"},
                }
            ]
    assert answered >= MOST_AT_ONCE


async def test_whoever_goes_leaves_nothing_behind(wire: Wire) -> None:
    async with wire.socket() as socket:
        await say(socket, type="subscribe", id="1", payload={"query": FOLLOWING})
        await wire.followed()
    await wire.followed(0)
    async with wire.events(FOLLOWING):
        await wire.followed()
    await wire.followed(0)


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
async def test_hostile_documents_are_refused_as_over_http(wire: Wire, hostile: Hostile) -> None:
    # The quickest of three counts, since other tests run beside it.
    over_events = [await by_events(wire, hostile) for _ in range(3)]
    assert min(over_events) < SLOWEST
    if len(hostile.body) < MESSAGE_BYTES - 100:
        over_socket = [await by_socket(wire, hostile) for _ in range(3)]
        assert min(over_socket) < SLOWEST


async def by_events(wire: Wire, hostile: Hostile) -> float:
    """Send a document as for a stream of events; return how long the refusal took."""
    started = time.perf_counter()
    async with wire.http.stream(
        "POST",
        "/graphql",
        json=json.loads(hostile.body),
        headers={"accept": "text/event-stream"},
    ) as answer:
        lines = [line async for line in answer.aiter_lines()]
    seconds = time.perf_counter() - started
    if hostile.status == 413:
        assert (answer.status_code, json.loads(lines[0])) == (413, hostile.told)
    else:
        assert (answer.status_code, lines[2]) == (200, "event: next")
        assert json.loads(lines[3].removeprefix("data: "))["errors"] == hostile.errors
    return seconds


async def by_socket(wire: Wire, hostile: Hostile) -> float:
    """Send a document over a websocket; return how long the refusal took."""
    async with wire.socket() as socket:
        started = time.perf_counter()
        await say(socket, type="subscribe", id="1", payload=json.loads(hostile.body))
        message = await heard(socket)
        seconds = time.perf_counter() - started
    assert message == {"type": "error", "id": "1", "payload": hostile.errors}
    return seconds

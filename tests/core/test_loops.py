"""Loops: watched, started again when they end, and missed when they no longer turn."""

import asyncio

from starlette.requests import Request

from softlanding.services.loops import Beat
from softlanding.testing.house import House
from softlanding_schema.server.health import Readiness


async def test_a_loop_that_fails_or_ends_is_started_again(house: House) -> None:
    turns: list[int] = []
    third = asyncio.Event()

    async def turn(beat: Beat) -> None:
        beat()
        turns.append(len(turns))
        if len(turns) == 1:
            raise ConnectionError("the database went away")
        if len(turns) == 3:
            third.set()
            await asyncio.Event().wait()

    house.core.loops.start("turning", turn, silent_for=60)
    await asyncio.wait_for(third.wait(), 10)
    await house.core.loops.stop()
    assert turns == [0, 1, 2]
    assert house.core.loops.silent == {}


async def test_the_product_is_not_ready_while_a_loop_does_not_turn(house: House) -> None:
    async def hang(beat: Beat) -> None:
        await asyncio.Event().wait()

    request = Request({"type": "http", "method": "GET", "path": "/health/ready"})
    ready = await Readiness(house.core)(request)
    house.core.loops.start("hanging", hang, silent_for=0)
    late = await Readiness(house.core)(request)
    assert [answer.status_code for answer in (ready, late)] == [200, 503]
    assert late.body == b'{"status":"not ready"}'
    assert list(house.core.loops.silent) == ["hanging"]
    await house.core.loops.stop()


async def test_a_loop_that_forgets_that_it_was_cancelled_still_stops(house: House) -> None:
    forgotten: list[bool] = []

    async def forget(beat: Beat) -> None:
        while not forgotten:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                forgotten.append(True)
        await asyncio.Event().wait()

    house.core.loops.start("forgetting", forget, silent_for=60)
    await asyncio.sleep(0)
    async with asyncio.timeout(30):
        await house.core.loops.stop()
    assert forgotten == [True]

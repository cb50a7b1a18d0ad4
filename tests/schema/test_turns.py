"""Who asks much at a time waits in a line of their own; too much in all is sent away."""

import asyncio

import pytest

from softlanding.testing.house import House
from softlanding_schema.server.answers import Rejection
from softlanding_schema.server.turns import TurnLimits, Turns, asker_of

LIMITS = TurnLimits(of_one=2, in_all=4, waiting_of_one=3, waiting_in_all=5, seconds=0.2)


@pytest.fixture
def engine() -> str:
    """One database is enough where none is asked."""
    return "sqlite"


class Desk:
    """Turns, and who had one in which order."""

    def __init__(self) -> None:
        self.turns = Turns(LIMITS)
        self.had: list[str] = []
        self._may_leave: dict[str, asyncio.Event] = {}
        self._moved = asyncio.Condition()

    async def ask(self, name: str) -> str:
        """Ask, and stay until told to leave; the first letter is the asker."""
        leave = self._may_leave[name] = asyncio.Event()
        try:
            async with self.turns.one(name[:1].encode()):
                await self._note(name)
                await leave.wait()
        except Rejection as rejected:
            return f"{rejected.status} {rejected.problem.code}"
        return "answered"

    async def _note(self, name: str) -> None:
        async with self._moved:
            self.had.append(name)
            self._moved.notify_all()

    def begin(self, *names: str) -> list["asyncio.Task[str]"]:
        return [asyncio.create_task(self.ask(name)) for name in names]

    async def reach(self, *names: str) -> None:
        """Wait until just these had a turn, in this order."""
        async with asyncio.timeout(10), self._moved:
            await self._moved.wait_for(lambda: len(self.had) >= len(names))
        assert self.had == list(names)

    def leave(self, *names: str) -> None:
        for name in names:
            self._may_leave[name].set()


async def test_whoever_asks_alone_has_all_turns() -> None:
    desk = Desk()
    asked = desk.begin("a1", "a2", "a3", "a4", "a5")
    await desk.reach("a1", "a2", "a3", "a4")
    desk.leave("a1")
    await desk.reach("a1", "a2", "a3", "a4", "a5")
    desk.leave("a2", "a3", "a4", "a5")
    assert await asyncio.gather(*asked) == ["answered"] * 5


async def test_as_soon_as_others_ask_each_has_a_part() -> None:
    desk = Desk()
    asked = desk.begin("a1", "a2", "a3", "a4", "a5", "a6")
    await desk.reach("a1", "a2", "a3", "a4")
    asked += desk.begin("b1", "b2")
    await asyncio.sleep(0)
    desk.leave("a1", "a2")
    await desk.reach("a1", "a2", "a3", "a4", "b1", "b2")
    desk.leave("b1", "b2")
    await desk.reach("a1", "a2", "a3", "a4", "b1", "b2", "a5", "a6")
    desk.leave("a3", "a4", "a5", "a6")
    assert await asyncio.gather(*asked) == ["answered"] * 8


async def test_lines_are_served_in_turn() -> None:
    desk = Desk()
    asked = desk.begin("a1", "b1", "c1", "d1", "a2", "b2", "a3")
    await desk.reach("a1", "b1", "c1", "d1")
    desk.leave("c1", "d1")
    await desk.reach("a1", "b1", "c1", "d1", "a2", "b2")
    desk.leave("b1", "a1")
    await desk.reach("a1", "b1", "c1", "d1", "a2", "b2", "a3")
    desk.leave("a2", "b2", "a3")
    assert await asyncio.gather(*asked) == ["answered"] * 7


async def test_whoever_has_too_many_waiting_is_told_so_at_once() -> None:
    desk = Desk()
    asked = desk.begin(*(f"a{number}" for number in range(7)))
    await desk.reach("a0", "a1", "a2", "a3")
    assert await desk.ask("a8") == "429 TOO_MANY_ATTEMPTS"
    desk.leave(*(f"a{number}" for number in range(7) if f"a{number}" in desk.had))
    await desk.reach(*(f"a{number}" for number in range(7)))
    desk.leave("a4", "a5", "a6")
    assert await asyncio.gather(*asked) == ["answered"] * 7


async def test_too_much_in_all_is_sent_away() -> None:
    desk = Desk()
    asked = desk.begin("a1", "a2", "b1", "b2", "a3", "a4", "b3", "b4", "c1")
    await desk.reach("a1", "a2", "b1", "b2")
    assert await desk.ask("d1") == "503 UNAVAILABLE"
    for task in asked:
        task.cancel()
    await asyncio.wait(asked)


async def test_nobody_waits_for_ever() -> None:
    desk = Desk()
    asked = desk.begin("a1", "a2", "b1", "b2")
    await desk.reach("a1", "a2", "b1", "b2")
    assert await desk.ask("a3") == "429 TOO_MANY_ATTEMPTS"
    assert await desk.ask("c1") == "503 UNAVAILABLE"
    desk.leave("a1", "a2", "b1", "b2")
    assert await asyncio.gather(*asked) == ["answered"] * 4


async def test_whoever_gives_up_in_line_leaves_nothing_behind() -> None:
    desk = Desk()
    asked = desk.begin("a1", "a2", "a3", "a4", "a5", "a6")
    await desk.reach("a1", "a2", "a3", "a4")
    # In one go, so that the turn comes to somebody who has given up already.
    asked[4].cancel()
    asked[0].cancel()
    await desk.reach("a1", "a2", "a3", "a4", "a6")
    desk.leave("a2", "a3", "a4", "a6")
    assert await asyncio.gather(*asked[1:4], asked[5]) == ["answered"] * 4
    again = desk.begin("a7")
    await desk.reach("a1", "a2", "a3", "a4", "a6", "a7")
    desk.leave("a7")
    assert await again[0] == "answered"


@pytest.mark.parametrize(
    ("headers", "asker"),
    [
        ({b"authorization": b"Bearer a", b"cookie": b"b"}, b"Bearer a"),
        ({b"cookie": b"b"}, b"b"),
        ({}, b"192.0.2.1"),
    ],
)
def test_askers_are_told_apart_by_what_they_send(headers: dict[bytes, bytes], asker: bytes) -> None:
    assert asker_of({"type": "http", "client": ("192.0.2.1", 1)}, headers) == asker


async def test_a_flood_is_answered_or_told_to_wait_and_nothing_else(seeded: House) -> None:
    query = {"query": "{ incubators { totalCount } }"}
    asked = (seeded.http.post("/graphql", json=query) for _ in range(300))
    answers = await asyncio.gather(*asked)
    assert {answer.status_code for answer in answers} <= {200, 429}
    refused = [answer for answer in answers if answer.status_code == 429]
    assert all(answer.headers["retry-after"] == "1" for answer in refused)
    assert len(answers) - len(refused) >= TurnLimits().waiting_of_one

"""Turns: nobody who asks much at a time keeps others waiting, and too much in all is sent away.

Whoever asks alone is answered as fast as can be. As soon as others ask, each is answered a few
operations at a time, the others wait in a line of their own, and the lines are served in turn.
Askers are told apart before anything is read for them: by their token or session, and without one
by their network address.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType

from starlette.types import Scope

from softlanding.domain.problems import Code, Problem
from softlanding_schema.server.answers import Rejection


@dataclass(frozen=True)
class TurnLimits:
    """How many operations are answered at a time, and how many wait.

    `in_all` are answered at a time, and `of_one` of each asker where there are several. Of one
    asker `waiting_of_one` wait, of all `waiting_in_all`, each for at most `seconds`.
    """

    of_one: int = 4
    in_all: int = 32
    waiting_of_one: int = 128
    waiting_in_all: int = 512
    seconds: float = 5.0


@dataclass
class _Line:
    """The operations of one asker: how many are answered, and who waits."""

    answered: int = 0
    waiting: "deque[asyncio.Future[None]]" = field(default_factory=deque)


class Turns:
    """Who is answered now, and who waits."""

    def __init__(self, limits: TurnLimits | None = None) -> None:
        self._limits = limits or TurnLimits()
        self._lines: OrderedDict[bytes, _Line] = OrderedDict()
        self._answered = 0
        self._waiting = 0

    def one(self, asker: bytes) -> "_Turn":
        """Return a turn to be entered, which waits, or raises `Rejection` if there are too many."""
        return _Turn(self, asker)

    async def take(self, asker: bytes) -> None:
        """Wait for a turn."""
        line = self._lines.get(asker)
        if line is None:
            line = self._lines[asker] = _Line()
        if not line.waiting and self._has_room(line):
            self._answer(line)
            return
        if len(line.waiting) >= self._limits.waiting_of_one:
            raise _too_much_of_one()
        if self._waiting >= self._limits.waiting_in_all:
            self._leave_if_empty(asker, line)
            raise _too_much_in_all()
        turn = asyncio.get_running_loop().create_future()
        line.waiting.append(turn)
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limits.seconds):
                await turn
        except BaseException as end:
            if turn.done() and not turn.cancelled():
                # The turn came in the moment in which it was given up.
                self.give_back(asker)
            elif turn in line.waiting:
                line.waiting.remove(turn)
                self._waiting -= 1
                self._leave_if_empty(asker, line)
            if isinstance(end, TimeoutError):
                raise (_too_much_of_one() if line.answered else _too_much_in_all()) from None
            raise

    def give_back(self, asker: bytes) -> None:
        """End a turn; whoever waits has the next."""
        line = self._lines[asker]
        line.answered -= 1
        self._answered -= 1
        self._leave_if_empty(asker, line)
        if self._waiting:
            self._call_next()

    def _has_room(self, line: _Line) -> bool:
        if self._answered >= self._limits.in_all:
            return False
        return line.answered < self._limits.of_one or len(self._lines) == 1

    def _answer(self, line: _Line) -> None:
        line.answered += 1
        self._answered += 1

    def _leave_if_empty(self, asker: bytes, line: _Line) -> None:
        if not line.answered and not line.waiting and self._lines.get(asker) is line:
            del self._lines[asker]

    def _call_next(self) -> None:
        """Give free turns to those who wait, one line after the other."""
        while self._waiting:
            lines = self._lines.items()
            free = ((asker, one) for asker, one in lines if one.waiting and self._has_room(one))
            asker, line = next(free, (None, None))
            if asker is None or line is None:
                return
            turn = line.waiting.popleft()
            self._waiting -= 1
            # Whoever gave up has not been there to leave the line yet.
            if not turn.cancelled():
                self._answer(line)
                turn.set_result(None)
            self._lines.move_to_end(asker)


class _Turn:
    """One turn, from when it came until it is given back."""

    __slots__ = ("_asker", "_turns")

    def __init__(self, turns: Turns, asker: bytes) -> None:
        self._turns = turns
        self._asker = asker

    async def __aenter__(self) -> None:
        await self._turns.take(self._asker)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._turns.give_back(self._asker)


def asker_of(scope: Scope, headers: Mapping[bytes, bytes]) -> bytes:
    """Return what tells an asker from others before anything is read for them."""
    for name in (b"authorization", b"cookie"):
        if name in headers:
            return headers[name]
    client = scope.get("client")
    return client[0].encode() if client else b""


def _too_much_of_one() -> Rejection:
    problem = Problem(
        code=Code.TOO_MANY_ATTEMPTS,
        message="You ask for more at a time than is answered.",
        hint="Send the next request when one is answered; ask for several things in one operation.",
    )
    return Rejection(429, problem, {"retry-after": "1"})


def _too_much_in_all() -> Rejection:
    problem = Problem(
        code=Code.UNAVAILABLE,
        message="There is more to answer than can be answered in time.",
        hint="Ask again in a second.",
    )
    return Rejection(503, problem, {"retry-after": "1"})

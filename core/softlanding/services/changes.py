"""What changes, for whoever follows it while they are connected.

One loop reads the events that were committed and hands them to all followers of this process; who
may be told of them is for `following` to say. Nothing is kept for whoever is not connected: they
read the object when they come back.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from softlanding.contract.events import Event
from softlanding.predicates import Compare
from softlanding.services.loops import Beat
from softlanding.storage.database import Database
from softlanding.storage.events import event_of
from softlanding.storage.tables import Row

MOST_UNREAD = 1000
"""So many events a follower may leave unread before it is left behind."""

# Longer than a unit of work may take: on PostgreSQL a number that was given earlier may be
# committed later.
_LATE_SECONDS = 15.0
_POLL_SECONDS = 5.0
_AT_A_TIME = 500


class FellBehind(Exception):  # noqa: N818 - told to the follower, who reads the object again
    """More happened than a follower took."""


class Ended(Exception):  # noqa: N818 - told to the follower, who comes back to another process
    """The product stops, and nothing is followed any more."""


class Follower:
    """One who follows some events."""

    def __init__(self, wants: Callable[[Event], bool]) -> None:
        self._wants = wants
        self._unread: list[Event] = []
        self._flag = asyncio.Event()
        self._over: Exception | None = None

    def tell(self, event: Event) -> None:
        """Keep an event until it is read."""
        if self._over is not None or not self._wants(event):
            return
        self._unread.append(event)
        if len(self._unread) > MOST_UNREAD:
            self.end(FellBehind())
        self._flag.set()

    def end(self, why: Exception) -> None:
        """Tell nothing more; `why` is raised where the next events would be read."""
        self._unread.clear()
        self._over = why
        self._flag.set()

    async def events(self, *, within: float) -> Sequence[Event]:
        """Return what has happened since, in its order; nothing when nothing did in some seconds.

        Raises `FellBehind` or `Ended`.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._flag.wait()
        self._flag.clear()
        if self._over is not None:
            raise self._over
        found, self._unread = self._unread, []
        return found


class Changes:
    """The followers of one process, and how far the events were read for them.

    While nobody follows, nothing is read.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._news = database.news.flag()
        self._followers: set[Follower] = set()
        self._coming = asyncio.Lock()
        self._read_to = 0
        self._seen: dict[int, float] = {}
        self._ended = False

    def __len__(self) -> int:
        """How many follow."""
        return len(self._followers)

    @asynccontextmanager
    async def follow(self, wants: Callable[[Event], bool]) -> AsyncIterator[Follower]:
        """Follow the events that are committed from now on, as far as they are wanted."""
        follower = Follower(wants)
        if self._ended:
            follower.end(Ended())
        async with self._coming:
            if not self._followers:
                await self._skip()
            self._followers.add(follower)
        try:
            yield follower
        finally:
            self._followers.discard(follower)

    def end(self) -> None:
        """Send all followers away, and those who come from now on."""
        self._ended = True
        for follower in self._followers:
            follower.end(Ended())

    async def run(self, beat: Beat) -> None:
        """Go on until cancelled."""
        while True:
            beat()
            self._news.clear()
            if not self._followers or not await self._read():
                # Not `wait_for`, which forgets that it was cancelled where news come meanwhile.
                with suppress(TimeoutError):
                    async with asyncio.timeout(_POLL_SECONDS):
                        await self._news.wait()

    async def _skip(self) -> None:
        """Begin behind what is there."""
        (row,) = await self._database.rows.fetch("SELECT max(id) AS last FROM events", [])
        last = row["last"] or 0
        self._read_to, self._seen = max(0, last - _AT_A_TIME), {}
        # Not every number up to the last: one may be that of an event not committed yet.
        there = await self._after()
        self._seen = dict.fromkeys((one["id"] for one in there), time.monotonic())

    async def _after(self) -> Sequence[Row]:
        after = Compare("id", ">", self._read_to)
        most = _AT_A_TIME + len(self._seen)
        return await self._database.rows.select("events", after, limit=most)

    async def _read(self) -> bool:
        """Tell what is new, and whether there may be more at once."""
        rows = await self._after()
        now = time.monotonic()
        new = [row for row in rows if row["id"] not in self._seen]
        for row in new:
            self._seen[row["id"]] = now
            event = event_of(row)
            for follower in self._followers:
                follower.tell(event)
        settled = [key for key, at in self._seen.items() if now - at > _LATE_SECONDS]
        for key in settled:
            del self._seen[key]
        self._read_to = max([self._read_to, *settled])
        return len(new) >= _AT_A_TIME

"""What the product does all the time beside its requests: loops that are watched.

A loop that ends is started again, and one that no longer turns makes the product not ready.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

import structlog

from softlanding.tasks import spawn

log = structlog.get_logger("softlanding.loops")

Beat: TypeAlias = Callable[[], None]
"""What a loop calls each time that it turns."""

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 15.0


class Loops:
    """The loops of one open core."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._beats: dict[str, float] = {}
        self._silent_for: dict[str, float] = {}

    def start(
        self, name: str, run: Callable[[Beat], Awaitable[None]], *, silent_for: float
    ) -> None:
        """Start a loop, which beats at least every `silent_for` seconds."""
        self._silent_for[name] = silent_for
        self._beat(name)
        self._tasks[name] = spawn(self._supervised(name, run), name=f"loop {name}")

    @property
    def silent(self) -> Mapping[str, float]:
        """The loops that have not beaten for too long, and since how many seconds."""
        now = time.monotonic()
        return {
            name: now - at for name, at in self._beats.items() if now - at > self._silent_for[name]
        }

    async def stop(self) -> None:
        """End all loops."""
        running = set(self._tasks.values())
        while running:
            for task in running:
                task.cancel()
            # Asked again: a library below may forget that it was cancelled.
            _, running = await asyncio.wait(running, timeout=1)

    def _beat(self, name: str) -> None:
        self._beats[name] = time.monotonic()

    async def _supervised(self, name: str, run: Callable[[Beat], Awaitable[None]]) -> None:
        pause = _FIRST_PAUSE
        while True:
            started = time.monotonic()
            try:
                await run(lambda: self._beat(name))
                log.error("a loop ended; it is started again", loop=name)
            except Exception as error:
                log.error("a loop failed; it is started again", loop=name, exc_info=error)
            if time.monotonic() - started > _LONGEST_PAUSE:
                pause = _FIRST_PAUSE
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

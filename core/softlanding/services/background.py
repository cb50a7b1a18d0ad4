"""Work that nobody waits for: started beside a request, and finished before the core closes."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from softlanding.tasks import spawn

log = structlog.get_logger("softlanding.background")


class Background:
    """The work of one open core that goes on beside its requests."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None], *, name: str) -> None:
        """Start work; what it raises is logged, since there is nobody to tell."""
        task = spawn(_logged(work, name), name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Wait until all that was started has ended."""
        while self._tasks:
            await asyncio.wait(self._tasks)


async def _logged(work: Coroutine[Any, Any, None], name: str) -> None:
    try:
        await work
    except Exception as error:
        log.error("work beside the requests failed", work=name, exc_info=error)

"""Health: `live` says that the loop turns, `ready` that the product can answer."""

import asyncio
import time

import structlog
from starlette.requests import Request

from softlanding.domain.problems import Refused
from softlanding.services.core import Core
from softlanding_schema.server.answers import Answer, json_answer

log = structlog.get_logger("softlanding.health")
_DATABASE_SECONDS = 1.0
_CACHED_SECONDS = 1.0


async def live(request: Request) -> Answer:
    """Answer as long as the event loop turns."""
    return json_answer({"status": "live"})


class Readiness:
    """Whether the database answers within a second and all loops turn; asked once a second."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._asked_at = float("-inf")
        self._ready = False

    async def __call__(self, request: Request) -> Answer:
        """Answer 200 when ready, 503 otherwise; nothing more is told to strangers."""
        if self._core.draining:
            return _not_ready()
        if time.monotonic() - self._asked_at > _CACHED_SECONDS:
            self._ready = await self._answers()
            self._asked_at = time.monotonic()
        if self._ready:
            return json_answer({"status": "ready"})
        return _not_ready()

    async def _answers(self) -> bool:
        if silent := self._core.loops.silent:
            log.error(
                "loops do not turn", silent={name: round(for_) for name, for_ in silent.items()}
            )
            return False
        try:
            async with asyncio.timeout(_DATABASE_SECONDS):
                await self._core.database.rows.fetch("SELECT 1 AS one", [])
        except (TimeoutError, Refused, OSError):
            return False
        return True


def _not_ready() -> Answer:
    return json_answer({"status": "not ready"}, status=503, headers={"retry-after": "1"})

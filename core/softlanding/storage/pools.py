"""Pools of PostgreSQL connections, made at their first use."""

import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Any

import asyncpg

from softlanding.storage.engines import STATEMENT_SECONDS, pool_arguments

_SIZE = 10
_ACQUIRE_SECONDS = 1.0
_CLOSE_SECONDS = 3.0


class LazyPool:
    """At most ten connections; one that is not free within a second is not waited for."""

    def __init__(self, url: str, *, read_only: bool) -> None:
        self._arguments = pool_arguments(url, read_only=read_only)
        self._pool: Any = None
        self._opening = asyncio.Lock()

    async def connection(self) -> AbstractAsyncContextManager[Any]:
        """Return a connection to be entered, and given back when it is left."""
        if self._pool is None:
            await self._open()
        acquired: AbstractAsyncContextManager[Any] = self._pool.acquire(timeout=_ACQUIRE_SECONDS)
        return acquired

    async def close(self) -> None:
        """Close the pool, if it is open."""
        async with self._opening:
            if self._pool is not None:
                try:
                    async with asyncio.timeout(_CLOSE_SECONDS):
                        await self._pool.close()
                except TimeoutError:
                    # The server does not answer: what it was asked for is given up.
                    self._pool.terminate()
                self._pool = None

    async def _open(self) -> None:
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    **self._arguments,
                    min_size=1,
                    max_size=_SIZE,
                    reset=_leave_as_it_is,
                    # The server ends statements that take long; a dead wire ends nothing.
                    command_timeout=STATEMENT_SECONDS + 0.25,
                    statement_cache_size=512,
                )


async def _leave_as_it_is(connection: object) -> None:
    """Give a connection back; no statement here changes more of its state than a transaction."""

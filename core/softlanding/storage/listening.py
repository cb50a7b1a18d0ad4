"""Being told by PostgreSQL of what other processes wrote."""

import asyncio
from collections.abc import Callable

import asyncpg

from softlanding.storage.engines import pool_arguments

_CHANNEL = "softlanding_events"
_ASK_EVERY = 10.0
_PATIENCE = 5.0


async def listen(url: str, told: Callable[[], None], beat: Callable[[], None]) -> None:
    """Call `told` for each transaction with events, until cancelled; raises when cut off.

    It is called at first, too, for what was written while nobody listened. The server is asked now
    and then, since a connection that is cut off says nothing.
    """
    connection = await asyncpg.connect(**pool_arguments(url, read_only=True))
    try:
        await connection.add_listener(_CHANNEL, lambda *_: told())
        told()
        while True:
            async with asyncio.timeout(_PATIENCE):
                await connection.execute("SELECT 1")
            beat()
            await asyncio.sleep(_ASK_EVERY)
    finally:
        connection.terminate()

"""Being told by PostgreSQL of what other processes wrote."""

import asyncio
from collections.abc import Callable

import asyncpg

from softlanding.storage.engines import pool_arguments
from softlanding.storage.versions import CHANNEL, PostgresqlVersions

_CHANNEL = "softlanding_events"
_ASK_EVERY = 10.0
_PATIENCE = 5.0


async def listen(
    url: str,
    told: Callable[[], None],
    versions: PostgresqlVersions,
    beat: Callable[[], None],
) -> None:
    """Call `told` for each transaction with events, until cancelled; raises when cut off.

    It is called at first, too, for what was written while nobody listened. The server is asked now
    and then, since a connection that is cut off says nothing. Meanwhile `versions` are known.
    """
    connection = await asyncpg.connect(**pool_arguments(url, read_only=True))
    try:
        await connection.add_listener(_CHANNEL, lambda *_: told())
        await connection.add_listener(CHANNEL, lambda *heard: versions.wrote(heard[3:]))
        versions.begin()
        told()
        while True:
            async with asyncio.timeout(_PATIENCE):
                await connection.execute("SELECT 1")
            beat()
            await asyncio.sleep(_ASK_EVERY)
    finally:
        versions.end()
        connection.terminate()

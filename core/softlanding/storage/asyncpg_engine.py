"""The PostgreSQL engine: a connection is asked for at most one second, and never leaked.

The library gives a connection back only when its transaction began; here a failed begin gives
it back too. The module's name contains "asyncpg" because the library finds its migration editor
by it.
"""

from typing import Any

from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import (
    TransactionalDBClient,
    TransactionContext,
    TransactionContextPooled,
)
from tortoise.connection import get_connections

ACQUIRE_SECONDS = 1.0


class _Context(TransactionContextPooled):
    client: Any

    async def __aenter__(self) -> TransactionalDBClient:
        await self.ensure_connection()
        pool = self.client._parent._pool
        self.client._connection = await pool.acquire(timeout=ACQUIRE_SECONDS)
        self.token = get_connections().set(self.connection_name, self.client)
        try:
            await self.client.begin()
        except BaseException:
            get_connections().reset(self.token)
            await pool.release(self.client._connection)
            raise
        return self.client  # type: ignore[no-any-return] # untyped in the library


class Client(AsyncpgDBClient):
    """The client whose transactions wait at most a second for a connection."""

    def _in_transaction(self) -> TransactionContext:
        return _Context(TransactionWrapper(self), self._pool_init_lock)


client_class = Client

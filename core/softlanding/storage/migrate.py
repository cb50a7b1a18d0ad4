"""Migrations: what is pending, applying it, writing a new one.

The library's migrations run with the whole app configuration (naming one app silently does
nothing once another depends on it), under an advisory lock on PostgreSQL, and with foreign keys
off on SQLite, where rebuilding a table would otherwise delete the rows that point at it.
"""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext
from tortoise.exceptions import DBConnectionError, OperationalError
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.executor import MigrationExecutor

from softlanding.storage.engines import APPS, dialect_of, migrating_config, sqlite_file

_ADVISORY_LOCK = 7_301_226
_UNREACHABLE = (
    OSError,
    DBConnectionError,
    asyncpg.PostgresConnectionError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
)


class SchemaMismatch(Exception):  # noqa: N818 - a sentence for the person who starts the product
    """The database does not have the schema of this version; the message says what to do."""


@dataclass(frozen=True)
class MigrationStatus:
    """Migrations not yet applied, and applied ones that this version does not know."""

    pending: tuple[str, ...]
    unknown: tuple[str, ...]


@asynccontextmanager
async def _connection(url: str) -> AsyncIterator[BaseDBAsyncClient]:
    try:
        async with TortoiseContext() as context:
            await context.init(config=migrating_config(url))
            yield context.connections.get("default")
    except _UNREACHABLE as error:
        raise SchemaMismatch(f"The database cannot be opened: {error}") from error


async def _status(client: BaseDBAsyncClient) -> MigrationStatus:
    executor = MigrationExecutor(client, APPS)
    plan = await executor.plan()
    known = {(key.app_label, key.name) for key in executor.loader.graph.nodes}
    applied = await executor.recorder.applied_migrations()
    return MigrationStatus(
        pending=tuple(f"{step.migration.app_label}.{step.migration.name}" for step in plan),
        unknown=tuple(
            f"{key.app_label}.{key.name}"
            for key in applied
            if (key.app_label, key.name) not in known
        ),
    )


async def status(url: str) -> MigrationStatus:
    """Compare a database with this version; raises `SchemaMismatch` when there is none."""
    if dialect_of(url) == "sqlite" and not sqlite_file(url).exists():
        raise SchemaMismatch(
            f"There is no database {sqlite_file(url)}. Create it with: softlanding migrate apply"
        )
    async with _connection(url) as client:
        try:
            await client.execute_query("SELECT 1")
            return await _status(client)
        except (OperationalError, DBConnectionError, OSError, sqlite3.DatabaseError) as error:
            raise SchemaMismatch(f"The database cannot be read: {error}") from error


async def require_current(url: str) -> None:
    """Refuse a database that misses a migration, or that a newer version has migrated."""
    found = await status(url)
    if found.unknown:
        raise SchemaMismatch(
            f"The database was migrated by a newer version ({', '.join(found.unknown)})."
            " Install that version; this one would not understand its rows."
        )
    if found.pending:
        raise SchemaMismatch(
            f"The database misses {', '.join(found.pending)}. Run: softlanding migrate apply"
        )


async def apply(url: str, *, progress: Callable[[str], object] = lambda line: None) -> None:
    """Apply what is pending; on SQLite a copy of the file is made first."""
    if dialect_of(url) == "sqlite":
        file = sqlite_file(url)
        if file.exists() and (found := await status(url)).pending:
            progress(f"copy of the database: {_back_up(file, found.pending[0])}")
    async with _connection(url) as client, _locked(client):
        if unknown := (await _status(client)).unknown:
            raise SchemaMismatch(f"The database was migrated by a newer version ({unknown[0]}).")
        executor = MigrationExecutor(client, APPS)
        await executor.migrate(
            direction="forward",
            progress=lambda event, app, name: event == "apply_done" and progress(f"{app}.{name}"),
        )
        if dialect_of(url) == "sqlite":
            _, broken = await client.execute_query("PRAGMA foreign_key_check")
            if broken:
                raise SchemaMismatch(f"{len(broken)} rows point at nothing after migrating.")


def _back_up(file: Path, before: str) -> Path:
    copy = file.with_name(f"{file.name}.before-{before}")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


@asynccontextmanager
async def _locked(client: BaseDBAsyncClient) -> AsyncIterator[None]:
    if client.capabilities.dialect != "postgres":
        yield
        return
    # The lock belongs to a session, so it needs a connection of its own; the pool has several.
    async with client.acquire_connection() as session:
        # Whoever migrates at the same time may take as long as it takes.
        await session.execute("SET lock_timeout = 0")
        await session.execute("SELECT pg_advisory_lock($1)", _ADVISORY_LOCK, timeout=None)
        try:
            yield
        finally:
            await session.execute("SELECT pg_advisory_unlock($1)", _ADVISORY_LOCK)
            await session.execute("RESET lock_timeout")


async def write(url: str) -> list[str]:
    """Write migration files for what the models have and the migrations lack."""
    async with TortoiseContext() as context:
        await context.init(config=migrating_config(url), init_connections=False)
        assert context.apps is not None  # noqa: S101 - set by init
        return await MigrationAutodetector(context.apps, APPS).write()

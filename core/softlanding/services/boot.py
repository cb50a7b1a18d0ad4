"""Opening the product: schema check, plugins, definitions, open stays brought up to date."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import date
from typing import TYPE_CHECKING

import structlog

from softlanding.access import allows
from softlanding.actors import Actor
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.host.discovery import Candidate, find
from softlanding.host.registry import Registry, build
from softlanding.openid_settings import OpenIDSettings
from softlanding.predicates import EVERYTHING, Equals
from softlanding.services.clock import Clock, FrozenClock, SystemClock
from softlanding.services.core import Core, require_writer
from softlanding.services.definitions import sync_definitions
from softlanding.services.duties import delete_answers
from softlanding.services.outgoing_http import OutgoingHTTP
from softlanding.services.refreshing import refresh_stays
from softlanding.settings import Settings
from softlanding.storage import migrate
from softlanding.storage.database import Database, Transaction

if TYPE_CHECKING:
    from softlanding.services.openid_provider import OpenIDProvider

log = structlog.get_logger("softlanding")
_DEMO_CLOCK = 1


def load_plugins(settings: Settings, extra: Iterable[Candidate] = ()) -> Registry:
    """Find and build the plugins that the settings select, and `extra` ones for tests."""
    return build([*find(settings.plugins), *extra])


@asynccontextmanager
async def open_core(settings: Settings, registry: Registry) -> AsyncIterator[Core]:
    """Open the database and bring definitions and open stays up to date.

    Raises `SchemaMismatch` or `RequiredPluginMissing` with a sentence that says what to do.
    """
    registry.require(settings.required_plugins)
    await migrate.require_current(settings.database_url)
    clock: Clock = SystemClock() if settings.today is None else FrozenClock(settings.today)
    database = Database(settings.database_url, now=clock.now)
    try:
        if isinstance(clock, FrozenClock):
            await _move(clock, database)
        core = Core(
            database=database,
            registry=registry,
            clock=clock,
            public_url=settings.public_url or f"http://{settings.host}:{settings.port}",
            openid=_provider(settings.openid) if settings.openid else None,
            http=OutgoingHTTP(local=settings.outgoing_local),
            outgoing_local=settings.outgoing_local,
        )
        definitions = await sync_definitions(database, registry)
        core.definitions, core.absent = definitions.in_force, definitions.absent
        if definitions.changed:
            await refresh_stays(core)
        try:
            yield core
        finally:
            await core.background.settle()
    finally:
        await database.close()


def _provider(settings: OpenIDSettings) -> "OpenIDProvider":
    # What it needs takes a third of a second to load, and most have no provider.
    from softlanding.services.openid_provider import OpenIDProvider

    return OpenIDProvider(settings)


async def _move(clock: FrozenClock, database: Database) -> None:
    for moved in await database.rows.select("demo_clock", EVERYTHING):
        clock.move_to(moved["today"])


async def set_today(core: Core, actor: Actor, day: date) -> None:
    """Move the frozen day of a demo database; refused where the clock is the real one."""
    require_writer(actor)
    if not allows(actor, "set_today") or not isinstance(core.clock, FrozenClock):
        raise Refused(
            Problem(
                code=Code.FORBIDDEN,
                message="The date can be moved in the demo only, by an administrator.",
                hint="Start the demo with `make demo`.",
            )
        )

    async def work(transaction: Transaction) -> None:
        if await transaction.select("demo_clock", Equals("id", _DEMO_CLOCK)):
            await transaction.delete("demo_clock", Equals("id", _DEMO_CLOCK))
        await transaction.insert("demo_clock", {"id": _DEMO_CLOCK, "today": day})

    await core.database.transact(work)
    core.clock.move_to(day)
    await refresh_stays(core.once(None))
    await delete_answers(core.once(None))

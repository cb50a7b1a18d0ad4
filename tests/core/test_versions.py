"""Versions of tables: what was written since, by this process or another; on both databases."""

import asyncio
from contextlib import suppress

import pytest

from softlanding.storage.database import Database, Transaction
from softlanding.storage.versions import WATCHED, tables_read
from softlanding.tasks import spawn
from softlanding.testing.house import House

STAYS = frozenset({"stays"})
INCUBATORS = frozenset({"incubators", "memberships"})


async def write(database: Database, slug: str, city: str) -> None:
    """Change an incubator."""

    async def work(transaction: Transaction) -> None:
        row = await transaction.by_slug("incubators", slug)
        assert row is not None
        await transaction.update("incubators", row["id"], {"city": city})

    await database.transact(work)


async def until_known(database: Database) -> int:
    """Return the moment, once it is known."""
    async with asyncio.timeout(5):
        while (moment := database.versions.now()) is None:  # noqa: ASYNC110 - nothing else tells
            await asyncio.sleep(0.01)
    return moment


async def until_changed(database: Database, since: int) -> None:
    """Wait until the change of another process is known."""
    async with asyncio.timeout(5):
        while database.versions.unchanged(INCUBATORS, since):  # noqa: ASYNC110 - nothing else tells
            await asyncio.sleep(0.01)


async def test_what_is_written_changes_its_tables_only(seeded: House) -> None:
    database = seeded.core.database
    listening = spawn(listen(database), name="listening")
    since = await until_known(database)
    assert database.versions.unchanged(STAYS | INCUBATORS, since)
    await write(database, "gtec", "Bonn")
    assert not database.versions.unchanged(INCUBATORS, since)
    assert database.versions.unchanged(STAYS, since)
    now = database.versions.now()
    assert now is not None
    listening.cancel()


async def listen(database: Database) -> None:
    """Hear of others, where the database tells of them."""
    if database.dialect == "postgresql":
        await database.listen(lambda: None)


async def test_what_another_process_wrote_is_known(seeded: House) -> None:
    database, other = seeded.core.database, Database(seeded.core.database.url)
    listening = spawn(listen(database), name="listening")
    since = await until_known(database)
    await write(other, "gtec", "Bonn")
    await until_changed(database, since)
    since = await until_known(database)
    assert database.versions.unchanged(INCUBATORS, since)
    # Also right after something of our own.
    await write(database, "gtec", "Berlin")
    since = await until_known(database)
    await write(other, "gtec", "Bonn")
    await until_changed(database, since)
    listening.cancel()
    await other.close()


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_nothing_counts_as_unchanged_while_nobody_is_heard(seeded: House) -> None:
    database = seeded.core.database
    assert database.versions.now() is None
    assert not database.versions.unchanged(STAYS, 0)
    listening = spawn(listen(database), name="listening")
    since = await until_known(database)
    assert database.versions.unchanged(STAYS, since)
    listening.cancel()
    with suppress(asyncio.CancelledError):
        await listening
    assert database.versions.now() is None
    again = spawn(listen(database), name="listening")
    await until_known(database)
    # Others may have written meanwhile.
    assert not database.versions.unchanged(STAYS, since)
    again.cancel()


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_nothing_counts_as_unchanged_while_somebody_writes_here(seeded: House) -> None:
    database = seeded.core.database
    await write(database, "gtec", "Bonn")
    found: list[int | None] = []

    async def work(transaction: Transaction) -> None:
        other = Database(database.url)
        row = await other.rows.by_slug("incubators", "gtec")
        assert row is not None
        await transaction.update("incubators", row["id"], {"city": "Berlin"})
        found.append(database.versions.now())
        await other.close()

    await database.transact(work)
    assert found == [None]
    assert database.versions.now() is not None


def test_tables_are_found_in_statements() -> None:
    sql = """SELECT j FROM (SELECT 1 AS j FROM "stays" t1 JOIN "incubators" t2 ON t2."id" = t1."x"
        WHERE EXISTS (SELECT 1 FROM memberships WHERE 1)) whole"""
    assert tables_read(sql) == {"stays", "incubators", "memberships"} <= set(WATCHED)

"""Whoever leaves in the middle tears nothing, hangs nothing and keeps no connection."""

import asyncio
import random
from uuid import UUID

import orjson
import pytest
from tests.counts import count

from softlanding.actors import operator
from softlanding.domain.problems import Refused
from softlanding.predicates import EVERYTHING, Equals
from softlanding.services.audit import verify
from softlanding.services.incubators import IncubatorChanges, update_incubator
from softlanding.storage.database import Transaction
from softlanding.tasks import spawn
from softlanding.testing.house import House

ADMIN = operator("Ada Admin")
SEEDS = range(count("seeds of cancellation"))


class Broken(Exception):  # noqa: N818 - a word of these tests
    """What some units of work raise."""


async def turns(number: int) -> None:
    """Let the loop turn so often."""
    for _ in range(number):
        await asyncio.sleep(0)


async def by_service(house: House, key: UUID, number: int) -> None:
    await update_incubator(house.core, ADMIN, key, IncubatorChanges(city=f"City {number}"))


async def by_hand(house: House, key: UUID, number: int) -> None:
    """Change two rows in one transaction, and look away in between."""

    async def work(transaction: Transaction) -> None:
        row = await transaction.lock("incubators", key)
        assert row is not None
        changed = {"revision": row["revision"] + 1, "website": f"https://{number}.example.org"}
        await transaction.update("incubators", key, changed, before=row)
        await turns(number % 7)
        if number % 5 == 0:
            raise Broken

    await house.core.database.transact(work)


@pytest.mark.parametrize("seed", SEEDS)
async def test_transactions_that_are_left_at_random_are_whole_or_nothing(
    seeded: House, seed: int
) -> None:
    chance = random.Random(f"cancellations {seed}")
    rows = seeded.core.database.rows
    before = {row["id"]: row["revision"] for row in await rows.select("incubators", EVERYTHING)}
    told = {row["id"] for row in await rows.select("record_entries", EVERYTHING)}
    keys = sorted(before)
    finished: list[UUID] = []
    refusals: set[str] = set()

    async def one(number: int) -> None:
        key = chance.choice(keys)
        work = chance.choice((by_service, by_hand))
        task = spawn(work(seeded, key, number), name=f"work {number}")
        for _ in range(chance.choice((0, 1, 1, 2))):
            await turns(chance.randint(0, 40))
            task.cancel()
        try:
            await task
        except (asyncio.CancelledError, Broken):
            return
        except Refused as refused:
            refusals.update(str(problem.code) for problem in refused.problems)
            return
        finished.append(key)

    async with asyncio.timeout(300):
        for first in range(0, count("cancelled transactions"), 20):
            await asyncio.gather(*(one(number) for number in range(first, first + 20)))
        # What nobody waited for any more ends by itself.
        while seeded.core.database._running:  # noqa: SLF001 - nothing else tells
            await asyncio.wait(seeded.core.database._running)  # noqa: SLF001 - nothing else tells

    after = {row["id"]: row["revision"] for row in await rows.select("incubators", EVERYTHING)}
    entries = await rows.select("record_entries", EVERYTHING)
    changes = await rows.select("record_changes", Equals("table_name", "incubators"))
    new = {row["id"] for row in entries} - told
    recorded: dict[UUID, list[int]] = {key: [] for key in keys}
    for change in changes:
        if change["entry_id"] in new:
            recorded[change["row_id"]].append(orjson.loads(change["after"])["revision"])
    assert {key: sorted(found) for key, found in recorded.items()} == {
        key: list(range(before[key] + 1, after[key] + 1)) for key in keys
    }
    for key in keys:
        assert finished.count(key) <= after[key] - before[key]
    # Where all connections are in use, that is told.
    assert refusals <= {"UNAVAILABLE"}
    assert (await verify(seeded.core)).faults == ()
    await _all_connections_are_free(seeded, keys[0])


async def _all_connections_are_free(house: House, key: UUID) -> None:
    """As many as there are connections write at once, and nothing is left open."""
    async with asyncio.timeout(30):
        await asyncio.gather(*(by_service(house, key, number) for number in range(10)))
    if house.core.database.dialect == "postgresql":
        sql = (
            "SELECT count(*) AS open FROM pg_stat_activity"
            " WHERE datname = current_database() AND state LIKE 'idle in transaction%'"
        )
        (row,) = await house.core.database.rows.fetch(sql, [])
        assert row["open"] == 0

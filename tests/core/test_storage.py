"""Migrations, the unit of work, and databases that cannot answer; on both engines."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from softlanding.domain.problems import Code, Problem, Refused
from softlanding.predicates import EVERYTHING, NOTHING, AllOf, AnyOf, Equals, OneOf
from softlanding.services.clock import FrozenClock
from softlanding.storage import migrate
from softlanding.storage.database import Database, Transaction, watched
from softlanding.storage.engines import sqlite_file
from softlanding.storage.migrate import MigrationStatus, SchemaMismatch
from softlanding.storage.models import new_id
from softlanding.storage.scopes import Statement, select
from softlanding.tasks import spawn
from softlanding.testing.house import TODAY
from tests.conftest import Templates

ALL_MIGRATIONS = (
    "core.0001_initial",
    "core.0002_binary_order",
    "core.0003_rule_sets_duties_calendars",
    "core.0004_lists",
    "core.0005_accounts",
    "core.0006_record",
    "core.0007_signing_keys",
    "core.0008_outbox",
    "core.0009_notices",
    "core.0010_webhooks",
    "core.0011_table_versions",
)

FORMS = "SELECT key, json_extract(form, '$.en') FROM step_definitions ORDER BY key"
BACK_TO_0002 = """
DROP INDEX idx_startups_country_975479; DROP INDEX idx_startups_stage_0a9a64;
DROP INDEX idx_startups_nace_52e38a; DROP INDEX idx_stays_departu_a356d3;
DROP INDEX idx_stays_state_a18e09; DROP INDEX idx_onboarding__definit_d3a91d;
DROP TABLE rule_sets; DROP TABLE duties; DROP TABLE calendar_addresses;
DROP TABLE record_changes; DROP TABLE record_entries; DROP TABLE record_chains;
DROP TABLE idempotency_keys; DROP TABLE signing_keys; DROP TABLE deliveries; DROP TABLE events;
DROP TABLE webhook_attempts; DROP TABLE webhooks;
ALTER TABLE step_definitions DROP COLUMN applies;
ALTER TABLE step_definitions DROP COLUMN in_force;
DROP INDEX idx_onboarding__answers_9883f9;
ALTER TABLE onboarding_steps DROP COLUMN answers_kept_until;
ALTER TABLE onboarding_steps DROP COLUMN answers_deleted_on;
UPDATE step_definitions SET form = json_extract(form, '$.en');
ALTER TABLE stays DROP COLUMN standing_under;
ALTER TABLE stays DROP COLUMN standing_until;
DROP TABLE identities; DROP TABLE invitations; DROP TABLE password_resets;
DROP TABLE sessions; DROP TABLE sign_in_attempts; DROP TABLE sign_in_flows;
ALTER TABLE memberships DROP COLUMN role;
ALTER TABLE persons DROP COLUMN locale; ALTER TABLE persons DROP COLUMN notifications;
ALTER TABLE persons DROP COLUMN digest_on;
ALTER TABLE persons DROP COLUMN is_auditor;
ALTER TABLE persons DROP COLUMN password_hash;
ALTER TABLE persons DROP COLUMN password_changed_at;
ALTER TABLE tokens DROP COLUMN scope;
ALTER TABLE tokens DROP COLUMN created_by;
ALTER TABLE tokens DROP COLUMN replaced_by_id;
ALTER TABLE tokens DROP COLUMN last_used_at;
DELETE FROM tortoise_migrations WHERE name > '0003';
"""
FOUNDERS = "SELECT COUNT(*) FROM memberships WHERE (role = 'FOUNDER') = (startup_id IS NULL)"


@asynccontextmanager
async def opened(url: str, **options: Any) -> AsyncIterator[Database]:
    database = Database(url, **options)
    try:
        yield database
    finally:
        await database.close()


def incubator(slug: str) -> dict[str, Any]:
    now = FrozenClock(TODAY).now()
    return {
        "id": new_id(),
        "slug": slug,
        "name": slug.upper(),
        "country": "FR",
        "summary": {"en": "é"},
        "languages": ["fr"],
        "published": True,
        "demo": False,
        "revision": 1,
        "created_at": now,
        "updated_at": now,
        "city": None,
        "website": None,
        "public_funding": None,
        "stay_capacity": None,
        "project_capacity": None,
    }


async def slugs(database: Database) -> list[str]:
    rows = await database.rows.select("incubators", EVERYTHING, order=("slug",))
    return [row["slug"] for row in rows]


async def test_a_row_comes_back_as_it_was_written(database_url: str) -> None:
    row = incubator("one")
    async with opened(database_url) as database:
        await database.transact(lambda transaction: transaction.insert("incubators", row))
        assert await database.rows.one("incubators", row["id"]) == row


async def test_migrating_an_empty_database_applies_everything_once(
    engine: str, templates: Templates
) -> None:
    url = templates.empty(engine)
    told: list[str] = []
    await migrate.apply(url, progress=told.append)
    assert tuple(told) == ALL_MIGRATIONS
    assert await migrate.status(url) == MigrationStatus(pending=(), unknown=())
    await migrate.apply(url, progress=told.append)
    assert tuple(told) == ALL_MIGRATIONS


async def test_two_processes_may_migrate_at_once(templates: Templates) -> None:
    url = templates.empty("postgresql")
    told: list[str] = []
    await asyncio.gather(*(migrate.apply(url, progress=told.append) for _ in range(2)))
    assert tuple(told) == ALL_MIGRATIONS


async def test_models_and_migrations_agree(tmp_path: Path) -> None:
    assert await migrate.write(f"sqlite://{tmp_path / 'none.db'}") == []


async def test_an_unmigrated_database_is_refused_with_the_command_that_helps(
    templates: Templates,
) -> None:
    with pytest.raises(
        SchemaMismatch,
        match=f"misses {', '.join(ALL_MIGRATIONS)}. Run: softlanding migrate apply",
    ):
        await migrate.require_current(templates.empty("postgresql"))


async def test_a_missing_sqlite_file_is_refused_and_not_made(tmp_path: Path) -> None:
    file = tmp_path / "none.db"
    with pytest.raises(SchemaMismatch, match="There is no database .* softlanding migrate apply"):
        await migrate.require_current(f"sqlite://{file}")
    assert not file.exists()


async def test_a_database_of_a_newer_version_is_refused(database_url: str) -> None:
    async with opened(database_url) as database:
        sql = "INSERT INTO tortoise_migrations (app, name, applied_at) VALUES "
        values = "('core', '0999_from_the_future', '2030-01-01 00:00:00')"

        async def work(transaction: Transaction) -> None:
            await transaction.fetch(sql + values, [])

        await database.transact(work)
    with pytest.raises(SchemaMismatch, match="newer version \\(core.0999_from_the_future\\)"):
        await migrate.require_current(database_url)


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear all, " * 200)
    with pytest.raises(SchemaMismatch, match="cannot be read"):
        await migrate.require_current(f"sqlite://{file}")


async def test_migrating_sqlite_makes_a_copy_first_and_keeps_every_row(
    templates: Templates,
) -> None:
    url = templates.fresh("sqlite", seeded=True)
    file = sqlite_file(url)
    with closing(sqlite3.connect(file)) as connection:
        before = connection.execute("SELECT COUNT(*) FROM startups").fetchone()
        shown = connection.execute(FORMS).fetchall()
        connection.executescript(BACK_TO_0002)
    told: list[str] = []
    await migrate.apply(url, progress=told.append)
    applied = ALL_MIGRATIONS[2:]
    copy = file.with_name(f"{file.name}.before-{applied[0]}")
    assert told == [f"copy of the database: {copy}", *applied]
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute(FORMS).fetchall() == shown, "forms are by language again"
        assert connection.execute(FOUNDERS).fetchone() == (0,)
    for database in (file, copy):
        with closing(sqlite3.connect(database)) as connection:
            assert connection.execute("SELECT COUNT(*) FROM startups").fetchone() == before


async def test_what_raises_in_a_unit_of_work_leaves_nothing_behind(database_url: str) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.insert("incubators", incubator("half"))
        raise Refused(Problem(code=Code.INVALID, message="no"))

    async with opened(database_url) as database:
        with pytest.raises(Refused):
            await database.transact(work)
        assert await slugs(database) == []


async def test_a_caller_who_leaves_does_not_tear_the_unit_of_work(database_url: str) -> None:
    async with opened(database_url) as database:
        entered = asyncio.Event()

        async def work(transaction: Transaction) -> None:
            entered.set()
            await transaction.insert("incubators", incubator("whole"))

        caller = spawn(database.transact(work), name="caller")
        await entered.wait()
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        # The next unit of work gets its turn, so the first one has ended.
        await database.transact(
            lambda transaction: transaction.insert("incubators", incubator("b"))
        )
        assert await slugs(database) == ["b", "whole"]


async def test_storms_of_cancelled_units_of_work_leak_nothing(database_url: str) -> None:
    dice = random.Random(7)
    async with opened(database_url) as database:

        async def one(number: int) -> None:
            row = incubator(f"s{number}")
            await database.transact(lambda transaction: transaction.insert("incubators", row))

        callers = [spawn(one(number), name=f"caller {number}") for number in range(100)]
        for caller in callers:
            if dice.random() < 0.5:
                caller.cancel()
            await asyncio.sleep(0)
        ended = await asyncio.gather(*callers, return_exceptions=True)
        acknowledged = {f"s{number}" for number, end in enumerate(ended) if end is None}
        await one(1000)
        assert acknowledged | {"s1000"} <= set(await slugs(database))


async def test_past_the_deadline_the_caller_is_told_that_the_outcome_is_open(
    database_url: str,
) -> None:
    async with opened(database_url, deadline=0.05) as database:
        release = asyncio.Event()

        async def work(transaction: Transaction) -> None:
            await release.wait()

        with pytest.raises(Refused) as refused:
            await database.transact(work)
        release.set()
    assert refused.value.problems == (
        Problem(
            code=Code.UNAVAILABLE,
            message="The database did not answer in time; the change may still happen.",
            hint="Read the object again before you repeat the request.",
        ),
    )


async def test_statements_of_a_unit_of_work_are_told_to_whoever_watches(
    database_url: str,
) -> None:
    async with opened(database_url) as database:
        with watched() as statements:
            await database.transact(
                lambda transaction: transaction.insert("incubators", incubator("a"))
            )
    assert [" ".join(statement.split()[:3]) for statement in statements] == [
        'INSERT INTO "incubators"',
        "INSERT INTO record_chains",
        'INSERT INTO "record_entries"',
        'INSERT INTO "record_changes"',
        'UPDATE "record_chains" AS',
        'INSERT INTO "events"',
    ]


async def test_a_unit_of_work_that_the_database_rolled_back_goes_no_further(
    templates: Templates,
) -> None:
    """SQLite ends a transaction by itself, where a write is interrupted or the disk is full."""

    async def work(transaction: Transaction) -> None:
        await transaction.insert("incubators", incubator("a"))
        await transaction.fetch("ROLLBACK", [])
        await transaction.insert("incubators", incubator("b"))

    async with opened(templates.fresh("sqlite", seeded=False)) as database:
        with pytest.raises(Refused, match="took too long"):
            await database.transact(work)
        assert await slugs(database) == []
        await database.transact(
            lambda transaction: transaction.insert("incubators", incubator("c"))
        )
        assert await slugs(database) == ["c"]


async def test_a_locked_database_refuses_and_works_again_afterwards(templates: Templates) -> None:
    url = templates.fresh("sqlite", seeded=False)
    async with opened(f"{url}?busy_timeout=50") as database:
        with closing(sqlite3.connect(sqlite_file(url), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(Refused) as refused:
                await database.transact(
                    lambda transaction: transaction.insert("incubators", incubator("a"))
                )
            other.execute("ROLLBACK")
        await database.transact(
            lambda transaction: transaction.insert("incubators", incubator("b"))
        )
        assert await slugs(database) == ["b"]
    assert refused.value.problems == (
        Problem(
            code=Code.UNAVAILABLE,
            message="The database is busy with another writer.",
            hint="Try again in a moment; read an object before you repeat a change of it.",
        ),
    )


async def test_a_slow_statement_leaves_the_loop_to_others(templates: Templates) -> None:
    counting = """WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers
        WHERE n < 1000000) SELECT CAST(MAX(n) AS TEXT) AS most FROM numbers"""
    turns = 0

    async def take_turns() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with opened(templates.fresh("sqlite", seeded=False)) as database:
        others = asyncio.create_task(take_turns())
        try:
            # The second time it is known to be slow.
            for _ in range(2):
                before = turns
                assert await database.text(counting, []) == b"1000000"
                assert turns > before
            (row,) = await database.rows.fetch(counting, [])
            assert dict(row) == {"most": "1000000"}
        finally:
            others.cancel()


async def test_a_read_only_database_refuses_to_be_changed_and_still_answers(
    database_url: str,
) -> None:
    async with opened(database_url) as database:
        await database.transact(
            lambda transaction: transaction.insert("incubators", incubator("a"))
        )

        async def make_read_only(transaction: Transaction) -> None:
            sql = "PRAGMA query_only = ON"
            if database.dialect == "postgresql":
                (here,) = await transaction.fetch("SELECT current_database() AS name", [])
                sql = f'ALTER DATABASE "{here["name"]}" SET default_transaction_read_only = on'
            await transaction.fetch(sql, [])

        await database.transact(make_read_only)
        if database.dialect == "sqlite":
            await refused_as_read_only(database)
    if database.dialect == "postgresql":
        async with opened(database_url) as reopened:
            await refused_as_read_only(reopened)


async def refused_as_read_only(database: Database) -> None:
    with pytest.raises(Refused) as refused:
        await database.transact(
            lambda transaction: transaction.insert("incubators", incubator("b"))
        )
    (problem,) = refused.value.problems
    assert problem.code is Code.UNAVAILABLE
    assert problem.message.startswith("The database is read-only")
    assert await slugs(database) == ["a"]


async def test_the_read_connection_cannot_write(database_url: str) -> None:
    async with opened(database_url) as database:
        with pytest.raises(Refused, match="The database is read-only"):
            await database.rows.fetch("DELETE FROM incubators", [])


async def test_a_lock_taken_by_one_waits_for_the_other(database_url: str) -> None:
    row = incubator("one")
    order: list[str] = []
    async with opened(database_url) as database:
        await database.transact(lambda transaction: transaction.insert("incubators", row))
        locked = asyncio.Event()

        async def first(transaction: Transaction) -> None:
            await transaction.lock("incubators", row["id"])
            locked.set()
            await asyncio.sleep(0)
            order.append("first")

        async def second(transaction: Transaction) -> None:
            await transaction.lock("incubators", row["id"])
            order.append("second")

        running = spawn(database.transact(first), name="first")
        await locked.wait()
        await database.transact(second)
        await running
    assert order == ["first", "second"]


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_names_come_from_the_tables_and_values_are_parameters(dialect: Any) -> None:
    hostile = "x' OR 1=1 --"
    sql, parameters = select(dialect, "incubators", AllOf((Equals("slug", hostile),)))
    assert hostile not in sql
    assert parameters == [hostile]
    with pytest.raises(KeyError):
        select(dialect, "incubators", Equals(hostile, 1))
    with pytest.raises(KeyError):
        Statement(dialect).where(Equals("slug", 1), "r", "no_such_table")


async def test_an_empty_choice_finds_nothing(database_url: str) -> None:
    async with opened(database_url) as database:
        await database.transact(
            lambda transaction: transaction.insert("incubators", incubator("a"))
        )
        for nothing in (NOTHING, OneOf("id", ()), AnyOf((OneOf("slug", ()), NOTHING))):
            assert await database.rows.select("incubators", nothing) == []

"""States of steps are stored, and stored anew where the rules they stood under have changed."""

from typing import Any

from softlanding.predicates import EVERYTHING
from softlanding.services.duties import DUTIES
from softlanding.services.refreshing import restate_stays
from softlanding.storage.database import Transaction
from softlanding.testing.house import House

STEPS = "{ stays(first: 100) { nodes { id onboarding { steps { key state reason } } } } }"


async def stale(house: House) -> None:
    """Leave every stay as a version before, or another set of plugins, would have left it."""

    async def work(transaction: Transaction) -> None:
        for stay in await transaction.select("stays", EVERYTHING):
            await transaction.update("stays", stay["id"], {"standing_under": "another"})
        for step in await transaction.select("onboarding_steps", EVERYTHING):
            await transaction.update("onboarding_steps", step["id"], {"state": "OPEN"})

    await house.core.database.transact(work)


async def standings(house: House) -> list[Any]:
    stays = await house.core.database.rows.select("stays", EVERYTHING)
    return sorted({stay["standing_under"] for stay in stays})


async def test_states_stored_under_other_definitions_are_worked_out_for_the_reader(
    seeded: House, admin: str
) -> None:
    before = await seeded.data(STEPS, token=admin)
    await stale(seeded)
    assert await seeded.data(STEPS, token=admin) == before


async def test_restating_stores_what_readers_are_shown_and_touches_no_history(
    seeded: House, admin: str
) -> None:
    rows = seeded.core.database.rows
    before = await seeded.data(STEPS, token=admin)
    steps = await rows.select("onboarding_steps", EVERYTHING)
    history = await rows.select("history", EVERYTHING)
    await stale(seeded)
    assert await restate_stays(seeded.core) == len(before["stays"]["nodes"])
    assert await restate_stays(seeded.core) == 0
    assert await standings(seeded) == [seeded.core.standing]
    assert await rows.select("onboarding_steps", EVERYTHING) == steps
    assert await rows.select("history", EVERYTHING) == history
    with seeded.core.database.statements() as statements:
        assert await seeded.data(STEPS, token=admin) == before
    assert len(statements) == 2, "one for the token, one for everything"


async def test_a_verdict_that_expires_is_shown_so_on_the_next_day(
    seeded: House, admin: str
) -> None:
    stays = await seeded.core.database.rows.select("stays", EVERYTHING)
    ends = sorted({stay["standing_until"] for stay in stays if stay["standing_until"]})
    assert ends, "some verdict of the demonstration rests on figures that end"
    seeded.clock.move_to(ends[-1].replace(year=ends[-1].year + 1))
    data = await seeded.data(STEPS, token=admin)
    states = {
        step["state"] for stay in data["stays"]["nodes"] for step in stay["onboarding"]["steps"]
    }
    assert "NEEDS_REVIEW" in states
    await restate_stays(seeded.core)
    assert await seeded.data(STEPS, token=admin) == data


def test_restating_is_a_daily_duty() -> None:
    assert DUTIES["restate_stays"] is restate_stays

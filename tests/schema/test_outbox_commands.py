"""What was not delivered, at the command line: listed with why, and sent again."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

from tests.schema.test_cli import Command, told, within

from softlanding import Delivery, PluginContext, Subscriber
from softlanding.actors import operator
from softlanding.host.registry import Registry
from softlanding.services.dead_letters import letters
from softlanding.services.incubators import IncubatorChanges, update_incubator
from softlanding.services.outbox import DELAYS, Outbox
from softlanding.testing.house import House, open_house
from tests.conftest import Templates

__all__ = ["within"]


async def fail(delivery: Delivery, ctx: PluginContext) -> None:
    raise ConnectionError("nobody answers")


async def give_up(house: House) -> None:
    """Leave one event that was given up, and one that is tried again next year."""
    await Outbox(house.core).settle()
    moments = [datetime(2027, 1, 1, tzinfo=UTC) + number * 2 * DELAYS[-1] for number in range(10)]
    subscriber = Subscriber(key="probe", events=("*",), handle=fail)
    for slug, tries in (("gtec", moments), ("imt-starter", moments[:1])):
        row = await house.core.database.rows.by_slug("incubators", slug)
        assert row is not None
        await update_incubator(
            house.core, operator("Ada"), row["id"], IncubatorChanges(name="Another name")
        )
        for moment in tries:
            outbox = Outbox(house.core, [subscriber], now=lambda at=moment: at)  # type: ignore[misc] # the loop's moment
            await outbox.settle()


def test_what_was_given_up_is_listed_and_sent_again(
    within: Command, templates: Templates, registry: Registry
) -> None:
    url = templates.fresh("sqlite", seeded=True)
    database = {
        "SOFTLANDING_DATABASE_URL": url,
        "SOFTLANDING_TODAY": "2026-11-22",
        "SOFTLANDING_ENVIRONMENT": "test",
    }

    async def prepare() -> list[str]:
        async with open_house(database_url=url, registry=registry, migrated=True) as house:
            await give_up(house)
            return [str(one) for one in await letters(house.core.database.rows)]

    lines = asyncio.run(prepare())
    assert [line.split()[1] for line in lines] == ["DEAD", "PENDING"]
    assert lines[0].endswith(" to probe, 10 attempts: ConnectionError: nobody answers")
    listed = within("outbox", "list", **database)
    assert (listed.returncode, listed.stdout.splitlines()) == (0, lines)
    dead = within("outbox", "list", "--state", "dead", **database)
    assert dead.stdout.splitlines() == lines[:1]
    assert told(within("outbox", "replay", **database)) == (
        2,
        ["softlanding: Name what is to be sent again, or write --all."],
    )
    unknown = str(uuid4())
    assert told(within("outbox", "replay", unknown, **database)) == (
        2,
        [f"softlanding: There is no dead letter {unknown}."],
    )
    assert within("outbox", "replay", lines[0].split()[0], **database).stdout == (
        "1 to be sent again\n"
    )
    assert within("outbox", "replay", "--all", **database).stdout == "0 to be sent again\n"
    waiting = within("outbox", "list", **database).stdout.splitlines()
    assert [(line.split()[1], " 0 attempts" in line) for line in waiting] == [
        ("PENDING", True),
        ("PENDING", False),
    ]

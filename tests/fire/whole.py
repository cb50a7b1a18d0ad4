"""Whether a database is whole: what was promised is there, and nothing is half or twice."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tests.fire.writers import Promises
from tests.serving import Serving

from softlanding import Delivery, Message, PluginContext, Subscriber
from softlanding.host.registry import Registry
from softlanding.predicates import EVERYTHING
from softlanding.services.audit import verify
from softlanding.services.notices.subscriber import subscriber as notices
from softlanding.services.outbox import Outbox
from softlanding.storage.tables import Row
from softlanding.testing.house import House, open_house
from softlanding_schema.reads.global_ids import encode


async def faults(serving: Serving, promises: Promises, registry: Registry) -> list[str]:
    """Return all that is not as it was promised; the server is not running."""
    async with open_house(database_url=serving.url, registry=registry, migrated=True) as house:
        await _deliver_what_is_left(house, serving)
        return [
            *await _stays(house, promises),
            *await _startups(house, promises),
            *(str(one) for one in (await verify(house.core)).faults),
            *await _events(house),
            *await _told(house, serving),
        ]


class _Nobody:
    """Takes what would be written on the console."""

    async def send(self, message: Message) -> None:
        """Drop it."""


async def _deliver_what_is_left(house: House, serving: Serving) -> None:
    """Deliver what a dead process had in hand, when all leases and delays are over."""
    house.core.console = _Nobody()

    async def write_down(delivery: Delivery, ctx: PluginContext) -> None:
        with serving.events.open("a") as file:
            file.write(f"{delivery.event.id}\n")

    probe = Subscriber(key="fire_probe", events=("*",), handle=write_down)
    later = datetime.now(UTC) + timedelta(days=2)
    await Outbox(house.core, [probe, notices(house.core)], now=lambda: later).settle()


async def _stays(house: House, promises: Promises) -> list[str]:
    rows = house.core.database.rows
    stays = await rows.select("stays", EVERYTHING)
    told = {encode("Stay", row["id"]): row for row in stays}
    found = [
        f"stay {stay} of {motivation} is not {state}"
        for motivation, (stay, state) in promises.stays.items()
        # What was asked for last may have happened without an answer.
        if stay not in told or told[stay]["state"] not in {state, "WITHDRAWN"}
    ]
    made = Counter(row["motivation"] for row in stays if row["motivation"])
    found += [f"{made[one]} stays of {one}" for one in promises.stays if made[one] != 1]
    steps = Counter(row["stay_id"] for row in await rows.select("onboarding_steps", EVERYTHING))
    history = await rows.select("history", EVERYTHING)
    for stay in stays:
        if steps[stay["id"]] == 0:
            found.append(f"stay {stay['id']} has no steps")
        revisions = sorted(row["revision"] for row in history if row["object_id"] == stay["id"])
        if revisions != list(range(1, stay["revision"] + 1)):
            found.append(f"stay {stay['id']} has {stay['revision']} and history {revisions}")
    return found


async def _startups(house: House, promises: Promises) -> list[str]:
    rows = await house.core.database.rows.select("startups", EVERYTHING)
    stored = {encode("Startup", row["id"]): row["revision"] for row in rows}
    return [
        f"start-up {key} has revision {stored[key]} and was told {revision}"
        for key, revision in promises.revisions.items()
        if stored[key] < revision
    ]


async def _events(house: House) -> list[str]:
    """Each change on the record of a kind that is told has one event."""
    rows = house.core.database.rows
    events = await rows.select("events", EVERYTHING)
    created = Counter(row["object_id"] for row in events if row["name"] == "stay.created")
    stays = {row["id"] for row in await rows.select("stays", EVERYTHING)}
    return [f"stay {key} was created by {created[key]} events" for key in _not_one(created, stays)]


def _not_one(counts: Counter[UUID], keys: set[UUID]) -> Sequence[UUID]:
    return [key for key in keys | set(counts) if counts[key] != 1]


async def _told(house: House, serving: Serving) -> list[str]:
    """Compare what was told with what there is to tell."""
    rows = house.core.database.rows
    probe = [
        row
        for row in await rows.select("deliveries", EVERYTHING)
        if row["subscriber"] == "fire_probe"
    ]
    waiting = [row for row in probe if row["state"] != "DONE"]
    done = {row["event_id"] for row in probe} - {row["event_id"] for row in waiting}
    events: list[Row] = await rows.select("events", EVERYTHING)
    told = set(serving.told)
    return [
        *(f"delivery {row['id']} is {row['state']}: {row['error']}" for row in waiting),
        *(
            f"event {row['name']} {row['key']} was not told"
            for row in events
            if row["id"] not in done or str(row["key"]) not in told
        ),
    ]

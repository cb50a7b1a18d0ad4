"""Events and the outbox: told after the commit, in order, at least once; on both databases."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import ModuleType
from typing import Any
from uuid import UUID, uuid4

import pytest

from softlanding import Delivery, Event, PluginContext, Subscriber, hookimpl
from softlanding.actors import operator
from softlanding.domain.problems import Refused
from softlanding.host.registry import Registry
from softlanding.predicates import EVERYTHING
from softlanding.services.dead_letters import letters, replay
from softlanding.services.duties import DUTIES
from softlanding.services.incubators import IncubatorChanges, update_incubator
from softlanding.services.outbox import DELAYS, LEASE, Outbox
from softlanding.storage.events import NAMES
from softlanding.storage.tables import Row
from softlanding.testing.house import House, open_house, registry_of

ADMIN = operator("Ada Admin")
START = datetime(2026, 11, 22, 9, tzinfo=UTC)


class Time:
    """A time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


class Told:
    """A subscriber that keeps what it is told, and fails as often as it is asked to."""

    def __init__(self, *, key: str = "probe.told", events: tuple[str, ...] = ("*",)) -> None:
        self.deliveries: list[Delivery] = []
        self.failures: deque[BaseException | None] = deque()
        self.subscriber = Subscriber(key=key, events=events, handle=self.handle)

    async def handle(self, delivery: Delivery, ctx: PluginContext) -> None:
        self.deliveries.append(delivery)
        if self.failures and (failure := self.failures.popleft()) is not None:
            raise failure

    @property
    def names(self) -> list[tuple[str, UUID, int]]:
        return [(one.event.name, one.event.object_id, one.attempt) for one in self.deliveries]


async def key_of(house: House, slug: str) -> UUID:
    row = await house.core.database.rows.by_slug("incubators", slug)
    assert row is not None
    return UUID(str(row["id"]))


async def rename(house: House, slug: str, name: str) -> UUID:
    key = await key_of(house, slug)
    await update_incubator(house.core, ADMIN, key, IncubatorChanges(name=name))
    return key


async def deliveries(house: House) -> list[Row]:
    return await house.core.database.rows.select("deliveries", EVERYTHING, order=("event_id", "id"))


@pytest.fixture
async def quiet(seeded: House) -> House:
    """A seeded house whose events so far were looked at by nobody."""
    await Outbox(seeded.core).settle()
    return seeded


async def test_a_change_is_told_once_to_each_subscriber_who_wants_it(quiet: House) -> None:
    everything, stays = Told(), Told(key="probe.stays", events=("stay.*",))
    outbox = Outbox(quiet.core, [everything.subscriber, stays.subscriber])
    gtec = await rename(quiet, "gtec", "GTEC Berlin")
    await outbox.settle()
    await outbox.settle()
    (told,) = everything.deliveries
    event = told.event
    assert (event.name, event.object_type, event.object_id, event.aggregate_id) == (
        "incubator.changed",
        "Incubator",
        gtec,
        gtec,
    )
    assert (event.fields, told.recipient, told.attempt) == (("name",), "", 1)
    assert stays.deliveries == []
    assert [(row["state"], row["error"]) for row in await deliveries(quiet)] == [("DONE", "")]


async def test_what_is_refused_or_only_tried_is_told_to_nobody(quiet: House) -> None:
    key = await key_of(quiet, "gtec")

    async def rename_again(core: Any) -> None:
        await update_incubator(core, ADMIN, key, IncubatorChanges(name="Tried"))

    await quiet.core.attempt(rename_again)
    with pytest.raises(Refused):
        await update_incubator(quiet.core, ADMIN, key, IncubatorChanges(name="Old"), revision=99)
    told = Told()
    await Outbox(quiet.core, [told.subscriber]).settle()
    assert told.deliveries == []


async def test_an_event_holds_no_value_of_what_it_tells_of(quiet: House) -> None:
    await rename(quiet, "gtec", "Canary House")
    (event,) = (await quiet.core.database.rows.select("events", EVERYTHING))[-1:]
    assert event["columns"] == ["name"]
    assert "Canary" not in str(event)


async def test_all_events_of_the_demonstration_have_names_that_are_documented(
    seeded: House,
) -> None:
    told = Told()
    await Outbox(seeded.core, [told.subscriber]).settle()
    names = {one.event.name for one in told.deliveries}
    assert names <= set(NAMES)
    assert {"incubator.created", "startup.published", "stay.created", "stay.submitted"} <= names
    assert {"stay.accepted", "step.done", "membership.created"} <= names
    orders: dict[UUID, list[int]] = {}
    for one in told.deliveries:
        orders.setdefault(one.event.aggregate_id, []).append(one.event.sequence)
    assert [order for order in orders.values() if order != sorted(set(order))] == []


async def test_while_one_event_waits_the_later_ones_of_its_aggregate_wait_too(
    quiet: House,
) -> None:
    time, told = Time(), Told()
    outbox = Outbox(quiet.core, [told.subscriber], now=time)
    gtec = await rename(quiet, "gtec", "One")
    told.failures.append(ValueError("the line is busy"))
    await outbox.settle()
    await rename(quiet, "gtec", "Two")
    other = await rename(quiet, "crosspring-lab", "Other")
    await outbox.settle()
    changed = "incubator.changed"
    assert told.names == [(changed, gtec, 1), (changed, other, 1)]
    (waiting, later) = await letters(quiet.core.database.rows)
    assert (waiting.error, waiting.attempts) == ("ValueError: the line is busy", 1)
    assert (later.error, later.attempts) == ("", 0)
    time.now += timedelta(seconds=6.1)
    await outbox.settle()
    assert told.names[2:] == [(changed, gtec, 2), (changed, gtec, 1)]
    assert await letters(quiet.core.database.rows) == []


async def test_what_fails_is_tried_by_the_schedule_then_dead_and_sent_again_by_hand(
    quiet: House,
) -> None:
    time, told = Time(), Told()
    outbox = Outbox(quiet.core, [told.subscriber], now=time)
    gtec = await rename(quiet, "gtec", "One")
    told.failures.extend(SystemExit(f"no {number}") for number in range(1, 11))
    moments = []
    for _ in range(10):
        await outbox.settle()
        moments.append(time.now)
        waiting = await deliveries(quiet)
        time.now = max(time.now, waiting[0]["next_at"])
    waits = [later - earlier for earlier, later in pairwise(moments)]
    assert [
        (0.8 * delay <= wait <= 1.2 * delay) for delay, wait in zip(DELAYS, waits, strict=True)
    ] == [True] * 9
    (dead,) = await letters(quiet.core.database.rows)
    assert (dead.state, dead.attempts, dead.error) == ("DEAD", 10, "it called sys.exit('no 10')")
    # It holds nobody up any more.
    await rename(quiet, "gtec", "Two")
    await outbox.settle()
    assert told.names[-1] == ("incubator.changed", gtec, 1)
    with pytest.raises(Refused, match="There is no dead letter"):
        await replay(quiet.core, [dead.id, uuid4()])
    assert [one.state for one in await letters(quiet.core.database.rows)] == ["DEAD"]
    assert await replay(quiet.core, [dead.id]) == 1
    time.now = datetime.now(UTC)
    await outbox.settle()
    assert (told.deliveries[-1].id, told.deliveries[-1].attempt) == (dead.id, 1)
    assert await letters(quiet.core.database.rows) == []


async def test_each_recipient_has_retries_of_its_own(quiet: House) -> None:
    time, told = Time(), Told()
    found: list[list[str]] = []

    async def recipients(event: Event, ctx: PluginContext) -> Sequence[str]:
        found.append(["a", "b", "a"])
        return found[-1]

    async def handle(delivery: Delivery, ctx: PluginContext) -> None:
        if delivery.recipient == "b" and delivery.attempt == 1:
            raise ConnectionError("b is away")
        told.deliveries.append(delivery)

    subscriber = Subscriber(key="probe", events=("*",), handle=handle, recipients=recipients)
    outbox = Outbox(quiet.core, [subscriber], now=time)
    await rename(quiet, "gtec", "One")
    await rename(quiet, "gtec", "Two")
    await outbox.settle()

    def heard(name: str) -> list[int]:
        return [one.attempt for one in told.deliveries if one.recipient == name]

    assert (heard("a"), heard("b")) == ([1, 1], [])
    time.now += timedelta(seconds=6.1)
    await outbox.settle()
    assert (heard("a"), heard("b")) == ([1, 1], [2])
    time.now += timedelta(seconds=6.1)
    await outbox.settle()
    assert (heard("a"), heard("b")) == ([1, 1], [2, 2])
    assert len(found) == 2


@pytest.mark.parametrize("answer", [None, "abc", [""], ["x" * 201], [7]])
async def test_recipients_that_are_no_keys_are_told_so(quiet: House, answer: Any) -> None:
    async def recipients(event: Event, ctx: PluginContext) -> Any:
        return answer

    told = Told()
    subscriber = Subscriber(key="probe", events=("*",), handle=told.handle, recipients=recipients)
    await rename(quiet, "gtec", "One")
    await Outbox(quiet.core, [subscriber], now=Time()).settle()
    assert [one.error for one in await letters(quiet.core.database.rows)] == [
        "recipients must be texts of 1 to 200 characters"
    ]
    assert told.deliveries == []


async def test_what_a_dead_process_had_in_hand_is_taken_over_after_the_lease(
    quiet: House,
) -> None:
    time, told, begun = Time(), Told(), asyncio.Event()

    async def hang(delivery: Delivery, ctx: PluginContext) -> None:
        begun.set()
        await asyncio.Event().wait()

    await rename(quiet, "gtec", "One")
    hanging = Subscriber(key="probe.told", events=("*",), handle=hang)
    dying = asyncio.create_task(Outbox(quiet.core, [hanging], now=time).settle())
    await begun.wait()
    dying.cancel()
    living = Outbox(quiet.core, [told.subscriber], now=time)
    await living.settle()
    assert told.deliveries == []
    time.now += LEASE
    await living.settle()
    assert [one.attempt for one in told.deliveries] == [2]


async def test_two_workers_tell_each_event_once(quiet: House) -> None:
    told = Told()
    workers = [Outbox(quiet.core, [told.subscriber]) for _ in range(2)]
    for number in range(20):
        await rename(quiet, "gtec", f"One {number}")
        await rename(quiet, "crosspring-lab", f"Other {number}")
    for _ in range(3):
        await asyncio.gather(*(worker.settle() for worker in workers))
    sequences = [one.event.sequence for one in told.deliveries]
    assert len(sequences) == 40 == len(set(sequences))
    for slug in ("gtec", "crosspring-lab"):
        key = await key_of(quiet, slug)
        order = [one.event.sequence for one in told.deliveries if one.event.object_id == key]
        assert order == sorted(order)


async def test_a_plugin_that_is_gone_leaves_its_deliveries_waiting(quiet: House) -> None:
    time, told = Time(), Told()
    await rename(quiet, "gtec", "One")
    told.failures.append(ValueError("later"))
    await Outbox(quiet.core, [told.subscriber], now=time).settle()
    time.now += timedelta(seconds=6.1)
    await Outbox(quiet.core, now=time).settle()
    (waiting,) = await letters(quiet.core.database.rows)
    assert (waiting.error, waiting.attempts) == (
        "no plugin that takes part has this subscriber",
        2,
    )
    time.now += timedelta(minutes=6.1)
    await Outbox(quiet.core, [told.subscriber], now=time).settle()
    assert told.names[-1][2] == 3


async def test_what_was_told_is_forgotten_after_thirty_days(quiet: House) -> None:
    told = Told()
    outbox = Outbox(quiet.core, [told.subscriber], now=Time())
    await rename(quiet, "gtec", "One")
    await outbox.settle()
    await rename(quiet, "gtec", "Two")
    told.failures.append(ValueError("busy"))
    await outbox.settle()
    await rename(quiet, "gtec", "Never looked at")
    quiet.clock.move_to(quiet.core.clock.today() + timedelta(days=32))
    await DUTIES["forget"](quiet.core)
    events = await quiet.core.database.rows.select("events", EVERYTHING)
    assert [(row["name"], row["dispatched_at"] is not None) for row in events] == [
        ("incubator.changed", True),
        ("incubator.changed", False),
    ]
    assert [row["state"] for row in await deliveries(quiet)] == ["PENDING"]


async def test_the_loop_is_woken_by_what_this_process_and_others_write(
    seeded_url: str, quiet: House, registry: Registry
) -> None:
    told, heard = Told(), asyncio.Queue[str]()

    async def hear(delivery: Delivery, ctx: PluginContext) -> None:
        await told.handle(delivery, ctx)
        heard.put_nowait(delivery.event.action)

    subscriber = Subscriber(key="probe", events=("*",), handle=hear)
    core = quiet.core
    core.loops.start("outbox", Outbox(core, [subscriber]).run, silent_for=30)
    if core.database.dialect == "postgresql":
        core.loops.start("listening", core.database.listen, silent_for=30)
    try:
        await rename(quiet, "gtec", "One")
        await asyncio.wait_for(heard.get(), 10)
        async with open_house(database_url=seeded_url, registry=registry, migrated=True) as other:
            await rename(other, "gtec", "Two")
        await asyncio.wait_for(heard.get(), 20)
        assert core.loops.silent == {}
    finally:
        await core.loops.stop()
    assert [one.event.fields for one in told.deliveries] == [("name",), ("name",)]


async def test_subscribers_of_plugins_are_told_with_their_settings_and_may_read(
    database_url: str,
) -> None:
    heard: list[tuple[str, str, str]] = []

    async def handle(delivery: Delivery, ctx: PluginContext) -> None:
        found = await ctx.read.stays_of([delivery.event.object_id])
        heard.append((ctx.plugin, delivery.event.name, str(list(found))))

    @hookimpl
    def subscribers() -> list[Subscriber]:
        return [Subscriber(key="probe.reads", events=("incubator.*",), handle=handle)]

    registry = registry_of({"probe": _module("probe", subscribers=subscribers)})
    async with open_house(database_url=database_url, registry=registry, migrated=True) as house:
        token = await house.person("Ada Admin", admin=True)
        created = await house.data(
            """mutation { createIncubator(input: {slug: "one", name: "One", country: "FR"}) {
              problems { code } } }""",
            token=token,
        )
        assert created == {"createIncubator": {"problems": []}}
        await Outbox(house.core).settle()
    assert heard == [("probe", "incubator.created", "[]")]


def _module(name: str, **members: Callable[..., Any]) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(members)
    return module


async def _handle(delivery: Delivery, ctx: PluginContext) -> None: ...


def _plain(delivery: Delivery, ctx: PluginContext) -> None: ...


@pytest.mark.parametrize(
    ("declared", "fault"),
    [
        ("x", "subscribers() gave 'x', which is not a Subscriber"),
        (
            Subscriber(key="other", events=("*",), handle=_handle),
            "subscriber other: its key must be probe, or begin with probe.",
        ),
        (
            Subscriber(key="probe", events=(), handle=_handle),
            "subscriber probe: it names no events",
        ),
        (
            Subscriber(key="probe", events=("*",), handle=_plain),  # type: ignore[arg-type] # wrong on purpose
            "subscriber probe: its handle must be an async function",
        ),
        (
            Subscriber(key="probe", events=("*",), handle=_handle, timeout=31),
            "subscriber probe: its timeout must be above 0 and at most 30 seconds",
        ),
    ],
)
def test_a_subscriber_that_is_declared_wrongly_is_named(declared: object, fault: str) -> None:
    @hookimpl
    def subscribers() -> list[object]:
        return [declared]

    (plugin,) = registry_of({"probe": _module("probe", subscribers=subscribers)}).plugins
    assert plugin.reason == fault


def test_a_subscriber_that_is_declared_twice_is_named() -> None:
    one = Subscriber(key="probe", events=("*",), handle=_handle)

    @hookimpl
    def subscribers() -> list[object]:
        return [one, one]

    (plugin,) = registry_of({"probe": _module("probe", subscribers=subscribers)}).plugins
    assert plugin.reason == "subscribers() declares probe twice"

"""Stays are followed: whoever may see what changed is told, and nobody else; over real HTTP."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from tests.schema.wire import Told, Wire, heard, say, serving
from websockets.exceptions import ConnectionClosed

from softlanding.actors import operator
from softlanding.predicates import Equals
from softlanding.services.access_tokens import revoke_token
from softlanding.services.api_keys import NewApiKey, create_api_key
from softlanding.services.changes import MOST_UNREAD, Changes, FellBehind
from softlanding.services.following import SHOWN
from softlanding.storage.database import Transaction
from softlanding.storage.tables import Row, table
from softlanding.testing.house import House
from softlanding_schema.reads.global_ids import encode
from softlanding_schema.server import event_stream
from softlanding_schema.server.seats import OF_ONE
from softlanding_schema.types import subscription

ADMIN = operator("Ada Admin")
ALL = "subscription { stayChanged { id events stay { state } } }"
ONE = "subscription($stay: ID) { stayChanged(stay: $stay) { events stay { state } } }"
STEPS = """subscription($stay: ID!) { onboardingChanged(stay: $stay) {
  events steps { key } stay { state } } }"""
COMPLETE = Told("complete", None)
NOT_THERE = {
    "message": "There is no such stay, or you may not see it.",
    "extensions": {
        "code": "NOT_FOUND",
        "hint": "Check the id; ids come from earlier answers and are not to be built.",
        "argument": ["stay"],
    },
}
# Columns of stays that are the product's own; nobody is told of them.
OWN = {"id", "revision", "created_at", "updated_at", "onboarding_revision"}
OWN |= {"standing_under", "standing_until"}


class Scene:
    """An accepted stay of Polderlens at Startup Division, and those who follow it."""

    def __init__(self, wire: Wire, stay: Row, tokens: dict[str, str]) -> None:
        self.wire = wire
        self.house = wire.house
        self.core = wire.house.core
        self.key: UUID = stay["id"]
        self.stay = encode("Stay", stay["id"])
        self.tokens = tokens

    async def put(self, **columns: Any) -> None:
        """Change the stay behind the services' back, to look at one change at a time."""
        await self.put_row("stays", self.key, **columns)

    async def put_row(self, name: str, key: UUID, **columns: Any) -> None:
        async def work(transaction: Transaction) -> None:
            await transaction.update(name, key, columns)

        await self.core.database.transact(work)


@pytest.fixture
async def scene(seeded: House) -> AsyncIterator[Scene]:
    rows = seeded.core.database.rows
    startup = await rows.by_slug("startups", "polderlens")
    assert startup is not None
    (stay,) = await rows.select("stays", Equals("startup_id", startup["id"]))
    tokens = {
        "host": await seeded.person("Hugo Host", staff_of=["startup-division"]),
        "founder": await seeded.person("Fay Founder", founder_of=["polderlens"]),
        "reviewer": await seeded.person("Rita Reviewer", reviewer_of=["startup-division"]),
        "stranger": await seeded.person("Sara Stranger", staff_of=["f6s-network"]),
    }
    async with serving(seeded) as wire:
        yield Scene(wire, stay, tokens)


def told(field: str, **data: Any) -> Told:
    """Return an answer without errors."""
    return Told("next", {"data": {field: data}})


async def test_staff_is_told_what_happens_to_a_stay_in_its_order(scene: Scene) -> None:
    async with scene.wire.events(ALL, token=scene.tokens["host"]) as events:
        await scene.wire.followed()
        await scene.put(state="CONFIRMED")
        first = await anext(events)
        await scene.put(motivation="Other words")
        second = await anext(events)
    await scene.wire.followed(0)
    state = {"id": scene.stay, "stay": {"state": "CONFIRMED"}}
    assert [first, second] == [
        told("stayChanged", events=["stay.confirmed"], **state),
        told("stayChanged", events=["stay.changed"], **state),
    ]


async def test_what_came_at_once_is_told_together(scene: Scene) -> None:
    async def work(transaction: Transaction) -> None:
        for step in await transaction.select("onboarding_steps", Equals("stay_id", scene.key)):
            if step["key"] in ("common.goals", "common.agreement"):
                await transaction.update("onboarding_steps", step["id"], {"state": "WAIVED"})

    async with scene.wire.events(STEPS, token=scene.tokens["founder"], stay=scene.stay) as events:
        await scene.wire.followed()
        await scene.core.database.transact(work)
        told_of = (await anext(events)).data["data"]["onboardingChanged"]
    told_of["steps"].sort(key=lambda step: step["key"])
    assert told_of == {
        "events": ["step.waived", "step.waived"],
        "steps": [{"key": "common.agreement"}, {"key": "common.goals"}],
        "stay": {"state": "ACCEPTED"},
    }


async def test_nobody_is_told_what_they_do_not_see_or_may_not_read(scene: Scene) -> None:
    """The founder sees all, a reviewer no travellers, a stranger nothing until it is public."""
    followers = {who: scene.wire.events(ALL, token=scene.tokens[who]) for who in scene.tokens}
    anonymous = scene.wire.events(ALL)
    async with (
        followers["founder"] as founder,
        followers["reviewer"] as reviewer,
        followers["stranger"] as stranger,
        anonymous as website,
    ):
        await scene.wire.followed(4)
        await scene.put(travellers=[{"name": "Demo Person", "nationalities": ["NL"]}])
        await scene.put(onboarding_revision=99)
        await scene.put(goals=["One"])
        await scene.put(state="CONFIRMED")
        await scene.put(motivation="Other words")
        await scene.put(state="ACTIVE")
        names = {
            "founder": await names_until(founder, "stay.active"),
            "reviewer": await names_until(reviewer, "stay.active"),
            "stranger": await names_until(stranger, "stay.active"),
            "website": await names_until(website, "stay.active"),
        }
    assert names == {
        "founder": ["changed", "changed", "confirmed", "changed", "active"],
        "reviewer": ["changed", "confirmed", "changed", "active"],
        "stranger": ["confirmed", "active"],
        "website": ["confirmed", "active"],
    }


async def names_until(events: AsyncIterator[Told], last: str) -> list[str]:
    """Return the names of what happens, up to one of them."""
    names: list[str] = []
    while not names or names[-1] != last:
        names += (await anext(events)).data["data"]["stayChanged"]["events"]
    return [name.removeprefix("stay.") for name in names]


async def test_a_key_is_told_of_the_fields_that_it_may_read(scene: Scene) -> None:
    host = await scene.core.database.rows.by_slug("incubators", "startup-division")
    assert host is not None
    secret, _ = await create_api_key(
        scene.core,
        ADMIN,
        NewApiKey(label="site", types=["Stay"], fields=["Stay.goals"], drafts=True),
        incubator_id=host["id"],
    )
    async with scene.wire.events(ALL, token=secret) as events:
        await scene.wire.followed()
        await scene.put(motivation="Other words")
        await scene.put(goals=["One"])
        await scene.put(state="CONFIRMED")
        assert await names_until(events, "stay.confirmed") == ["changed", "confirmed"]
    refused = "subscription { stayChanged { stay { motivation } } }"
    async with scene.wire.events(refused, token=secret) as events:
        assert [one async for one in events] == [
            Told(
                "next",
                {
                    "errors": [
                        {
                            "message": "Stay.motivation lies beyond the scope of this key.",
                            "extensions": {
                                "code": "FORBIDDEN",
                                "hint": "Leave it out, or ask a manager of the incubator for a key"
                                " that reaches it.",
                            },
                        }
                    ]
                },
            ),
            COMPLETE,
        ]


async def test_a_stay_that_is_hidden_cannot_be_told_from_one_that_is_not_there(
    scene: Scene,
) -> None:
    missing = encode("Stay", UUID(int=7))
    for query, token in ((ONE, None), (ONE, "stranger"), (STEPS, "stranger"), (STEPS, "reviewer")):
        secret = scene.tokens[token] if token else None
        for stay in (scene.stay, missing):
            async with scene.wire.events(query, token=secret, stay=stay) as events:
                assert [one async for one in events] == [
                    Told("next", {"errors": [NOT_THERE]}),
                    COMPLETE,
                ]


async def test_whoever_names_a_stay_is_told_that_it_is_gone(scene: Scene) -> None:
    await scene.put(state="CONFIRMED")
    async with scene.wire.events(ONE, stay=scene.stay) as events:
        await scene.wire.followed()
        await scene.put(state="CANCELLED")
        assert [one async for one in events] == [
            told("stayChanged", events=["stay.cancelled"], stay=None),
            COMPLETE,
        ]


async def test_whoever_follows_all_is_told_that_one_is_gone_which_they_were_told_of(
    scene: Scene,
) -> None:
    async with scene.wire.events(ALL) as events:
        await scene.wire.followed()
        await scene.put(state="CONFIRMED")
        first = await anext(events)
        await scene.put(state="CANCELLED")
        gone = await anext(events)
    assert first == told(
        "stayChanged", id=scene.stay, events=["stay.confirmed"], stay={"state": "CONFIRMED"}
    )
    assert gone == told("stayChanged", id=scene.stay, events=["stay.cancelled"], stay=None)


async def test_whoever_is_taken_off_the_staff_is_told_nothing_more(scene: Scene) -> None:
    async with scene.wire.events(STEPS, token=scene.tokens["host"], stay=scene.stay) as events:
        await scene.wire.followed()
        person = await person_of(scene, "hugo.host@example.org")
        (membership,) = await scene.core.database.rows.select(
            "memberships", Equals("person_id", person["id"])
        )

        async def work(transaction: Transaction) -> None:
            await transaction.delete("memberships", Equals("id", membership["id"]))

        await scene.core.database.transact(work)
        await scene.put(state="CONFIRMED")
        assert [one async for one in events] == [
            Told("next", {"errors": [NOT_THERE]}),
            COMPLETE,
        ]


async def person_of(scene: Scene, email: str) -> Row:
    """Return a person by address."""
    (row,) = await scene.core.database.rows.select("persons", Equals("email", email))
    return row


@pytest.mark.parametrize("way", ["events", "websocket"])
async def test_a_revoked_token_ends_what_is_followed_although_nothing_happens(
    scene: Scene, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscription, "LOOK_AGAIN_SECONDS", 0.05)
    person = await person_of(scene, "hugo.host@example.org")
    (token,) = await scene.core.database.rows.select("tokens", Equals("person_id", person["id"]))
    unknown = {
        "message": "The token is not known, expired or revoked.",
        "extensions": {
            "code": "UNAUTHENTICATED",
            "hint": "Send `Authorization: Bearer <token>` with a token in force, or none.",
        },
    }
    if way == "events":
        async with scene.wire.events(ALL, token=scene.tokens["host"]) as events:
            await scene.wire.followed()
            await revoke_token(scene.core, ADMIN, token["id"])
            assert [one async for one in events] == [Told("next", {"errors": [unknown]}), COMPLETE]
        return
    async with scene.wire.socket(scene.tokens["host"]) as socket:
        await say(socket, type="subscribe", id="1", payload={"query": ALL})
        await scene.wire.followed()
        await revoke_token(scene.core, ADMIN, token["id"])
        assert await heard(socket) == {"type": "error", "id": "1", "payload": [unknown]}


async def test_somebody_follows_ten_things_at_a_time(scene: Scene) -> None:
    token = scene.tokens["host"]
    async with scene.wire.socket(token) as socket, scene.wire.socket(token) as other:
        for number in range(OF_ONE):
            await say(socket, type="subscribe", id=str(number), payload={"query": ALL})
        await scene.wire.followed(OF_ONE)
        await say(other, type="subscribe", id="one more", payload={"query": ALL})
        assert await heard(other) == {
            "type": "error",
            "id": "one more",
            "payload": [
                {
                    "message": "You follow 10 things at a time, which is the most.",
                    "extensions": {
                        "code": "TOO_MANY_ATTEMPTS",
                        "hint": "End one first, or follow all stays at once.",
                    },
                }
            ],
        }
        async with scene.wire.events(ALL, token=scene.tokens["founder"]):
            await scene.wire.followed(OF_ONE + 1)
        await say(socket, type="complete", id="0")
        await scene.wire.followed(OF_ONE - 1)
        await say(other, type="subscribe", id="one more", payload={"query": ALL})
        await scene.wire.followed(OF_ONE)


async def test_a_server_that_stops_sends_followers_elsewhere(scene: Scene) -> None:
    async with (
        scene.wire.events(ALL, token=scene.tokens["host"]) as events,
        scene.wire.socket(scene.tokens["founder"]) as socket,
    ):
        await say(socket, type="subscribe", id="1", payload={"query": ALL})
        await scene.wire.followed(2)
        scene.core.changes.end()
        # Without `complete`, clients come back.
        assert [one async for one in events] == [Told("retry", 1000)]
        with pytest.raises(ConnectionClosed) as closed:
            await heard(socket)
        assert closed.value.rcvd is not None
        assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (
            1012,
            "The server restarts; connect again.",
        )


async def test_streams_are_kept_alive_by_heartbeats(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_stream, "HEARTBEAT_SECONDS", 0.01)
    headers = {"accept": "text/event-stream"}
    async with scene.wire.http.stream(
        "POST", "/graphql", json={"query": ALL}, headers=headers
    ) as answer:
        lines = answer.aiter_lines()
        assert [await anext(lines) for _ in range(6)] == [":", "", ":", "", ":", ""]


async def test_whoever_does_not_read_is_left_behind(house: House) -> None:
    changes = Changes(house.core.database)
    async with changes.follow(lambda event: True) as follower:
        for number in range(MOST_UNREAD + 1):
            follower.tell(event_number(number))
        with pytest.raises(FellBehind):
            await follower.events(within=1)


def event_number(number: int) -> Any:
    """Return an event that is told apart by its number."""
    from softlanding.contract.events import Event

    return Event(
        id=UUID(int=number),
        name="stay.changed",
        object_type="Stay",
        object_id=UUID(int=1),
        aggregate_id=UUID(int=1),
        sequence=number,
        at=datetime(2026, 11, 22, tzinfo=UTC),
        action="update_stay",
        person_id=None,
        fields=("goals",),
    )


def test_each_column_of_a_stay_is_shown_by_a_field_or_the_products_own() -> None:
    assert set(table("stays").columns) == set(SHOWN) | OWN

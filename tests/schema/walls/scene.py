"""The scene: the demonstration data, and of everything that can be hidden one.

An unpublished incubator and start-ups, stays in every state, calendars, keys; and everybody who
asks. The askers, and what of the scene surrounds whom, stand in `askers`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.schema.walls.askers import ASKERS
from tests.schema.walls.world import World

from softlanding.actors import operator
from softlanding.domain.vocabulary import InvitedRole
from softlanding.host.registry import Registry
from softlanding.predicates import EVERYTHING, Equals
from softlanding.services import calendars
from softlanding.services.api_keys import NewApiKey, create_api_key, revoke_api_key, rotate_api_key
from softlanding.services.invitations import (
    NewInvitation,
    invite_founder,
    invite_member,
    invite_officer,
    revoke_invitation,
)
from softlanding.services.sessions import open_session
from softlanding.services.stays import NewStay, TravellerInput, apply_for_stay
from softlanding.services.steps import submit_step, waive_step
from softlanding.services.tokens import create_token
from softlanding.services.webhooks.editing import NewWebhook, create_webhook, rotate_webhook_secret
from softlanding.services.webhooks.subscriber import KEY
from softlanding.storage.database import Transaction
from softlanding.storage.models import new_id
from softlanding.testing.house import House, open_house
from tests.conftest import ENGINES, Templates

HIDDEN_INCUBATORS = ("f6s-network",)
HIDDEN_STARTUPS = ("plume-sante", "kanaal-robotics")
REPORT: Mapping[str, Any] = {
    "summary": "Ten meetings and a pilot.",
    "meetings_held": 10,
    "meetings_useful": 6,
    "leads": 4,
    "pilots": 1,
    "customers": 0,
    "investors_met": 2,
    "raised": {"amount": "5000.00", "currency": "EUR"},
    "researchers_met": 3,
    "settlement": "LATER",
    "recommendation": 9,
    "mentor_hours": 12,
    "days_present": 20,
}


@dataclass(frozen=True)
class Played:
    """A stay that is put into a state: start-up, host, first day."""

    startup: str
    host: str
    arrival: date
    state: str
    submitted: bool = True
    columns: Mapping[str, Any] = field(default_factory=dict)


STAYS = (
    Played("havelwerk-3d", "imt-starter", date(2027, 6, 1), "DRAFT", submitted=False),
    Played("windmolen-data", "gtec", date(2027, 8, 2), "DRAFT", submitted=False),
    Played("havelwerk-3d", "imt-starter", date(2027, 9, 1), "SUBMITTED"),
    Played("havelwerk-3d", "imt-starter", date(2027, 11, 1), "IN_REVIEW"),
    Played("havelwerk-3d", "imt-starter", date(2028, 1, 10), "ACCEPTED"),
    Played("rukas-fintech", "gtec", date(2027, 8, 2), "CONFIRMED"),
    Played("kanaal-robotics", "imt-starter", date(2027, 8, 2), "CONFIRMED"),
    Played("spreekern-energie", "f6s-network", date(2027, 8, 2), "CONFIRMED"),
    Played("havelwerk-3d", "imt-starter", date(2028, 3, 1), "CONFIRMED"),
    Played(
        "havelwerk-3d",
        "imt-starter",
        date(2028, 7, 3),
        "ACTIVE",
        columns={"arrival": date(2026, 10, 5), "departure": date(2026, 11, 1)},
    ),
    Played("aubaine-reseau", "crosspring-lab", date(2027, 8, 2), "COMPLETED"),
    Played("havelwerk-3d", "imt-starter", date(2028, 5, 2), "COMPLETED"),
    Played(
        "gintaras-laser-lab", "gtec", date(2027, 8, 2), "CLOSED", columns={"report": dict(REPORT)}
    ),
    Played("cordee-mobile", "gtec", date(2027, 8, 2), "CANCELLED"),
    Played("copperway-logistics", "imt-starter", date(2027, 8, 2), "DECLINED"),
    Played("thistle-and-loom-ai", "crosspring-lab", date(2027, 8, 2), "WITHDRAWN"),
)


class Scenes:
    """The scene on each database, to be copied: its address, and the tokens of the askers."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._urls: dict[str, str] = {}
        self._tokens: dict[str, Mapping[str, str | None]] = {}

    @classmethod
    async def make(cls, templates: Templates, registry: Registry) -> "Scenes":
        made = cls(templates)
        for engine in ENGINES:
            url = templates.fresh(engine, seeded=True)
            async with open_house(database_url=url, registry=registry, migrated=True) as house:
                made._tokens[engine] = await play(house)
            made._urls[engine] = url
        return made

    def fresh(self, engine: str) -> tuple[str, Mapping[str, str | None]]:
        """Return the address of a copy of its own, and the tokens of the askers by name."""
        return self._templates.copy(self._urls[engine]), self._tokens[engine]


async def play(house: House) -> Mapping[str, str | None]:
    """Make the scene in a seeded house; returns the tokens of the askers."""
    tokens = {name: await asker.enter(house) for name, asker in ASKERS.items()}
    for name in ("founder", "host"):
        await create_token(house.core, label=f"spare of {name}", email=ASKERS[name].email, hours=9)
    for played in STAYS:
        await _stay(house, played)
    await _unpublish(house)
    world = await World.of(house.core.database)
    await _steps(house, world)
    await _fill(house, world)
    await _addresses(house, world)
    await _invitations(house, world)
    await _sessions(house, world)
    await _keys(house, world)
    await _webhooks(house)
    return tokens


async def _stay(house: House, played: Played) -> None:
    rows = house.core.database.rows
    startup = await rows.by_slug("startups", played.startup)
    host = await rows.by_slug("incubators", played.host)
    assert startup is not None
    assert host is not None
    new = NewStay(
        arrival=played.arrival,
        departure=played.arrival + timedelta(days=27),
        travellers=[TravellerInput(name=f"Traveller of {played.startup}", nationalities=["NL"])],
        goals=[f"Goal of {played.startup}"],
        motivation=f"Motivation of {played.startup}",
    )
    actor = operator("scene")
    key = await apply_for_stay(house.core, actor, new, startup_id=startup["id"], host_id=host["id"])
    submitted_at = house.core.clock.now() if played.submitted else None

    async def work(transaction: Transaction) -> None:
        state = {"state": played.state, "submitted_at": submitted_at}
        await transaction.update("stays", key, {**state, **played.columns})

    await house.core.database.transact(work)


async def _unpublish(house: House) -> None:
    async def work(transaction: Transaction) -> None:
        for table, slugs in (("incubators", HIDDEN_INCUBATORS), ("startups", HIDDEN_STARTUPS)):
            for slug in slugs:
                (row,) = await transaction.select(table, Equals("slug", slug))
                await transaction.update(table, row["id"], {"published": False})

    await house.core.database.transact(work)


async def _fill(house: House, world: World) -> None:
    """Fill columns of hidden rows that the demonstration data leave empty."""
    facts = {
        "city": "Leeds",
        "website": "https://hidden.example.org",
        "stay_capacity": 3,
        "project_capacity": 30,
    }

    async def work(transaction: Transaction) -> None:
        for slug in HIDDEN_INCUBATORS:
            await transaction.update("incubators", world.one("incubators", slug=slug)["id"], facts)
        for slug in HIDDEN_STARTUPS:
            website = {"website": facts["website"]}
            await transaction.update("startups", world.one("startups", slug=slug)["id"], website)
        one_desk = world.one("incubators", slug="imt-starter")["id"]
        await transaction.update("incubators", one_desk, {"stay_capacity": 1})

    await house.core.database.transact(work)


async def _steps(house: House, world: World) -> None:
    """Answer a step that awaits signatures then, and waive one."""
    core, actor = house.core, operator("scene")
    startup = world.one("startups", slug="havelwerk-3d")["id"]
    stay = world.one("stays", startup_id=startup, state="SUBMITTED")["id"]
    form = core.registry.steps["common.agreement"].form
    assert form is not None
    answers = form.model_validate(form.model_json_schema()["examples"][0])
    await submit_step(core, actor, stay, "common.agreement", answers)
    await waive_step(core, actor, stay, "common.goals", reason="It has goals already.")


async def _addresses(house: House, world: World) -> None:
    """Give a calendar to everybody who may have one, and revoke every second."""
    core = house.core
    for name, slug in (
        ("founder", "havelwerk-3d"),
        ("home", "havelwerk-3d"),
        ("host", "havelwerk-3d"),
        ("other founder", "aubaine-reseau"),
        ("several", "polderlens"),
    ):
        actor = ASKERS[name].actor(world)
        startup = world.one("startups", slug=slug)["id"]
        stays = [row for row in world.all("stays") if row["startup_id"] == startup]
        for stay in [row for row in stays if row["submitted_at"] is not None][:2]:
            _, key = await calendars.create_address(
                core, actor, stay["id"], label=f"Calendar of {name}"
            )
        await calendars.revoke_address(core, actor, key)


async def _invitations(house: House, world: World) -> None:
    """Invite to two incubators, to two start-ups and to an office; take one back."""
    core, actor = house.core, operator("scene")
    guest = NewInvitation(name="Gina Guest", email="gina@example.org")
    for slug in ("imt-starter", "gtec"):
        key: UUID = world.one("incubators", slug=slug)["id"]
        await invite_member(core, actor, guest, incubator_id=key, role=InvitedRole.STAFF)
        known = await invite_member(core, actor, guest, incubator_id=key, role=InvitedRole.REVIEWER)
    for slug in ("havelwerk-3d", "aubaine-reseau"):
        key = world.one("startups", slug=slug)["id"]
        invited = await invite_founder(core, actor, guest, startup_id=key)
    await revoke_invitation(core, actor, invited)
    accepted = {"accepted_at": core.clock.now()}
    await core.database.transact(
        lambda transaction: transaction.update("invitations", known, accepted)
    )
    await invite_officer(core, actor, guest, role=InvitedRole.AUDITOR)


async def _sessions(house: House, world: World) -> None:
    """Sign two people in."""
    for name in ("founder", "host"):
        person = world.one("persons", email=ASKERS[name].email)
        await open_session(house.core, person["id"], method="password", user_agent="a browser")


async def _keys(house: House, world: World) -> None:
    """Give two keys to two incubators: one is rotated, one revoked; and let all tokens be used."""
    core, actor = house.core, operator("scene")
    for slug in ("imt-starter", "gtec"):
        incubator: UUID = world.one("incubators", slug=slug)["id"]
        new = NewApiKey(
            label=f"Key of {slug}",
            types=["Incubator"],
            fields=["Stay.goals"],
            mutations=["submitStep"],
            drafts=True,
        )
        _, first = await create_api_key(core, actor, new, incubator_id=incubator)
        _, key = await create_api_key(core, actor, new, incubator_id=incubator)
        await revoke_api_key(core, actor, key)
        await rotate_api_key(core, actor, first)

    async def work(transaction: Transaction) -> None:
        for row in await transaction.select("tokens", EVERYTHING):
            used = {"last_used_at": core.clock.now()}
            await transaction.update("tokens", row["id"], used)

    await core.database.transact(work)


async def _webhooks(house: House) -> None:
    """Give each incubator with keys a webhook that was told something once."""
    core, actor = house.core, operator("scene")
    for key in await core.database.rows.select("tokens", EVERYTHING):
        if key["incubator_id"] is None or key["scope"] is None or key["revoked_at"]:
            continue
        new = NewWebhook(
            label="Website",
            address="https://website.example.org/hook",
            query="query($id: ID!) { node(id: $id) { ... on Incubator { name } } }",
            events=["incubator.*"],
        )
        _, webhook = await create_webhook(core, actor, new, key_id=key["id"])
        await rotate_webhook_secret(core, actor, webhook)
        event, *_ = await core.database.rows.select("events", Equals("name", "incubator.created"))
        delivery = {
            "id": new_id(),
            "event_id": event["id"],
            "aggregate_id": event["aggregate_id"],
            "subscriber": KEY,
            "recipient": str(webhook),
            "state": "DONE",
            "attempts": 1,
            "next_at": event["at"],
            "leased_until": None,
            "error": "",
            "ended_at": event["at"],
        }
        attempt = {
            "id": new_id(),
            "webhook_id": webhook,
            "delivery_id": delivery["id"],
            "event_key": event["key"],
            "event": event["name"],
            "at": event["at"],
            "attempt": 1,
            "status": 200,
            "milliseconds": 12,
            "answer": "ok",
            "error": "",
        }

        async def work(
            transaction: Transaction,
            delivery: dict[str, Any] = delivery,
            attempt: dict[str, Any] = attempt,
        ) -> None:
            await transaction.insert("deliveries", delivery)
            await transaction.insert("webhook_attempts", attempt)

        await core.database.transact(work)

"""Erased is erased: a word that was planted everywhere is found nowhere; on both databases."""

from typing import Any

import pytest
import structlog
from tests.core.canary import places_with, plant_in_texts, texts_of

from softlanding.actors import operator
from softlanding.domain.problems import Refused
from softlanding.domain.vocabulary import InvitedRole
from softlanding.predicates import EVERYTHING, Equals
from softlanding.services.attempts import account, count_attempt
from softlanding.services.audit import verify
from softlanding.services.authentication import actor_of
from softlanding.services.calendars import create_address
from softlanding.services.duties import do_duties
from softlanding.services.invitations import NewInvitation, invite_officer
from softlanding.services.password_resets import reset_link
from softlanding.services.personal_data.erasure import erase_person, erase_startup
from softlanding.services.personal_data.subjects import person_of, startup_of
from softlanding.services.sessions import open_session
from softlanding.storage.database import Transaction
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row
from softlanding.testing.house import House

WORD = "xyzzycanary"
NAME = "Quirin Xyzzycanary"
EMAIL = "quirin.xyzzycanary@example.org"
TEXTS = [NAME, NAME.upper(), EMAIL, "Quirin  xyzzycanary"]


async def a_stay(house: House, *states: str) -> Row:
    """Return a stay of the demonstration in one of these states, the first by arrival."""
    rows = await house.core.database.rows.select("stays", EVERYTHING, order=("arrival", "id"))
    return next(row for row in rows if row["state"] in states)


async def planted_person(house: House, stay: Row) -> None:
    """Add a person who did all that leaves a trace, and is named wherever a text stands."""
    core = house.core
    startup = await core.database.rows.one("startups", stay["startup_id"])
    assert startup is not None
    await house.person(NAME, founder_of=[startup["slug"]], manager_of=["gtec"])
    (person,) = await core.database.rows.select("persons", Equals("email", EMAIL))
    for token in await core.database.rows.select("tokens", Equals("person_id", person["id"])):
        assert WORD in token["label"].lower()
    await open_session(core, person["id"], method="password", user_agent=f"{WORD} browser")
    await reset_link(core, person["id"])
    await count_attempt(core, account("password", EMAIL))
    actor = await actor_of(core, person["id"])
    await create_address(core, actor, stay["id"], label=f"calendar of {WORD}")
    invited = NewInvitation(name="Q. Xyzzycanary", email=EMAIL)
    await invite_officer(core, operator(NAME), invited, role=InvitedRole.AUDITOR)
    other = NewInvitation(name="Olga Other", email="olga@example.org")
    await invite_officer(core, operator(NAME), other, role=InvitedRole.AUDITOR)

    async def work(transaction: Transaction) -> None:
        identity = {
            "id": new_id(),
            "person_id": person["id"],
            "issuer": f"https://{WORD}.example.org",
            "subject": WORD,
            "created_at": core.clock.now(),
        }
        await transaction.insert("identities", identity)
        (key, *_) = await transaction.select("tokens", EVERYTHING)
        named = {**key, "id": new_id(), "hash": "0" * 64, "person_id": None, "label": f"for {NAME}"}
        gtec = await transaction.by_slug("incubators", "gtec")
        assert gtec is not None
        named |= {"incubator_id": gtec["id"], "created_by": NAME}
        await transaction.insert("tokens", named)
        repeat = {
            "id": new_id(),
            "actor": str(person["id"]),
            "key": "0" * 64,
            "place": "",
            "request": "0" * 64,
            "entry_id": new_id(),
            "answer": f'{{"name": "{NAME}"}}',
            "created_at": core.clock.now(),
        }
        await transaction.insert("idempotency_keys", repeat)
        summary = {"en": f"Led by {NAME}."}
        await transaction.update("incubators", stay["host_id"], {"summary": summary})

    await core.database.transact(work)
    await plant_in_texts(house, stay, TEXTS)


@pytest.fixture
def logged() -> list[str]:
    """The lines that are logged meanwhile."""
    lines: list[str] = []

    def keep(logger: object, method: str, event: structlog.typing.EventDict) -> Any:
        lines.append(repr(event))
        raise structlog.DropEvent

    structlog.configure(processors=[structlog.processors.format_exc_info, keep])
    return lines


async def test_a_person_who_is_erased_is_found_nowhere(
    seeded: House, seeded_url: str, logged: list[str]
) -> None:
    stay = await a_stay(seeded, "ACCEPTED", "CLOSED")
    await planted_person(seeded, stay)
    assert places_with(seeded, seeded_url, WORD) != []
    subject = await person_of(seeded.core.database.rows, EMAIL)
    erased = await erase_person(seeded.core, subject)
    assert places_with(seeded, seeded_url, WORD) == []
    # Nothing that is worked out anew brings them back, and nothing breaks without them.
    await do_duties(seeded.core)
    assert [line for line in logged if "not refreshed" in line or "failed" in line] == []
    assert places_with(seeded, seeded_url, WORD) == []
    assert erased.overwritten is (seeded.core.database.dialect == "sqlite")
    assert [line for line in logged if WORD in line.lower()] == []
    assert (await verify(seeded.core)).faults == ()


async def test_others_stay_as_they_were(seeded: House) -> None:
    rows = seeded.core.database.rows
    before = {
        table: await rows.select(table, EVERYTHING)
        for table in ("persons", "memberships", "tokens", "startups", "incubators", "invitations")
    }
    await seeded.person(NAME, founder_of=["polderlens"])
    await erase_person(seeded.core, await person_of(rows, EMAIL))
    assert {table: await rows.select(table, EVERYTHING) for table in before} == before


async def test_of_a_traveller_only_the_traveller_goes(seeded: House) -> None:
    rows = seeded.core.database.rows
    stay = await a_stay(seeded, "CLOSED")
    await planted_person(seeded, stay)
    await erase_person(seeded.core, await person_of(rows, EMAIL))
    after = await rows.one("stays", stay["id"])
    assert after is not None
    assert after["travellers"] == [
        *({"name": "[erased]", "nationalities": []} for _ in TEXTS),
        {"name": "Else Other", "nationalities": ["FR"]},
    ]
    assert after["goals"] == ["Meet friends of [erased]"] * len(TEXTS)
    assert after["revision"] == stay["revision"] + 1
    told = await rows.select("history", Equals("object_id", stay["id"]))
    assert [(one["actor"], one["action"]) for one in told][-1] == ("erasure", "erased")


async def test_a_startup_that_is_erased_is_found_nowhere(
    seeded: House, seeded_url: str, logged: list[str]
) -> None:
    stay = await a_stay(seeded, "CLOSED")
    rows = seeded.core.database.rows
    startup = await rows.one("startups", stay["startup_id"])
    assert startup is not None
    await plant_in_texts(seeded, stay, [WORD])
    await seeded.person("Fay Founder", founder_of=[startup["slug"]])

    async def work(transaction: Transaction) -> None:
        for column in texts_of("startups") - {"registrations", "summary", "slug"}:
            limited = WORD[: 2 if column == "country" else 5 if column == "nace" else 11]
            await transaction.update("startups", startup["id"], {column: limited})
        registrations = [{"scheme": "XX", "value": WORD}]
        await transaction.update("startups", startup["id"], {"registrations": registrations})
        for one in await transaction.select("stays", Equals("startup_id", startup["id"])):
            await transaction.update("stays", one["id"], {"state": "CLOSED"})

    await seeded.core.database.transact(work)
    await erase_startup(seeded.core, await startup_of(rows, startup["slug"]))
    assert places_with(seeded, seeded_url, WORD) == []
    assert [line for line in logged if WORD in line.lower()] == []
    assert (await verify(seeded.core)).faults == ()
    assert await rows.one("startups", startup["id"]) is None
    assert [one["name"] for one in await rows.select("persons", Equals("name", "Fay Founder"))] == [
        "Fay Founder"
    ]


async def test_a_startup_with_open_stays_is_not_erased(seeded: House) -> None:
    stay = await a_stay(seeded, "ACCEPTED")
    rows = seeded.core.database.rows
    startup = await rows.one("startups", stay["startup_id"])
    assert startup is not None
    with pytest.raises(Refused) as refused:
        await erase_startup(seeded.core, await startup_of(rows, startup["slug"]))
    (problem,) = refused.value.problems
    assert problem.code == "CONFLICT"
    assert f"ACCEPTED from {stay['arrival']}" in problem.message
    assert await rows.one("startups", startup["id"]) == startup


async def test_the_last_administrator_is_not_erased(house: House) -> None:
    await house.person("Ada Admin", admin=True)
    rows = house.core.database.rows
    before = await rows.select("persons", EVERYTHING)
    with pytest.raises(Refused, match="This is the last administrator of the network."):
        await erase_person(house.core, await person_of(rows, "ada.admin@example.org"))
    assert await rows.select("persons", EVERYTHING) == before
    await house.person("Bo Admin", admin=True)
    await erase_person(house.core, await person_of(rows, "ada.admin@example.org"))
    assert [one["name"] for one in await rows.select("persons", EVERYTHING)] == ["Bo Admin"]

"""The onboarding of a stay as a calendar, and the private addresses it is read at.

iCalendar, RFC 5545: a step has the same UID for ever, and a SEQUENCE that grows with each change
of it, so that a calendar that is subscribed to moves what it knows.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event

from softlanding.access import allows
from softlanding.actors import Actor
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.domain.texts import choose
from softlanding.domain.vocabulary import StepState
from softlanding.predicates import Equals
from softlanding.services.authentication import actor_of, hash_of
from softlanding.services.core import Core, forbidden, parties, require, require_writer, visible
from softlanding.services.standing import standing_on, stored_steps
from softlanding.storage.database import Transaction
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row

PRODUCT = "-//Soft Landing//Onboarding//EN"


def calendar_text(
    core: Core, stay: Row, steps: Sequence[Row], *, startup: str, host: str, locale: str
) -> str:
    """Return the plan of a stay as iCalendar; the same plan always gives the same text.

    `steps` carry their definitions, `startup` and `host` are names.
    """
    name = f"{startup} → {host}"
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Soft Landing: {name}")
    calendar.add_component(_stay_event(stay, name))
    standing = standing_on(core, steps, core.clock.today())
    for step in steps:
        state = standing.states[step["key"]].state
        if state is not StepState.NOT_APPLICABLE:
            calendar.add_component(_step_event(step, state, name, locale))
    text: bytes = calendar.to_ical()
    return text.decode()


def _stay_event(stay: Row, name: str) -> Event:
    event = _event(stay["id"], stay["revision"], stay["updated_at"], name)
    event.add("dtstart", stay["arrival"])
    # The end of an all-day event is the day after its last one.
    event.add("dtend", stay["departure"] + timedelta(days=1))
    return event


def _step_event(step: Row, state: StepState, name: str, locale: str) -> Event:
    title = choose(step["definition"]["title"], locale)[0]
    event = _event(step["id"], step["revision"], step["updated_at"], f"{title} ({name})")
    event.add("dtstart", step["due_on"])
    event.add("dtend", step["due_on"] + timedelta(days=1))
    event.add("description", choose(step["definition"]["help"], locale)[0])
    event.add("categories", [str(state), step["severity"]])
    return event


def _event(key: UUID, revision: int, changed_at: datetime, summary: str) -> Event:
    event = Event()
    event.add("uid", f"{key}@softlanding")
    event.add("sequence", revision)
    event.add("dtstamp", changed_at)
    event.add("summary", summary)
    # A due day does not take up anybody's time.
    event.add("transp", "TRANSPARENT")
    return event


async def create_address(
    core: Core, actor: Actor, stay_id: UUID, *, label: str
) -> tuple[str, UUID]:
    """Make a private address of a stay's calendar; returns its path, once, and its key.

    It shows the stay as long as the person who made it is one of its parties.
    """
    require_writer(actor)
    stay = await visible(core.database.rows, actor, "stays", stay_id, "stay")
    require(actor, "create_calendar_address", stay)
    if actor.person_id is None:
        raise forbidden("An address belongs to a person.")
    secret, key = secrets.token_urlsafe(32), new_id()

    async def work(transaction: Transaction) -> None:
        row = {
            "id": key,
            "stay_id": stay_id,
            "person_id": actor.person_id,
            "hash": hash_of(secret),
            "label": label,
            "created_at": core.clock.now(),
            "revoked_at": None,
        }
        await transaction.insert("calendar_addresses", row)

    await core.database.transact(work)
    return f"/stays/{stay_id}/onboarding.ics?key={secret}", key


async def revoke_address(core: Core, actor: Actor, key: UUID) -> UUID:
    """Revoke an address: who made it, or an administrator. Returns the key of its stay."""
    require_writer(actor)

    async def work(transaction: Transaction) -> UUID:
        address = await transaction.lock("calendar_addresses", key)
        if address is None or not allows(actor, "revoke_calendar_address", address):
            raise Refused(
                Problem(
                    code=Code.NOT_FOUND,
                    message="There is no such calendar address, or it is not yours.",
                    path=("id",),
                    hint="Read calendarAddresses of the stay.",
                )
            )
        if address["revoked_at"] is None:
            revoked = {"revoked_at": core.clock.now()}
            await transaction.update("calendar_addresses", key, revoked)
        return UUID(str(address["stay_id"]))

    return await core.database.transact(work)


async def calendar_at(core: Core, stay_id: UUID, secret: str, locale: str) -> str | None:
    """Return the calendar at a private address, or None where there is none to see."""
    rows = core.database.rows
    found = await rows.select("calendar_addresses", Equals("hash", hash_of(secret)))
    if not found or found[0]["stay_id"] != stay_id or found[0]["revoked_at"] is not None:
        return None
    actor = await actor_of(core, found[0]["person_id"])
    stay = await rows.one("stays", stay_id)
    if stay is None or not parties(actor, stay):
        return None
    startup = await rows.one("startups", stay["startup_id"])
    host = await rows.one("incubators", stay["host_id"])
    assert startup is not None  # noqa: S101 - foreign keys keep both
    assert host is not None  # noqa: S101 - foreign keys keep both
    steps = await stored_steps(rows, stay_id)
    return calendar_text(
        core, stay, steps, startup=startup["name"], host=host["name"], locale=locale
    )

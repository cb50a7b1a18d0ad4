"""The digest: once a day, what waits for somebody at all their stays."""

from collections.abc import AsyncIterator
from datetime import date

import structlog

from softlanding.contract.catalogues import Catalogue
from softlanding.contract.channels import Message, MessageItem
from softlanding.domain.texts import choose
from softlanding.domain.vocabulary import Notifications
from softlanding.predicates import AllOf, AnyOf, Equals, OneOf
from softlanding.services.channels import send_message
from softlanding.services.core import Core
from softlanding.services.notices.addressees import Reader, reader_of_person, seen
from softlanding.services.notices.subscriber import items_of, names_of
from softlanding.services.notices.waiting import waiting_at
from softlanding.services.standing import stored_steps
from softlanding.storage.database import Transaction
from softlanding.storage.tables import Row

log = structlog.get_logger("softlanding.notices")
told = Catalogue("softlanding")
_OPEN = ("DRAFT", "SUBMITTED", "IN_REVIEW", "ACCEPTED", "CONFIRMED", "ACTIVE", "COMPLETED")


class DigestsFailed(Exception):  # noqa: N818 - told by the duty, which is tried again
    """Some digests could not be sent; the message tells how many."""


async def send_digests(core: Core) -> int:
    """Send those who want it what waits for them, at most once a day; returns how many.

    A digest that could not be sent is sent when the duty is done again; `DigestsFailed` then.
    """
    sent = failed = 0
    daily = Equals("notifications", str(Notifications.DAILY))
    for person in await core.database.rows.select("persons", daily):
        before = person["digest_on"]
        if not await _claimed(core, person):
            continue
        try:
            sent += await _send(core, person)
        except Exception as error:
            failed += 1
            log.warning("digest not sent", person=str(person["id"]), exc_info=error)
            await _mark(core, person, before)
    if failed:
        raise DigestsFailed(f"{failed} digests were not sent, {sent} were")
    return sent


async def _send(core: Core, person: Row) -> bool:
    reader = await reader_of_person(core, person)
    items = [item async for item in _items(core, reader)]
    if not items:
        return False
    locale, today = reader.addressee.locale, core.clock.today()
    await send_message(
        core,
        Message(
            id=f"digest-{person['id']}-{today}",
            to=reader.addressee,
            subject=choose(told("What waits for you at Soft Landing"), locale)[0],
            paragraphs=(choose(told("On {day} this waits for you:", day=today), locale)[0],),
            items=tuple(items),
            closing=(core.public_url,),
        ),
    )
    return True


async def _items(core: Core, reader: Reader) -> AsyncIterator[MessageItem]:
    actor = reader.actor
    own = [
        OneOf(column, tuple(sorted(keys)))
        for column, keys in (
            ("startup_id", actor.founder_of),
            ("home_id", actor.staff_of),
            ("host_id", actor.staff_of),
        )
        if keys
    ]
    if not own:
        return
    wanted = AllOf((OneOf("state", _OPEN), AnyOf(tuple(own))))
    rows = core.database.rows
    for one in await rows.select("stays", wanted, order=("arrival", "id")):
        stay = await seen(core, reader, one["id"])
        if stay is None:
            continue
        steps = await stored_steps(rows, stay["id"])
        waiting = waiting_at(core, stay, steps, parties=reader.sides(stay))
        if not waiting:
            continue
        names = await names_of(core, stay)
        at = choose(told("{startup} at {host}", **names), reader.addressee.locale)[0]
        for item in items_of(waiting, reader.addressee.locale):
            yield MessageItem(text=f"{at}: {item.text}", detail=item.detail)


async def _claimed(core: Core, person: Row) -> bool:
    """Mark that somebody was sent today's digest, unless they were."""

    async def work(transaction: Transaction) -> bool:
        fresh = await transaction.lock("persons", person["id"])
        today = core.clock.today()
        if fresh is None or fresh["digest_on"] == today:
            return False
        await transaction.update("persons", person["id"], {"digest_on": today})
        return True

    return await core.database.transact(work)


async def _mark(core: Core, person: Row, day: date | None) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.update("persons", person["id"], {"digest_on": day})

    await core.database.transact(work)

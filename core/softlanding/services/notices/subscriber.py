"""The subscriber that tells people and incubators of stays and of steps, as things happen.

What is decided about a stay is told to all but those who want to be told nothing; what merely waits
is told at once to those who want it so, and otherwise by the digest.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from softlanding.contract.catalogues import Catalogue
from softlanding.contract.channels import Message, MessageItem
from softlanding.contract.context import PluginContext
from softlanding.contract.events import Delivery, Event, Subscriber
from softlanding.domain.texts import Text, choose
from softlanding.domain.vocabulary import Notifications
from softlanding.services.channels import send_message
from softlanding.services.core import Core
from softlanding.services.notices.addressees import Reader, reader_of, recipients_of, seen
from softlanding.services.notices.waiting import Waiting, waiting_at
from softlanding.services.standing import stored_steps
from softlanding.storage.tables import Row

told = Catalogue("softlanding")

KEY = "softlanding.notices"
_AT_ONCE = frozenset({Notifications.AT_ONCE})
_ALL_BUT_NEVER = frozenset({Notifications.AT_ONCE, Notifications.DAILY})


def _submitted(**names: Any) -> Text:
    return told(
        "{startup} has applied for a stay at {host} from {arrival} to {departure}.", **names
    )


def _accepted(**names: Any) -> Text:
    return told("{host} has accepted the stay of {startup} from {arrival} to {departure}.", **names)


def _declined(**names: Any) -> Text:
    return told(
        "{host} has declined the application of {startup} from {arrival} to {departure}.", **names
    )


def _confirmed(**names: Any) -> Text:
    return told(
        "The stay of {startup} at {host} from {arrival} to {departure} is confirmed.", **names
    )


def _withdrawn(**names: Any) -> Text:
    return told(
        "The application of {startup} for a stay at {host} from {arrival} to {departure}"
        " was withdrawn.",
        **names,
    )


def _cancelled(**names: Any) -> Text:
    return told(
        "The stay of {startup} at {host} from {arrival} to {departure} was cancelled.", **names
    )


def _closed(**names: Any) -> Text:
    return told("The report of the stay of {startup} at {host} is in.", **names)


DECISIONS: Mapping[str, Callable[..., Text]] = {
    "stay.submitted": _submitted,
    "stay.accepted": _accepted,
    "stay.declined": _declined,
    "stay.confirmed": _confirmed,
    "stay.withdrawn": _withdrawn,
    "stay.cancelled": _cancelled,
    "stay.closed": _closed,
}
"""What is told of a stay by itself, whether anything waits or not."""

MOVES = ("stay.in_review", "stay.active", "stay.completed")
STEPS = ("step.open", "step.failed", "step.needs_review", "step.awaiting_signatures")
"""What is told because something waits then."""


def subscriber(core: Core) -> Subscriber:
    """Return the product's own subscriber."""

    async def recipients(event: Event, ctx: PluginContext) -> Sequence[str]:
        # Nobody is told that the demonstration was sown.
        stay = None if event.action == "seed" else await _stay_of(core, event)
        if stay is None:
            return ()
        wanted = _ALL_BUT_NEVER if event.name in DECISIONS else _AT_ONCE
        return await recipients_of(core, stay, wanted=wanted, besides=event.person_id)

    async def handle(delivery: Delivery, ctx: PluginContext) -> None:
        reader = await reader_of(core, delivery.recipient)
        if reader is None:
            return
        message = await _message(core, reader, delivery)
        if message is not None:
            await send_message(core, message)

    return Subscriber(
        key=KEY, events=(*DECISIONS, *MOVES, *STEPS), handle=handle, recipients=recipients
    )


async def _stay_of(core: Core, event: Event) -> Row | None:
    return await core.database.rows.one("stays", event.aggregate_id)


async def _message(core: Core, reader: Reader, delivery: Delivery) -> Message | None:
    """Return what to tell somebody now, or None where there is nothing for them."""
    event = delivery.event
    stay = await seen(core, reader, event.aggregate_id)
    sides = reader.sides(stay) if stay is not None else frozenset()
    if stay is None or not sides:
        return None
    steps = await stored_steps(core.database.rows, stay["id"])
    waiting = waiting_at(core, stay, steps, parties=sides)
    if event.name in STEPS:
        waiting = [one for one in waiting if one.step_id == event.object_id]
    decided = DECISIONS.get(event.name)
    if decided is None and not waiting:
        return None
    names = await names_of(core, stay)
    locale = reader.addressee.locale
    opening = (decided(**names),) if decided else ()
    return Message(
        id=str(delivery.id),
        to=reader.addressee,
        subject=choose(told("{startup} at {host}", **names), locale)[0],
        paragraphs=tuple(choose(text, locale)[0] for text in opening),
        items=tuple(items_of(waiting, locale)),
        closing=(core.public_url,),
    )


def items_of(waiting: Iterable[Waiting], locale: str) -> Iterator[MessageItem]:
    """Yield what waits in the words of a language."""
    for one in waiting:
        yield MessageItem(
            text=choose(one.text, locale)[0], detail=choose(one.due, locale)[0] if one.due else ""
        )


async def names_of(core: Core, stay: Mapping[str, Any]) -> dict[str, Any]:
    """Return what texts about a stay name."""

    async def name(table: str, key: UUID) -> str:
        row = await core.database.rows.one(table, key)
        return str(row["name"]) if row else ""

    return {
        "startup": await name("startups", stay["startup_id"]),
        "host": await name("incubators", stay["host_id"]),
        "arrival": stay["arrival"],
        "departure": stay["departure"],
    }

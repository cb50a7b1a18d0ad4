"""Following stays: what of the events somebody may be told, looked at anew each time.

Whoever does not see a stay is told nothing of it, and whoever sees it nothing of what they may not
read: that a field changed is told as the field is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from softlanding import access
from softlanding.actors import Actor
from softlanding.contract.events import Event
from softlanding.predicates import AllOf, OneOf
from softlanding.services.core import Core
from softlanding.storage.tables import Row

SHOWN: Mapping[str, str] = {
    "startup_id": "startup",
    "home_id": "home",
    "host_id": "host",
    "arrival": "arrival",
    "departure": "departure",
    "state": "state",
    "demo": "demo",
    "travellers": "travellers",
    "goals": "goals",
    "motivation": "motivation",
    "report": "report",
    "submitted_at": "submittedAt",
}
"""The columns of stays that fields show, and those fields; the others are the product's own."""

_PLAN = frozenset({"arrival", "departure", "state"})
"""Columns of a stay that its steps depend on."""


@dataclass(frozen=True)
class StayNews:
    """What happened to one stay: names of events in their order, and the steps they were about.

    Without a `row` the stay is gone for whoever follows it.
    """

    stay_id: UUID
    row: Row | None
    events: tuple[str, ...]
    step_ids: tuple[UUID, ...] = ()


async def stay_news(
    core: Core, actor: Actor, events: Iterable[Event], known: Iterable[UUID]
) -> list[StayNews]:
    """Return what somebody is told of the events of stays.

    That a stay is gone they are told of those that are `known` to them.
    """
    by_stay = _by_stay(event for event in events if event.object_type == "Stay")
    rows = await _visible(core, actor, by_stay)
    known = frozenset(known)
    found = []
    for key, those in by_stay.items():
        row = rows.get(key)
        if row is None and key not in known:
            continue
        told = those if row is None else [one for one in those if _may_be_told(actor, row, one)]
        if told:
            found.append(StayNews(key, row, tuple(one.name for one in told)))
    return found


async def onboarding_news(core: Core, actor: Actor, events: Iterable[Event]) -> list[StayNews]:
    """Return what somebody is told of the onboarding of stays, who may read it."""
    by_stay = _by_stay(event for event in events if is_of_onboarding(event))
    rows = await _visible(core, actor, by_stay)
    return [
        StayNews(
            key,
            rows[key],
            tuple(one.name for one in those),
            tuple(dict.fromkeys(one.object_id for one in those if one.object_id != key)),
        )
        for key, those in by_stay.items()
        if key in rows and reads_onboarding(actor, rows[key])
    ]


async def visible_stay(core: Core, actor: Actor, key: UUID) -> Row | None:
    """Return a stay as stored, if somebody sees it."""
    return (await _visible(core, actor, (key,))).get(key)


def reads_onboarding(actor: Actor, row: Row) -> bool:
    """Tell whether somebody may read the onboarding of a stay that they see."""
    return _reads(actor, row, "onboarding", "onboarding")


def is_of_onboarding(event: Event) -> bool:
    """Tell whether an event is about the steps of a stay, or what they depend on."""
    if event.object_type == "Stay":
        return not _PLAN.isdisjoint(event.fields)
    return event.object_type == "OnboardingStep"


def _by_stay(events: Iterable[Event]) -> dict[UUID, list[Event]]:
    found: dict[UUID, list[Event]] = {}
    for event in events:
        found.setdefault(event.aggregate_id, []).append(event)
    return found


async def _visible(core: Core, actor: Actor, keys: Iterable[UUID]) -> Mapping[UUID, Row]:
    wanted = tuple(keys)
    if not wanted:
        return {}
    scope = AllOf((OneOf("id", wanted), access.rows("stays", actor)))
    return {row["id"]: row for row in await core.database.rows.select("stays", scope)}


def _may_be_told(actor: Actor, row: Row, event: Event) -> bool:
    # What begins or ends has no fields that changed; whoever sees the stay sees that.
    return not event.fields or any(
        _reads(actor, row, column, SHOWN[column]) for column in _shown(event.fields)
    )


def _shown(columns: Sequence[str]) -> Iterable[str]:
    return (column for column in columns if column in SHOWN)


def _reads(actor: Actor, row: Row, column: str, field: str) -> bool:
    if not access.may_read("stays", column, actor, row):
        return False
    restricted = column in access.FIELDS["stays"]
    return actor.scope is None or actor.scope.reads_field("Stay", field, restricted=restricted)

"""The events of a unit of work, worked out from what it changed, so that none can be forgotten."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from softlanding.contract.events import Event
from softlanding.domain.vocabulary import StayState, StepState
from softlanding.storage.models import new_id
from softlanding.storage.record import Change
from softlanding.storage.tables import Row

_NOUNS: Mapping[str, tuple[str, str]] = {
    "incubators": ("incubator", "Incubator"),
    "startups": ("startup", "Startup"),
    "stays": ("stay", "Stay"),
    "onboarding_steps": ("step", "OnboardingStep"),
    "memberships": ("membership", "Membership"),
    "invitations": ("invitation", "Invitation"),
}
"""The tables whose changes are events, how their names begin, and the type of the object.

People, their sessions and tokens are not told of; records follow the verdict of their step, and
rule sets the start of the product.
"""

_LIFE = ("created", "changed", "deleted")
NAMES: tuple[str, ...] = (
    *(f"{noun}.{verb}" for noun, _ in _NOUNS.values() for verb in _LIFE),
    *(f"stay.{state.lower()}" for state in StayState),
    *(f"step.{state.lower()}" for state in StepState),
    *(f"{noun}.{verb}" for noun in ("incubator", "startup") for verb in ("published", "withdrawn")),
    "invitation.accepted",
    "invitation.revoked",
)
"""All names of events."""


def events_of(changes: Iterable[Change], by: Mapping[str, Any]) -> list[Row]:
    """Return the events of what was changed, as they are stored, in the order of the changes.

    The steps that a stay begins with, and those that go with it, are told by its own event.
    """
    changes = list(changes)
    whole = {one.key for one in changes if one.table == "stays" and None in (one.before, one.after)}
    return [
        _event(one, by)
        for one in changes
        if one.table in _NOUNS
        and not (one.table == "onboarding_steps" and _aggregate(one) in whole)
    ]


def event_of(row: Row) -> Event:
    """Return a stored event as subscribers are told it."""
    return Event(
        id=row["key"],
        name=row["name"],
        object_type=row["object_type"],
        object_id=row["object_id"],
        aggregate_id=row["aggregate_id"],
        sequence=row["id"],
        at=row["at"],
        action=row["action"],
        person_id=row["person_id"],
        fields=tuple(row["columns"]),
    )


def _event(change: Change, by: Mapping[str, Any]) -> Row:
    columns = _changed(change)
    return {
        "key": new_id(),
        "name": f"{_NOUNS[change.table][0]}.{_verb(change, columns)}",
        "object_type": _NOUNS[change.table][1],
        "object_id": change.key,
        "aggregate_id": _aggregate(change),
        "at": by["at"],
        "action": by["action"],
        "person_id": by["person_id"],
        "columns": columns,
        "dispatched_at": None,
    }


def _changed(change: Change) -> list[str]:
    if change.before is None or change.after is None:
        return []
    return sorted(
        name
        for name in change.after
        if name != "revision" and change.after[name] != change.before[name]
    )


def _verb(change: Change, columns: Sequence[str]) -> str:
    if change.before is None or change.after is None:
        return "created" if change.before is None else "deleted"
    if change.table in ("stays", "onboarding_steps") and "state" in columns:
        return str(change.after["state"]).lower()
    if change.table in ("incubators", "startups") and "published" in columns:
        return "published" if change.after["published"] else "withdrawn"
    if change.table == "invitations":
        for column in ("accepted", "revoked"):
            if f"{column}_at" in columns:
                return column
    return "changed"


def _aggregate(change: Change) -> UUID:
    """Return the object whose events are told in their order."""
    row = change.after or change.before or {}
    owner = row.get("stay_id")
    if change.table in ("memberships", "invitations"):
        owner = row["incubator_id"] or row["startup_id"]
    return UUID(str(owner)) if owner else change.key

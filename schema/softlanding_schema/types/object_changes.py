"""What a mutation changed, or would change, object by object."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

import orjson
import strawberry

from softlanding.access import FIELDS, may_read
from softlanding.actors import Actor
from softlanding.services.revisions import camel_case, differences
from softlanding.storage.record import Change, canonical
from softlanding_schema.reads.global_ids import encode
from softlanding_schema.types.revisions import FieldChange, field_changes


@strawberry.enum(description="What happens to an object.")
class ChangeKind(Enum):
    """Kinds of changes."""

    CREATED = strawberry.enum_value("CREATED", description="It would be made.")
    CHANGED = strawberry.enum_value("CHANGED", description="It would be changed.")
    DELETED = strawberry.enum_value("DELETED", description="It would be deleted.")


@strawberry.type(description="An object that would be created, changed or deleted.")
class ObjectChange:
    """A change of an object."""

    kind: ChangeKind = strawberry.field(description="What happens to it.")
    type: str = strawberry.field(description="Its type, such as Stay.")
    id: strawberry.ID = strawberry.field(
        description="Its global id; of one that would be created, it is another one in the end."
    )
    fields: list[FieldChange] = strawberry.field(description="Its fields that differ then.")


_TYPES: Mapping[str, str] = {
    "incubators": "Incubator",
    "startups": "Startup",
    "stays": "Stay",
    "onboarding_steps": "OnboardingStep",
    "memberships": "Membership",
    "invitations": "Invitation",
    "sessions": "Session",
    "calendar_addresses": "CalendarAddress",
    "webhooks": "Webhook",
}


def object_changes(actor: Actor, changes: Iterable[Change]) -> list[ObjectChange]:
    """Return changes as the actor may read them."""
    found = []
    for change in changes:
        type_name = _type_of(change)
        if type_name is not None and (actor.scope is None or actor.scope.reads_type(type_name)):
            found.append(
                ObjectChange(
                    kind=_kind(change),
                    type=type_name,
                    id=strawberry.ID(encode(type_name, change.key)),
                    fields=field_changes(
                        differences(
                            _shown(actor, change, change.before),
                            _shown(actor, change, change.after),
                        )
                    ),
                )
            )
    return found


def _type_of(change: Change) -> str | None:
    if change.table == "tokens":
        row = change.after or change.before or {}
        return "AccessToken" if row.get("incubator_id") is None else "ApiKey"
    return _TYPES.get(change.table)


def _kind(change: Change) -> ChangeKind:
    if change.before is None:
        return ChangeKind.CREATED
    return ChangeKind.DELETED if change.after is None else ChangeKind.CHANGED


def _shown(actor: Actor, change: Change, row: Mapping[str, Any] | None) -> Mapping[str, Any]:
    shown = {
        name: value
        for name, value in (row or {}).items()
        if may_read(change.table, name, actor, row or {}) and _in_scope(actor, change, name)
    }
    return orjson.loads(canonical(shown))  # type: ignore[no-any-return] # an object stays one


def _in_scope(actor: Actor, change: Change, name: str) -> bool:
    """Tell whether a field is one that the scope of a key reaches."""
    restricted = name in FIELDS.get(change.table, {})
    return actor.scope is None or actor.scope.reads_field(
        _TYPES[change.table], camel_case(name), restricted=restricted
    )

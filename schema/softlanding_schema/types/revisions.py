"""The revisions of an object: who changed what, and in what two of them differ."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from softlanding.services import revisions
from softlanding_schema.context import Info
from softlanding_schema.reads.global_ids import encode

Older = Annotated[int, strawberry.argument(name="from", description="The older revision.")]
Newer = Annotated[
    int | None, strawberry.argument(name="to", description="The newer revision; empty: the last.")
]


@strawberry.type(description="What a field held before and after a change.")
class FieldChange:
    """A changed field."""

    field: str = strawberry.field(description="Name of the field.")
    before: JSON | None = strawberry.field(description="What it held; null: nothing.")
    after: JSON | None = strawberry.field(description="What it holds then; null: nothing.")


@strawberry.type(description="A revision of an object.")
class Revision:
    """A revision."""

    revision: int = strawberry.field(description="Its number; the first is 1.")
    at: datetime = strawberry.field(description="When it was made.")
    actor: str = strawberry.field(description="Who made it.")
    action: str = strawberry.field(description="What was done, such as the name of a mutation.")
    changes: list[FieldChange] = strawberry.field(description="What it changed.")
    erased: bool = strawberry.field(
        description="Whether what it changed was erased, as personal data."
    )


async def revisions_of(info: Info, table: str, key: UUID) -> list[Revision]:
    """Return the revisions of an object, oldest first."""
    return [
        Revision(
            revision=one.number,
            at=one.at,
            actor=one.actor,
            action=one.action,
            changes=field_changes(one.changes),
            erased=one.erased,
        )
        for one in await info.context.batches.revisions(table, key)
    ]


async def changes_between(
    info: Info, table: str, key: UUID, older: int, newer: int | None
) -> list[FieldChange]:
    """Return in what two revisions of an object differ."""
    known = await info.context.batches.revisions(table, key)
    return field_changes(revisions.changes_between(known, older, newer))


def field_changes(changes: Iterable[revisions.FieldChange]) -> list[FieldChange]:
    """Return changed fields as GraphQL tells them."""
    return [
        FieldChange(
            field=one.field.removesuffix("Id"),
            before=_value(one.field, one.before),
            after=_value(one.field, one.after),
        )
        for one in changes
        # Keys of what has no global id mean nothing outside of the database.
        if not one.field.endswith("Id") or one.field in _OBJECTS
    ]


def _value(field: str, value: Any) -> Any:
    """Return a value as GraphQL tells it: keys of other objects are global ids."""
    type_name = _OBJECTS.get(field)
    return value if type_name is None or value is None else encode(type_name, UUID(str(value)))


_OBJECTS = {
    "homeId": "Incubator",
    "hostId": "Incubator",
    "incubatorId": "Incubator",
    "startupId": "Startup",
    "stayId": "Stay",
}

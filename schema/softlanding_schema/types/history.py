"""What happened to a stay, or to one of its steps."""

from datetime import datetime
from uuid import UUID

import strawberry

from softlanding_schema.context import Info


@strawberry.type(description="Something that happened to a stay or to one of its steps.")
class HistoryEntry:
    """An entry of a history."""

    revision: int = strawberry.field(description="The revision of the stay or step after it.")
    at: datetime = strawberry.field(description="When it happened.")
    actor: str = strawberry.field(description="Who did it.")
    action: str = strawberry.field(
        description="What was done: the name of a transition, apply or update for a stay; derived,"
        " answered, checked, signed, unsigned, waived, moved, updated, deleted for a step."
    )
    detail: str = strawberry.field(
        description="More about it, such as the reason given; empty where there is none."
    )


async def history_of(info: Info, key: UUID) -> list[HistoryEntry]:
    """Return what happened to an object, oldest first."""
    return [
        HistoryEntry(
            revision=row["revision"],
            at=row["at"],
            actor=row["actor"],
            action=row["action"],
            detail=row["detail"],
        )
        for row in await info.context.batches.history(key)
    ]

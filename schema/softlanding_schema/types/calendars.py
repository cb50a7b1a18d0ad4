"""Private addresses of a stay's calendar."""

from datetime import datetime

import strawberry

from softlanding.storage.tables import Row
from softlanding_schema.reads.global_ids import encode

TYPE_NAME = "CalendarAddress"


@strawberry.type(
    description="A private address at which a calendar reads a stay's plan. Its secret is shown"
    " once, when it is made."
)
class CalendarAddress:
    """An address."""

    id: strawberry.ID = strawberry.field(description="Global id, for revoking it.")
    label: str = strawberry.field(description="What it is for.")
    created_at: datetime = strawberry.field(description="When it was made.")
    revoked_at: datetime | None = strawberry.field(
        description="When it was revoked; null while it answers."
    )

    @classmethod
    def of(cls, row: Row) -> "CalendarAddress":
        """Return a stored address."""
        return cls(
            id=strawberry.ID(encode(TYPE_NAME, row["id"])),
            label=row["label"],
            created_at=row["created_at"],
            revoked_at=row["revoked_at"],
        )

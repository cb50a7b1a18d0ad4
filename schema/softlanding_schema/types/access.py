"""What somebody has of their own: sessions and bearer tokens."""

from datetime import datetime
from typing import ClassVar

import strawberry

from softlanding.storage.tables import Row
from softlanding_schema.context import Info
from softlanding_schema.reads.global_ids import encode


@strawberry.type(description="Being signed in with one browser.")
class Session:
    """A session."""

    type_name: ClassVar[str] = "Session"

    id: strawberry.ID = strawberry.field(description="Global id, for ending it.")
    method: str = strawberry.field(description="How it began: password, openid or link.")
    user_agent: str = strawberry.field(description="What the browser said of itself.")
    created_at: datetime = strawberry.field(description="When it began.")
    last_seen_at: datetime = strawberry.field(description="When it was used last, to the minute.")
    ended_at: datetime | None = strawberry.field(
        description="When it was ended; null while nobody ended it, though it may have expired."
    )
    is_this_one: bool = strawberry.field(description="Whether this request came by it.")

    @classmethod
    def of(cls, row: Row, info: Info) -> "Session":
        """Return a stored session."""
        return cls(
            id=strawberry.ID(encode(cls.type_name, row["id"])),
            method=row["method"],
            user_agent=row["user_agent"],
            created_at=row["created_at"],
            last_seen_at=row["last_seen_at"],
            ended_at=row["ended_at"],
            is_this_one=row["id"] == info.context.actor.session_id,
        )


@strawberry.type(description="A bearer token of one's own, for programs.")
class AccessToken:
    """A token."""

    type_name: ClassVar[str] = "AccessToken"

    id: strawberry.ID = strawberry.field(description="Global id, for revoking it.")
    label: str = strawberry.field(description="What it is for.")
    prefix: str = strawberry.field(description="How it begins, to tell it from others.")
    created_at: datetime = strawberry.field(description="When it was made.")
    expires_at: datetime | None = strawberry.field(description="Until when it is in force.")
    revoked_at: datetime | None = strawberry.field(description="When it was revoked, if it was.")

    @classmethod
    def of(cls, row: Row) -> "AccessToken":
        """Return a stored token."""
        return cls(
            id=strawberry.ID(encode(cls.type_name, row["id"])),
            label=row["label"],
            prefix=row["prefix"],
            created_at=row["created_at"],
            expires_at=row["expires_at"],
            revoked_at=row["revoked_at"],
        )

"""People: memberships and invitations, and what somebody has of their own: sessions, tokens."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import strawberry

from softlanding.domain.vocabulary import InvitedRole, MemberRole
from softlanding.services.invitations import is_open
from softlanding.storage.tables import Row
from softlanding_schema.context import Info
from softlanding_schema.reads.global_ids import encode
from softlanding_schema.types.vocabulary import expose

expose(MemberRole)
expose(InvitedRole)


@strawberry.type(description="A person of the network.")
class Person:
    """A person."""

    name: str = strawberry.field(description="Name of the person.")
    email: str = strawberry.field(description="E-mail address, by which the person is known.")


@strawberry.type(description="What a person is of an incubator or a start-up.")
class Membership:
    """A membership."""

    type_name: ClassVar[str] = "Membership"

    id: strawberry.ID = strawberry.field(description="Global id, for changing it.")
    role: MemberRole = strawberry.field(description="What the person is.")
    person_id: strawberry.Private[UUID]

    @strawberry.field(description="Who it is.")
    async def person(self, info: Info) -> Person | None:
        """Return the person, to whoever sees them."""
        row = await info.context.batches.row("persons", self.person_id)
        return Person(name=row["name"], email=row["email"]) if row else None

    @classmethod
    def of(cls, row: Row) -> "Membership":
        """Return a stored membership."""
        return cls(
            id=strawberry.ID(encode(cls.type_name, row["id"])),
            role=MemberRole(row["role"]),
            person_id=row["person_id"],
        )


@strawberry.type(
    description="A membership or an office, offered to an e-mail address; the link goes there."
)
class Invitation:
    """An invitation."""

    type_name: ClassVar[str] = "Invitation"

    id: strawberry.ID = strawberry.field(description="Global id, for taking it back.")
    name: str = strawberry.field(description="Name of the person.")
    email: str = strawberry.field(description="E-mail address that the link went to.")
    role: InvitedRole = strawberry.field(description="What the person is invited to be.")
    invited_by: str = strawberry.field(description="Who invited.")
    created_at: datetime = strawberry.field(description="When it was sent.")
    expires_at: datetime = strawberry.field(description="Until when it can be accepted.")
    accepted_at: datetime | None = strawberry.field(description="When it was, if it was.")
    revoked_at: datetime | None = strawberry.field(description="When it was taken back, if it was.")
    row: strawberry.Private[Row]

    @strawberry.field(description="Whether it can be accepted.")
    def is_open(self, info: Info) -> bool:
        """Tell."""
        return is_open(self.row, info.context.core)

    @classmethod
    def of(cls, row: Row) -> "Invitation":
        """Return a stored invitation."""
        return cls(
            id=strawberry.ID(encode(cls.type_name, row["id"])),
            name=row["name"],
            email=row["email"],
            role=InvitedRole(row["role"]),
            invited_by=row["invited_by"],
            created_at=row["created_at"],
            expires_at=row["expires_at"],
            accepted_at=row["accepted_at"],
            revoked_at=row["revoked_at"],
            row=row,
        )


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

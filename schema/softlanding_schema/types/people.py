"""People: memberships and invitations."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar
from uuid import UUID

import strawberry

from softlanding.domain.vocabulary import InvitedRole, MemberRole
from softlanding.services.invitations import is_open
from softlanding.storage.tables import Row
from softlanding_schema.context import Info
from softlanding_schema.reads.global_ids import encode
from softlanding_schema.types.vocabulary import expose

_INCUBATOR = Annotated["Incubator", strawberry.lazy("softlanding_schema.types.incubators")]
_STARTUP = Annotated["Startup", strawberry.lazy("softlanding_schema.types.startups")]

if TYPE_CHECKING:
    from softlanding_schema.types.incubators import Incubator
    from softlanding_schema.types.startups import Startup

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
    incubator_id: strawberry.Private[UUID | None]
    startup_id: strawberry.Private[UUID | None]

    @strawberry.field(description="Who it is.")
    async def person(self, info: Info) -> Person | None:
        """Return the person, to whoever sees them."""
        row = await info.context.batches.row("persons", self.person_id)
        return Person(name=row["name"], email=row["email"]) if row else None

    @strawberry.field(description="Of which incubator; null for founders.")
    async def incubator(self, info: Info) -> _INCUBATOR | None:
        """Return the incubator."""
        # Its own type has memberships, too.
        from softlanding_schema.types.incubators import Incubator

        batches, key = info.context.batches, self.incubator_id
        row = await batches.row("incubators", key) if key else None
        return Incubator.of(row) if row else None

    @strawberry.field(description="Of which start-up; null for others than founders.")
    async def startup(self, info: Info) -> _STARTUP | None:
        """Return the start-up."""
        from softlanding_schema.types.startups import Startup

        batches, key = info.context.batches, self.startup_id
        row = await batches.row("startups", key) if key else None
        return Startup.of(row) if row else None

    @classmethod
    def of(cls, row: Row) -> "Membership":
        """Return a stored membership."""
        return cls(
            id=strawberry.ID(encode(cls.type_name, row["id"])),
            role=MemberRole(row["role"]),
            person_id=row["person_id"],
            incubator_id=row["incubator_id"],
            startup_id=row["startup_id"],
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

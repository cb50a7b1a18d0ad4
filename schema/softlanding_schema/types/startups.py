"""The start-up."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar
from uuid import UUID

import strawberry

from softlanding.domain.vocabulary import RegistrationScheme, StartupStage
from softlanding.storage.tables import Row
from softlanding_schema.context import Info
from softlanding_schema.reads import lists
from softlanding_schema.reads.readings import Column, Computed, Localized, ToOne, read_by
from softlanding_schema.types.connections import to_many
from softlanding_schema.types.filters import StayWhere
from softlanding_schema.types.incubators import Incubator
from softlanding_schema.types.node import Node
from softlanding_schema.types.orders import StayOrder
from softlanding_schema.types.people import Invitation, Membership
from softlanding_schema.types.revisions import (
    FieldChange,
    Newer,
    Older,
    Revision,
    changes_between,
    revisions_of,
)
from softlanding_schema.types.texts import LocaleArgument, LocalizedText, localized

if TYPE_CHECKING:
    from softlanding_schema.types.stays import Stay


@strawberry.type(description="A number of a company in a register.")
class Registration:
    """A registration."""

    scheme: RegistrationScheme = strawberry.field(description="The register or scheme.")
    value: str = strawberry.field(description="The number as the register writes it.")


@strawberry.type(description="A company supported by its home incubator.")
class Startup(Node):
    """A start-up."""

    table: ClassVar[str] = "startups"
    type_name: ClassVar[str] = "Startup"

    slug: str = strawberry.field(description="Short name for addresses; never changes.")
    name: str = strawberry.field(description="Name of the start-up.")
    country: str = strawberry.field(description="ISO 3166-1 alpha-2 code of its seat.")
    website: str | None = strawberry.field(description="Its address on the web.")
    founded_on: date | None = strawberry.field(description="Day of registration.")
    nace: str | None = strawberry.field(description="Class of NACE Rev. 2.1, such as 62.10.")
    trl: int | None = strawberry.field(description="Technology readiness level, 1 to 9.")
    stage: StartupStage | None = strawberry.field(description="How far it has come.")
    registrations: list[Registration] = strawberry.field(description="Its register numbers.")
    demo: bool = strawberry.field(description="Whether it belongs to the demonstration data.")
    home_id: strawberry.Private[UUID]

    @classmethod
    def shown(cls, row: Row) -> dict[str, Any]:
        """Convert the enumerations."""
        return {
            **row,
            "stage": StartupStage(row["stage"]) if row["stage"] else None,
            "registrations": [
                Registration(scheme=RegistrationScheme(one["scheme"]), value=one["value"])
                for one in row["registrations"]
            ],
        }

    @strawberry.field(
        description="What it does, in a language; null where there is no text.",
        metadata=read_by(Localized("summary")),
    )
    def summary(self, locale: LocaleArgument = "en") -> LocalizedText | None:
        """Choose a text."""
        return localized(self.row["summary"], locale) if self.row["summary"] else None

    @strawberry.field(
        description="The incubator that supports it.",
        metadata=read_by(ToOne("home_id", "Incubator")),
    )
    async def home(self, info: Info) -> Incubator:
        """Return the home."""
        row = await info.context.batches.row("incubators", self.home_id)
        assert row is not None  # noqa: S101 - whoever sees a start-up sees its home
        return Incubator.of(row)

    @strawberry.field(
        description="Whether everybody sees it.",
        metadata=read_by(Column("published")),
    )
    def published(self, info: Info) -> bool | None:
        """Return it to those who may change it."""
        return bool(self.row["published"]) if self.shows("published", info) else None

    @strawberry.field(
        description="Counts its changes.",
        metadata=read_by(Column("revision")),
    )
    def revision(self, info: Info) -> int | None:
        """Return it to those who may change it."""
        return int(self.row["revision"]) if self.shows("revision", info) else None

    @strawberry.field(
        name="revisions",
        description="Its revisions, oldest first: who changed what.",
        metadata=read_by(Computed()),
    )
    async def the_revisions(self, info: Info) -> list[Revision] | None:
        """Return them to those who may change it."""
        if not self.shows("revisions", info):
            return None
        return await revisions_of(info, self.table, self.key)

    @strawberry.field(
        description="In what two of its revisions differ.",
        metadata=read_by(Computed()),
    )
    async def changes_between(
        self, info: Info, older: Older = 1, newer: Newer = None
    ) -> list[FieldChange] | None:
        """Return it to those who may change it."""
        if not self.shows("changes_between", info):
            return None
        return await changes_between(info, self.table, self.key, older, newer)

    @strawberry.field(
        name="memberships",
        description="Its founders.",
        metadata=read_by(Computed()),
    )
    async def the_memberships(self, info: Info) -> list[Membership] | None:
        """Return them to those who have them."""
        if not self.shows("memberships", info):
            return None
        found = await info.context.batches.children("memberships", "startup_id", self.key)
        return [Membership.of(row) for row in found]

    @strawberry.field(
        name="invitations",
        description="Invitations to it, those accepted and taken back too, oldest first.",
        metadata=read_by(Computed()),
    )
    async def the_invitations(self, info: Info) -> list[Invitation] | None:
        """Return them to those who may invite."""
        if not self.shows("invitations", info):
            return None
        found = await info.context.batches.children("invitations", "startup_id", self.key)
        return [Invitation.of(row) for row in found]

    stays = to_many(
        lists.STAYS_OF_STARTUP,
        Annotated["Stay", strawberry.lazy("softlanding_schema.types.stays")],
        where=StayWhere,
        order=StayOrder,
        description="Its stays, by arrival.",
    )

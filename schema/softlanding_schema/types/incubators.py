"""The incubator."""

from typing import TYPE_CHECKING, Annotated, ClassVar

import strawberry

from softlanding_schema.context import Info
from softlanding_schema.reads import lists
from softlanding_schema.reads.readings import Column, Computed, Localized, read_by
from softlanding_schema.types.api_keys import ApiKey
from softlanding_schema.types.connections import to_many
from softlanding_schema.types.filters import StartupWhere, StayWhere
from softlanding_schema.types.node import Node
from softlanding_schema.types.orders import StartupOrder, StayOrder
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
from softlanding_schema.types.webhooks import Webhook

_STARTUP = Annotated["Startup", strawberry.lazy("softlanding_schema.types.startups")]
_STAY = Annotated["Stay", strawberry.lazy("softlanding_schema.types.stays")]

if TYPE_CHECKING:
    from softlanding_schema.types.startups import Startup
    from softlanding_schema.types.stays import Stay


@strawberry.type(description="A partner structure: home of its start-ups, host of stays.")
class Incubator(Node):
    """An incubator."""

    table: ClassVar[str] = "incubators"
    type_name: ClassVar[str] = "Incubator"

    slug: str = strawberry.field(description="Short name for addresses; never changes.")
    name: str = strawberry.field(description="Name of the incubator.")
    country: str = strawberry.field(description="ISO 3166-1 alpha-2 country code.")
    city: str | None = strawberry.field(description="City, where it is known.")
    website: str | None = strawberry.field(description="Its address on the web.")
    languages: list[str] = strawberry.field(description="Languages spoken there, BCP 47 tags.")
    public_funding: bool | None = strawberry.field(
        description="Whether public money finances it; null: not known."
    )
    stay_capacity: int | None = strawberry.field(
        description="Desks for stays a day; null: not limited here."
    )
    project_capacity: int | None = strawberry.field(
        description="Published number of projects it can take."
    )
    demo: bool = strawberry.field(description="Whether it belongs to the demonstration data.")

    @strawberry.field(
        description="What it is, in a language; null where there is no text.",
        metadata=read_by(Localized("summary")),
    )
    def summary(self, locale: LocaleArgument = "en") -> LocalizedText | None:
        """Choose a text."""
        return localized(self.row["summary"], locale) if self.row["summary"] else None

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
        name="apiKeys",
        description="Its keys, those revoked and expired too, oldest first.",
        metadata=read_by(Computed()),
    )
    async def the_api_keys(self, info: Info) -> list[ApiKey] | None:
        """Return them to those who have them."""
        if not self.shows("api_keys", info):
            return None
        found = await info.context.batches.children("tokens", "incubator_id", self.key)
        return [ApiKey.of(row) for row in found]

    @strawberry.field(
        name="webhooks",
        description="Its webhooks, oldest first.",
        metadata=read_by(Computed()),
    )
    async def the_webhooks(self, info: Info) -> list[Webhook] | None:
        """Return them to those who have them."""
        if not self.shows("webhooks", info):
            return None
        found = await info.context.batches.children("webhooks", "incubator_id", self.key)
        return [Webhook.of(row) for row in found]

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
        description="Its staff, managers and reviewers.",
        metadata=read_by(Computed()),
    )
    async def the_memberships(self, info: Info) -> list[Membership] | None:
        """Return them to those who have them."""
        if not self.shows("memberships", info):
            return None
        found = await info.context.batches.children("memberships", "incubator_id", self.key)
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
        found = await info.context.batches.children("invitations", "incubator_id", self.key)
        return [Invitation.of(row) for row in found]

    startups = to_many(
        lists.STARTUPS_OF_INCUBATOR,
        _STARTUP,
        where=StartupWhere,
        order=StartupOrder,
        description="Its start-ups, by name.",
    )
    hosted_stays = to_many(
        lists.HOSTED_STAYS,
        _STAY,
        where=StayWhere,
        order=StayOrder,
        description="Stays it receives, by arrival.",
    )
    sent_stays = to_many(
        lists.SENT_STAYS,
        _STAY,
        where=StayWhere,
        order=StayOrder,
        description="Stays of its start-ups elsewhere, by arrival.",
    )

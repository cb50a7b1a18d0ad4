"""The incubator."""

from typing import TYPE_CHECKING, Annotated, ClassVar

import strawberry

from softlanding_schema.context import Info
from softlanding_schema.reads import lists
from softlanding_schema.reads.readings import Column, Localized, read_by
from softlanding_schema.types.connections import After, Connection, First, connect
from softlanding_schema.types.filters import StartupWhere, StayWhere
from softlanding_schema.types.node import Node
from softlanding_schema.types.texts import LocaleArgument, LocalizedText, localized

if TYPE_CHECKING:
    from softlanding_schema.types.startups import Startup
    from softlanding_schema.types.stays import Stay

StartupFilter = Annotated[
    StartupWhere | None, strawberry.argument(description="Which start-ups; all by default.")
]
StayFilter = Annotated[
    StayWhere | None, strawberry.argument(description="Which stays; all by default.")
]


@strawberry.type(
    description="A partner structure: home of its start-ups, host of stays. Everybody reads"
    " published ones; people of the network all."
)
class Incubator(Node):
    """An incubator."""

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
        description="Whether everybody sees it. Staff and administrators only.",
        metadata=read_by(Column("published", parties=True)),
    )
    def published(self, info: Info) -> bool | None:
        """Return it to those who may change it."""
        return bool(self.row["published"]) if self._is_mine(info) else None

    @strawberry.field(
        description="Counts its changes. Staff and administrators only.",
        metadata=read_by(Column("revision", parties=True)),
    )
    def revision(self, info: Info) -> int | None:
        """Return it to those who may change it."""
        return int(self.row["revision"]) if self._is_mine(info) else None

    @strawberry.field(
        description="Its start-ups, by name.", metadata={"rows": lists.STARTUPS_OF_INCUBATOR}
    )
    async def startups(
        self, info: Info, first: First = 10, after: After = None, where: StartupFilter = None
    ) -> Connection[Annotated["Startup", strawberry.lazy("softlanding_schema.types.startups")]]:
        """Return a page."""
        from softlanding_schema.types.startups import Startup

        return await connect(
            info,
            lists.STARTUPS_OF_INCUBATOR,
            Startup,
            first=first,
            after=after,
            where=where.predicate() if where else None,
            parent=self.key,
        )

    @strawberry.field(
        description="Stays it receives, by arrival.", metadata={"rows": lists.HOSTED_STAYS}
    )
    async def hosted_stays(
        self, info: Info, first: First = 10, after: After = None, where: StayFilter = None
    ) -> Connection[Annotated["Stay", strawberry.lazy("softlanding_schema.types.stays")]]:
        """Return a page."""
        return await self._stays(info, lists.HOSTED_STAYS, first, after, where)

    @strawberry.field(
        description="Stays of its start-ups elsewhere, by arrival.",
        metadata={"rows": lists.SENT_STAYS},
    )
    async def sent_stays(
        self, info: Info, first: First = 10, after: After = None, where: StayFilter = None
    ) -> Connection[Annotated["Stay", strawberry.lazy("softlanding_schema.types.stays")]]:
        """Return a page."""
        return await self._stays(info, lists.SENT_STAYS, first, after, where)

    async def _stays(
        self,
        info: Info,
        which: lists.RowList,
        first: int,
        after: str | None,
        where: StayWhere | None,
    ) -> "Connection[Stay]":
        from softlanding_schema.types.stays import Stay

        return await connect(
            info,
            which,
            Stay,
            first=first,
            after=after,
            where=where.predicate() if where else None,
            parent=self.key,
        )

    def _is_mine(self, info: Info) -> bool:
        return info.context.actor.is_staff_of(self.key)

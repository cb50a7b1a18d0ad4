"""The viewer: who is asking."""

import asyncio
from datetime import date

import strawberry

from softlanding.actors import ActorKind
from softlanding.domain.vocabulary import Notifications
from softlanding.storage.tables import Row
from softlanding_schema.context import Info
from softlanding_schema.types.access import AccessToken, Session
from softlanding_schema.types.incubators import Incubator
from softlanding_schema.types.people import Membership
from softlanding_schema.types.startups import Startup
from softlanding_schema.types.vocabulary import expose

expose(ActorKind, "ViewerKind")
expose(Notifications)


@strawberry.type(description="Who is asking, and for whom they act.")
class Viewer:
    """The viewer."""

    kind: ActorKind = strawberry.field(description="How the viewer came in.")
    name: str = strawberry.field(description="Name of the person or website.")
    is_admin: bool = strawberry.field(description="Whether it is a network administrator.")
    is_auditor: bool = strawberry.field(
        description="Whether it is an auditor, who reads everything and changes nothing."
    )

    @strawberry.field(description="Start-ups the viewer is a founder of.")
    async def founder_of(self, info: Info) -> list[Startup]:
        """Return the start-ups."""
        keys = sorted(info.context.actor.founder_of)
        batches = info.context.batches
        rows = await asyncio.gather(*(batches.row("startups", key) for key in keys))
        return [Startup.of(row) for row in rows if row]

    @strawberry.field(description="Incubators the viewer is staff of.")
    async def staff_of(self, info: Info) -> list[Incubator]:
        """Return the incubators."""
        keys = sorted(info.context.actor.staff_of)
        batches = info.context.batches
        rows = await asyncio.gather(*(batches.row("incubators", key) for key in keys))
        return [Incubator.of(row) for row in rows if row]

    @strawberry.field(description="E-mail address of the person; null for others.")
    async def email(self, info: Info) -> str | None:
        """Return it."""
        row = await self._person(info)
        return row["email"] if row else None

    @strawberry.field(
        description="Language in which messages to the person are written; null: the first one of"
        " their incubator, and for others than people."
    )
    async def locale(self, info: Info) -> str | None:
        """Return it."""
        row = await self._person(info)
        return row["locale"] if row else None

    @strawberry.field(
        description="When the person is told what waits for them; null for others than people."
    )
    async def notifications(self, info: Info) -> Notifications | None:
        """Return it."""
        row = await self._person(info)
        return Notifications(row["notifications"]) if row else None

    @strawberry.field(description="What the viewer is of start-ups and incubators.")
    async def memberships(self, info: Info) -> list[Membership]:
        """Return their own."""
        return [Membership.of(row) for row in await self._own(info, "memberships")]

    @strawberry.field(description="Browsers in which the viewer is or was signed in.")
    async def sessions(self, info: Info) -> list[Session]:
        """Return their own."""
        return [Session.of(row, info) for row in await self._own(info, "sessions")]

    @strawberry.field(description="Bearer tokens of the viewer, those that ended too.")
    async def tokens(self, info: Info) -> list[AccessToken]:
        """Return their own."""
        return [AccessToken.of(row) for row in await self._own(info, "tokens")]

    async def _person(self, info: Info) -> Row | None:
        person_id = info.context.actor.person_id
        return await info.context.batches.row("persons", person_id) if person_id else None

    async def _own(self, info: Info, table: str) -> list[Row]:
        person_id = info.context.actor.person_id
        if person_id is None:
            return []
        return await info.context.batches.children(table, "person_id", person_id)

    @strawberry.field(description="Today, as the rules see it; frozen in the demo.")
    def today(self, info: Info) -> date:
        """Return the day."""
        return info.context.core.clock.today()

    @classmethod
    def of(cls, info: Info) -> "Viewer":
        """Return the viewer of a request."""
        actor = info.context.actor
        return cls(
            kind=actor.kind,
            name=actor.name,
            is_admin=actor.is_admin,
            is_auditor=actor.is_auditor,
        )

"""The viewer: who is asking."""

import asyncio
from datetime import date

import strawberry

from softlanding.actors import ActorKind
from softlanding_schema.context import Info
from softlanding_schema.types.incubators import Incubator
from softlanding_schema.types.startups import Startup
from softlanding_schema.types.vocabulary import expose

expose(ActorKind, "ViewerKind")


@strawberry.type(description="Who is asking, and for whom they act.")
class Viewer:
    """The viewer."""

    kind: ActorKind = strawberry.field(description="How the viewer came in.")
    name: str = strawberry.field(description="Name of the person or website.")
    is_admin: bool = strawberry.field(description="Whether it is a network administrator.")

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

    @strawberry.field(description="Today, as the rules see it; frozen in the demo.")
    def today(self, info: Info) -> date:
        """Return the day."""
        return info.context.core.clock.today()

    @classmethod
    def of(cls, info: Info) -> "Viewer":
        """Return the viewer of a request."""
        actor = info.context.actor
        return cls(kind=actor.kind, name=actor.name, is_admin=actor.is_admin)

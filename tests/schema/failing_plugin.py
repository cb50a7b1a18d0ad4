"""A plugin whose loaders fail in every way, or answer what is odd."""

import asyncio
from collections.abc import Sequence

import strawberry

from softlanding import (
    Audience,
    GraphQLField,
    GraphQLPart,
    IncubatorSnapshot,
    PluginContext,
    StartupSnapshot,
    StaySnapshot,
    hookimpl,
)


@strawberry.type(description="What the odd plugin says.")
class FailingThing:
    """A thing with a resolver of its own."""

    name: str = strawberry.field(description="A name.")

    @strawberry.field(description="The name, as often as asked.")
    def times(self, count: int = 2) -> str:
        """Repeat."""
        return self.name * count

    @strawberry.field(description="A neighbour, found by waiting.")
    async def next(self) -> "FailingThing | None":
        """Wait."""
        await asyncio.sleep(0)
        return FailingThing(name=f"{self.name}+") if len(self.name) < 20 else None

    @strawberry.field(description="Fails for names with an e.")
    def picky(self) -> str:
        """Raise for some."""
        if "e" in self.name:
            raise ValueError("an e")
        return self.name


async def raises(
    items: Sequence[IncubatorSnapshot], ctx: PluginContext
) -> Sequence[FailingThing | None]:
    """Raise."""
    raise RuntimeError("nothing works")


async def hangs(items: Sequence[StaySnapshot], ctx: PluginContext) -> Sequence[FailingThing | None]:
    """Never answer."""
    await asyncio.Event().wait()
    return []


async def answers(
    items: Sequence[StartupSnapshot], ctx: PluginContext
) -> Sequence[FailingThing | None]:
    """Answer for every second one."""
    return [FailingThing(name=item.name) if len(item.name) % 2 else None for item in items]


@hookimpl
def graphql() -> GraphQLPart:
    """Add a field to each type."""
    return GraphQLPart(
        fields=(
            GraphQLField(
                target="Incubator",
                type=FailingThing,
                load=raises,
                description="Never there.",
                audience=Audience.PUBLIC,
            ),
            GraphQLField(
                target="Stay",
                type=FailingThing,
                load=hangs,
                timeout=0.01,
                description="Never in time.",
                audience=Audience.PUBLIC,
            ),
            GraphQLField(
                target="Startup",
                type=FailingThing,
                load=answers,
                description="There for some.",
                audience=Audience.PUBLIC,
            ),
        )
    )

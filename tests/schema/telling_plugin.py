"""A plugin that tells what the snapshot it was given says of the sides of a stay."""

from collections.abc import Sequence

import strawberry

from softlanding import (
    Audience,
    GraphQLField,
    GraphQLPart,
    PluginContext,
    StaySnapshot,
    hookimpl,
)


@strawberry.type(description="The sides of a stay.")
class TellingSides:
    """The sides of a stay."""

    sides: str = strawberry.field(description="Start-up, home and host.")


async def tell(stays: Sequence[StaySnapshot], ctx: PluginContext) -> list[TellingSides]:
    """Name the sides of each stay."""
    return [
        TellingSides(sides=f"{stay.startup.name}, {stay.home.name}, {stay.host.name}")
        for stay in stays
    ]


@hookimpl
def graphql() -> GraphQLPart:
    """Declare the field."""
    return GraphQLPart(
        fields=(
            GraphQLField(
                target="Stay",
                type=TellingSides,
                load=tell,
                description="The sides.",
                audience=Audience.PUBLIC,
            ),
        )
    )

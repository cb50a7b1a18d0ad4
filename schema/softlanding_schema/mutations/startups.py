"""Mutations of start-ups."""

from typing import Annotated
from uuid import UUID

import strawberry

from softlanding.services import startups
from softlanding.services.startups import NewStartup, StartupChanges
from softlanding_schema.context import Info
from softlanding_schema.mutations.inputs import (
    CreateStartupInput,
    PublishStartupInput,
    UpdateStartupInput,
    command,
)
from softlanding_schema.mutations.payloads import StartupPayload, written
from softlanding_schema.reads.global_ids import key_of
from softlanding_schema.types.startups import Startup


async def _payload(info: Info, key: UUID) -> StartupPayload:
    row = await written(info, "startups", key)
    return StartupPayload(startup=Startup.of(row) if row else None)


@strawberry.type
class StartupMutations:
    """What can be done to start-ups."""

    @strawberry.mutation(description="Create an unpublished start-up.")
    async def create_startup(
        self,
        info: Info,
        input: Annotated[CreateStartupInput, strawberry.argument(description="The start-up.")],  # noqa: A002 - Relay's name
    ) -> StartupPayload:
        """Create."""
        core, actor = info.context.core, info.context.actor
        home = key_of(input.home, "Incubator", "home")
        key = await startups.create_startup(core, actor, command(NewStartup, input), home_id=home)
        return await _payload(info, key)

    @strawberry.mutation(description="Change a start-up.")
    async def update_startup(
        self,
        info: Info,
        input: Annotated[UpdateStartupInput, strawberry.argument(description="The changes.")],  # noqa: A002 - Relay's name
    ) -> StartupPayload:
        """Update."""
        key = await startups.update_startup(
            info.context.core,
            info.context.actor,
            key_of(input.id, "Startup", "id"),
            command(StartupChanges, input),
            revision=input.revision,
        )
        return await _payload(info, key)

    @strawberry.mutation(description="Publish a start-up, or take it back.")
    async def publish_startup(
        self,
        info: Info,
        input: Annotated[PublishStartupInput, strawberry.argument(description="Which one.")],  # noqa: A002 - Relay's name
    ) -> StartupPayload:
        """Publish."""
        key = await startups.publish_startup(
            info.context.core,
            info.context.actor,
            key_of(input.id, "Startup", "id"),
            published=input.published,
            revision=input.revision,
        )
        return await _payload(info, key)

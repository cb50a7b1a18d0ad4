"""Mutations of incubators."""

from typing import Annotated
from uuid import UUID

import strawberry

from softlanding.services import incubators
from softlanding.services.incubators import IncubatorChanges, NewIncubator
from softlanding_schema.context import Info
from softlanding_schema.mutations.inputs import (
    CreateIncubatorInput,
    PublishIncubatorInput,
    UpdateIncubatorInput,
    command,
)
from softlanding_schema.mutations.payloads import IncubatorPayload, written
from softlanding_schema.reads.global_ids import key_of
from softlanding_schema.types.incubators import Incubator


async def _payload(info: Info, key: UUID) -> IncubatorPayload:
    row = await written(info, "incubators", key)
    return IncubatorPayload(incubator=Incubator.of(row) if row else None)


@strawberry.type
class IncubatorMutations:
    """What can be done to incubators."""

    @strawberry.mutation(description="Create an unpublished incubator.")
    async def create_incubator(
        self,
        info: Info,
        input: Annotated[CreateIncubatorInput, strawberry.argument(description="The incubator.")],  # noqa: A002 - Relay's name
    ) -> IncubatorPayload:
        """Create."""
        core, actor = info.context.core, info.context.actor
        key = await incubators.create_incubator(core, actor, command(NewIncubator, input))
        return await _payload(info, key)

    @strawberry.mutation(description="Change an incubator.")
    async def update_incubator(
        self,
        info: Info,
        input: Annotated[UpdateIncubatorInput, strawberry.argument(description="The changes.")],  # noqa: A002 - Relay's name
    ) -> IncubatorPayload:
        """Update."""
        key = await incubators.update_incubator(
            info.context.core,
            info.context.actor,
            key_of(input.id, "Incubator", "id"),
            command(IncubatorChanges, input),
            revision=input.revision,
        )
        return await _payload(info, key)

    @strawberry.mutation(description="Publish an incubator, or take it back.")
    async def publish_incubator(
        self,
        info: Info,
        input: Annotated[PublishIncubatorInput, strawberry.argument(description="Which one.")],  # noqa: A002 - Relay's name
    ) -> IncubatorPayload:
        """Publish."""
        key = await incubators.publish_incubator(
            info.context.core,
            info.context.actor,
            key_of(input.id, "Incubator", "id"),
            published=input.published,
            revision=input.revision,
        )
        return await _payload(info, key)

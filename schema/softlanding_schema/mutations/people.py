"""Mutations of members."""

from typing import Annotated
from uuid import UUID

import strawberry

from softlanding.services import members
from softlanding_schema.context import Info
from softlanding_schema.mutations.payloads import (
    IncubatorPayload,
    LeavePayload,
    StartupPayload,
    written,
)
from softlanding_schema.mutations.people_inputs import (
    ChangeMemberInput,
    LeaveInput,
    RemoveFounderInput,
    RemoveMemberInput,
)
from softlanding_schema.reads.global_ids import key_of
from softlanding_schema.types.incubators import Incubator
from softlanding_schema.types.people import Membership
from softlanding_schema.types.startups import Startup
from softlanding_schema.types.viewer import Viewer


async def _incubator(info: Info, key: UUID) -> IncubatorPayload:
    row = await written(info, "incubators", key)
    return IncubatorPayload(incubator=Incubator.of(row) if row else None)


@strawberry.type
class PeopleMutations:
    """What can be done to members."""

    @strawberry.mutation(description="Change what somebody is of an incubator.")
    async def change_member(
        self,
        info: Info,
        input: Annotated[ChangeMemberInput, strawberry.argument(description="Whom, to what.")],  # noqa: A002 - Relay's name
    ) -> IncubatorPayload:
        """Change."""
        key = await members.change_member(
            info.context.core,
            info.context.actor,
            key_of(input.id, Membership.type_name, "id"),
            input.role,
        )
        return await _incubator(info, key)

    @strawberry.mutation(description="Take somebody's membership of an incubator away.")
    async def remove_member(
        self,
        info: Info,
        input: Annotated[RemoveMemberInput, strawberry.argument(description="Which one.")],  # noqa: A002 - Relay's name
    ) -> IncubatorPayload:
        """Remove."""
        key = key_of(input.id, Membership.type_name, "id")
        return await _incubator(
            info, await members.remove_member(info.context.core, info.context.actor, key)
        )

    @strawberry.mutation(description="Take a founder's membership of a start-up away.")
    async def remove_founder(
        self,
        info: Info,
        input: Annotated[RemoveFounderInput, strawberry.argument(description="Which one.")],  # noqa: A002 - Relay's name
    ) -> StartupPayload:
        """Remove."""
        key = await members.remove_founder(
            info.context.core,
            info.context.actor,
            key_of(input.id, Membership.type_name, "id"),
        )
        row = await written(info, "startups", key)
        return StartupPayload(startup=Startup.of(row) if row else None)

    @strawberry.mutation(description="End a membership of one's own.")
    async def leave(
        self,
        info: Info,
        input: Annotated[LeaveInput, strawberry.argument(description="Which one.")],  # noqa: A002 - Relay's name
    ) -> LeavePayload:
        """Leave."""
        key = key_of(input.id, Membership.type_name, "id")
        await members.leave(info.context.core, info.context.actor, key)
        await info.context.look_again()
        return LeavePayload(viewer=Viewer.of(info))

"""Mutations of members."""

from typing import Annotated
from uuid import UUID

import strawberry

from softlanding.services import members, preferences
from softlanding.services.preferences import Preferences
from softlanding_schema.context import Info
from softlanding_schema.mutations.inputs import command
from softlanding_schema.mutations.payloads import (
    IncubatorPayload,
    LeavePayload,
    StartupPayload,
    UpdateViewerPayload,
    written,
)
from softlanding_schema.mutations.people_inputs import (
    ChangeMemberInput,
    LeaveInput,
    RemoveFounderInput,
    RemoveMemberInput,
    UpdateViewerInput,
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

    @strawberry.mutation(description="Choose one's own language, and when to be told what waits.")
    async def update_viewer(
        self,
        info: Info,
        input: Annotated[UpdateViewerInput, strawberry.argument(description="What to change.")],  # noqa: A002 - Relay's name
    ) -> UpdateViewerPayload:
        """Change."""
        changes = command(Preferences, input)
        await preferences.update_viewer(info.context.core, info.context.actor, changes)
        await info.context.look_again()
        return UpdateViewerPayload(viewer=Viewer.of(info))

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

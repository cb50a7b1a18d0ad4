"""Mutations of members and invitations."""

from typing import Annotated
from uuid import UUID

import strawberry

from softlanding.services import invitations, members
from softlanding.services.invitations import NewInvitation
from softlanding_schema.context import Info
from softlanding_schema.mutations.inputs import command
from softlanding_schema.mutations.payloads import (
    IncubatorPayload,
    InvitationPayload,
    StartupPayload,
    written,
)
from softlanding_schema.mutations.people_inputs import (
    ChangeMemberInput,
    InviteFounderInput,
    InviteMemberInput,
    InviteOfficerInput,
    RemoveFounderInput,
    RemoveMemberInput,
    RevokeInvitationInput,
)
from softlanding_schema.reads.global_ids import key_of
from softlanding_schema.types.incubators import Incubator
from softlanding_schema.types.people import Invitation, Membership
from softlanding_schema.types.startups import Startup


async def _invited(info: Info, key: UUID) -> InvitationPayload:
    row = await written(info, "invitations", key)
    return InvitationPayload(invitation=Invitation.of(row) if row else None)


async def _incubator(info: Info, key: UUID) -> IncubatorPayload:
    row = await written(info, "incubators", key)
    return IncubatorPayload(incubator=Incubator.of(row) if row else None)


@strawberry.type
class PeopleMutations:
    """What can be done to members and invitations."""

    @strawberry.mutation(description="Invite somebody to be staff, manager or reviewer.")
    async def invite_member(
        self,
        info: Info,
        input: Annotated[InviteMemberInput, strawberry.argument(description="Whom, to be what.")],  # noqa: A002 - Relay's name
    ) -> InvitationPayload:
        """Invite."""
        key = await invitations.invite_member(
            info.context.core,
            info.context.actor,
            command(NewInvitation, input),
            incubator_id=key_of(input.incubator, "Incubator", "incubator"),
            role=input.role,
        )
        return await _invited(info, key)

    @strawberry.mutation(description="Invite somebody to be a founder of a start-up.")
    async def invite_founder(
        self,
        info: Info,
        input: Annotated[InviteFounderInput, strawberry.argument(description="Whom, and where.")],  # noqa: A002 - Relay's name
    ) -> InvitationPayload:
        """Invite."""
        key = await invitations.invite_founder(
            info.context.core,
            info.context.actor,
            command(NewInvitation, input),
            startup_id=key_of(input.startup, "Startup", "startup"),
        )
        return await _invited(info, key)

    @strawberry.mutation(description="Invite somebody to be administrator or auditor.")
    async def invite_officer(
        self,
        info: Info,
        input: Annotated[InviteOfficerInput, strawberry.argument(description="Whom, to be what.")],  # noqa: A002 - Relay's name
    ) -> InvitationPayload:
        """Invite."""
        key = await invitations.invite_officer(
            info.context.core,
            info.context.actor,
            command(NewInvitation, input),
            role=input.role,
        )
        return await _invited(info, key)

    @strawberry.mutation(description="Take an invitation back.")
    async def revoke_invitation(
        self,
        info: Info,
        input: Annotated[RevokeInvitationInput, strawberry.argument(description="Which one.")],  # noqa: A002 - Relay's name
    ) -> InvitationPayload:
        """Revoke."""
        key = key_of(input.id, Invitation.type_name, "id")
        await invitations.revoke_invitation(info.context.core, info.context.actor, key)
        return await _invited(info, key)

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

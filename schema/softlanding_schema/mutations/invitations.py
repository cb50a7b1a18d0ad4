"""Mutations of invitations."""

from typing import Annotated
from uuid import UUID

import strawberry

from softlanding.services import invitations
from softlanding.services.invitations import NewInvitation
from softlanding_schema.context import Info
from softlanding_schema.mutations.inputs import command
from softlanding_schema.mutations.payloads import InvitationPayload, written
from softlanding_schema.mutations.people_inputs import (
    InviteFounderInput,
    InviteMemberInput,
    InviteOfficerInput,
    RevokeInvitationInput,
)
from softlanding_schema.reads.global_ids import key_of
from softlanding_schema.types.people import Invitation


async def _invited(info: Info, key: UUID) -> InvitationPayload:
    row = await written(info, "invitations", key)
    return InvitationPayload(invitation=Invitation.of(row) if row else None)


@strawberry.type
class InvitationMutations:
    """What can be done to invitations."""

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

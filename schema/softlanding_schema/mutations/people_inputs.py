"""Inputs of the mutations of people."""

import strawberry
from pydantic import BaseModel, Field

from softlanding.domain.vocabulary import InvitedRole, MemberRole
from softlanding.services.access_tokens import NewAccessToken
from softlanding.services.invitations import NewInvitation
from softlanding.services.preferences import Preferences
from softlanding_schema.mutations.mutation_input import MutationInput


class InviteMemberInput(NewInvitation, MutationInput):
    """Somebody to be invited to an incubator."""

    incubator: strawberry.ID = Field(description="Global id of the incubator.")
    role: InvitedRole = Field(description="STAFF, MANAGER or REVIEWER.")


class InviteFounderInput(NewInvitation, MutationInput):
    """Somebody to be invited as a founder."""

    startup: strawberry.ID = Field(description="Global id of the start-up.")


class InviteOfficerInput(NewInvitation, MutationInput):
    """Somebody to be invited to an office of the network."""

    role: InvitedRole = Field(description="ADMINISTRATOR or AUDITOR.")


class RevokeInvitationInput(MutationInput):
    """An invitation to take back."""

    id: strawberry.ID = Field(description="Global id of the invitation.")


class ChangeMemberInput(MutationInput):
    """A member to be made something else."""

    id: strawberry.ID = Field(description="Global id of the membership.")
    role: MemberRole = Field(description="STAFF, MANAGER or REVIEWER.")


class RemoveMemberInput(MutationInput):
    """A membership to take away."""

    id: strawberry.ID = Field(description="Global id of the membership.")


class RemoveFounderInput(MutationInput):
    """A founder's membership to take away."""

    id: strawberry.ID = Field(description="Global id of the membership.")


class UpdateViewerInput(Preferences, MutationInput):
    """Preferences of one's own."""


class LeaveInput(MutationInput):
    """A membership of one's own to end."""

    id: strawberry.ID = Field(description="Global id of the membership.")


class RevokeSessionInput(MutationInput):
    """A session to end."""

    id: strawberry.ID = Field(description="Global id of the session.")


class CreateAccessTokenInput(NewAccessToken, MutationInput):
    """A bearer token to make for oneself."""


class RevokeTokenInput(MutationInput):
    """A bearer token to revoke."""

    id: strawberry.ID = Field(description="Global id of the token.")


PEOPLE_INPUTS: dict[str, type[BaseModel]] = {
    kind.__name__: kind
    for kind in (
        InviteMemberInput,
        InviteFounderInput,
        InviteOfficerInput,
        RevokeInvitationInput,
        ChangeMemberInput,
        RemoveMemberInput,
        RemoveFounderInput,
        LeaveInput,
        UpdateViewerInput,
        RevokeSessionInput,
        CreateAccessTokenInput,
        RevokeTokenInput,
    )
}

"""Inputs of the mutations of people."""

import strawberry
from pydantic import BaseModel, Field

from softlanding.contract.forms import Form
from softlanding.domain.vocabulary import InvitedRole, MemberRole
from softlanding.services.access_tokens import NewAccessToken
from softlanding.services.invitations import NewInvitation


class InviteMemberInput(NewInvitation):
    """Somebody to be invited to an incubator."""

    incubator: strawberry.ID = Field(description="Global id of the incubator.")
    role: InvitedRole = Field(description="STAFF, MANAGER or REVIEWER.")


class InviteFounderInput(NewInvitation):
    """Somebody to be invited as a founder."""

    startup: strawberry.ID = Field(description="Global id of the start-up.")


class InviteOfficerInput(NewInvitation):
    """Somebody to be invited to an office of the network."""

    role: InvitedRole = Field(description="ADMINISTRATOR or AUDITOR.")


class RevokeInvitationInput(Form):
    """An invitation to take back."""

    id: strawberry.ID = Field(description="Global id of the invitation.")


class ChangeMemberInput(Form):
    """A member to be made something else."""

    id: strawberry.ID = Field(description="Global id of the membership.")
    role: MemberRole = Field(description="STAFF, MANAGER or REVIEWER.")


class RemoveMemberInput(Form):
    """A membership to take away."""

    id: strawberry.ID = Field(description="Global id of the membership.")


class RemoveFounderInput(Form):
    """A founder's membership to take away."""

    id: strawberry.ID = Field(description="Global id of the membership.")


class LeaveInput(Form):
    """A membership of one's own to end."""

    id: strawberry.ID = Field(description="Global id of the membership.")


class RevokeSessionInput(Form):
    """A session to end."""

    id: strawberry.ID = Field(description="Global id of the session.")


class CreateAccessTokenInput(NewAccessToken):
    """A bearer token to make for oneself."""


class RevokeTokenInput(Form):
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
        RevokeSessionInput,
        CreateAccessTokenInput,
        RevokeTokenInput,
    )
}

"""Mutations of what somebody has of their own: sessions and bearer tokens."""

from typing import Annotated

import strawberry

from softlanding.services import access_tokens, sessions
from softlanding.services.access_tokens import NewAccessToken
from softlanding_schema.context import Info
from softlanding_schema.mutations.inputs import command
from softlanding_schema.mutations.payloads import AccessTokenPayload, SessionPayload, written
from softlanding_schema.mutations.people_inputs import (
    CreateAccessTokenInput,
    RevokeSessionInput,
    RevokeTokenInput,
)
from softlanding_schema.reads.global_ids import key_of
from softlanding_schema.types.access import AccessToken, Session


@strawberry.type
class AccessMutations:
    """What can be done to sessions and tokens."""

    @strawberry.mutation(description="End a session; its next request is refused.")
    async def revoke_session(
        self,
        info: Info,
        input: Annotated[RevokeSessionInput, strawberry.argument(description="Which one.")],  # noqa: A002 - Relay's name
    ) -> SessionPayload:
        """Revoke."""
        key = key_of(input.id, Session.type_name, "id")
        await sessions.revoke_session(info.context.core, info.context.actor, key)
        row = await written(info, "sessions", key)
        return SessionPayload(session=Session.of(row, info) if row else None)

    @strawberry.mutation(
        description="Make a bearer token of one's own, for 1 to 24 hours; it is told once."
    )
    async def create_access_token(
        self,
        info: Info,
        input: Annotated[CreateAccessTokenInput, strawberry.argument(description="The token.")],  # noqa: A002 - Relay's name
    ) -> AccessTokenPayload:
        """Create."""
        secret, key = await access_tokens.create_access_token(
            info.context.core, info.context.actor, command(NewAccessToken, input)
        )
        row = await written(info, "tokens", key)
        return AccessTokenPayload(access_token=AccessToken.of(row) if row else None, secret=secret)

    @strawberry.mutation(description="Revoke a bearer token; its next request is refused.")
    async def revoke_token(
        self,
        info: Info,
        input: Annotated[RevokeTokenInput, strawberry.argument(description="Which one.")],  # noqa: A002 - Relay's name
    ) -> AccessTokenPayload:
        """Revoke."""
        key = key_of(input.id, AccessToken.type_name, "id")
        await access_tokens.revoke_token(info.context.core, info.context.actor, key)
        row = await written(info, "tokens", key)
        return AccessTokenPayload(access_token=AccessToken.of(row) if row else None)

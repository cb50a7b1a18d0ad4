"""Mutations of the keys of incubators."""

from typing import Annotated
from uuid import UUID

import strawberry

from softlanding.domain.problems import refuse_if
from softlanding.services import api_keys
from softlanding.services.api_keys import NewApiKey
from softlanding_schema.context import Info
from softlanding_schema.mutations.inputs import (
    CreateApiKeyInput,
    RevokeApiKeyInput,
    RotateApiKeyInput,
    command,
)
from softlanding_schema.mutations.payloads import ApiKeyPayload, written
from softlanding_schema.reads.global_ids import key_of
from softlanding_schema.reads.scopes import unknown_fields
from softlanding_schema.types.api_keys import TYPE_NAME, ApiKey


async def _payload(info: Info, key: UUID, secret: str | None = None) -> ApiKeyPayload:
    row = await written(info, "tokens", key)
    return ApiKeyPayload(api_key=ApiKey.of(row) if row else None, secret=secret)


@strawberry.type
class ApiKeyMutations:
    """What can be done to keys."""

    @strawberry.mutation(description="Make a key of an incubator; its secret is told once.")
    async def create_api_key(
        self,
        info: Info,
        input: Annotated[CreateApiKeyInput, strawberry.argument(description="The key.")],  # noqa: A002 - Relay's name
    ) -> ApiKeyPayload:
        """Create."""
        incubator = key_of(input.incubator, "Incubator", "incubator")
        refuse_if(unknown_fields(info.schema._schema, input.fields))  # noqa: SLF001 - the executable schema has no public name
        secret, key = await api_keys.create_api_key(
            info.context.core,
            info.context.actor,
            command(NewApiKey, input),
            incubator_id=incubator,
        )
        return await _payload(info, key, secret)

    @strawberry.mutation(
        description="Make a new key of the same scope; the old one is in force for some hours more."
    )
    async def rotate_api_key(
        self,
        info: Info,
        input: Annotated[RotateApiKeyInput, strawberry.argument(description="Which key.")],  # noqa: A002 - Relay's name
    ) -> ApiKeyPayload:
        """Rotate."""
        secret, key = await api_keys.rotate_api_key(
            info.context.core,
            info.context.actor,
            key_of(input.id, TYPE_NAME, "id"),
            overlap_hours=input.overlap_hours,
        )
        return await _payload(info, key, secret)

    @strawberry.mutation(description="Revoke a key; its next request is refused.")
    async def revoke_api_key(
        self,
        info: Info,
        input: Annotated[RevokeApiKeyInput, strawberry.argument(description="Which key.")],  # noqa: A002 - Relay's name
    ) -> ApiKeyPayload:
        """Revoke."""
        key = key_of(input.id, TYPE_NAME, "id")
        await api_keys.revoke_api_key(info.context.core, info.context.actor, key)
        return await _payload(info, key)

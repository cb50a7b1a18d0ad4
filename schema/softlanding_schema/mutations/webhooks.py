"""Mutations of the webhooks of incubators."""

from typing import Annotated
from uuid import UUID

import strawberry

from softlanding.services.webhooks import editing
from softlanding.services.webhooks.editing import NewWebhook, WebhookChanges
from softlanding_schema.context import Info
from softlanding_schema.mutations.inputs import command
from softlanding_schema.mutations.payloads import IncubatorPayload, WebhookPayload, written
from softlanding_schema.mutations.webhook_inputs import (
    CreateWebhookInput,
    DeleteWebhookInput,
    RedeliverWebhookInput,
    RotateWebhookSecretInput,
    UpdateWebhookInput,
)
from softlanding_schema.reads.global_ids import key_of
from softlanding_schema.types import api_keys
from softlanding_schema.types.incubators import Incubator
from softlanding_schema.types.webhooks import ATTEMPT, TYPE_NAME, Webhook


async def _payload(info: Info, key: UUID, secret: str | None = None) -> WebhookPayload:
    row = await written(info, "webhooks", key)
    return WebhookPayload(webhook=Webhook.of(row) if row else None, secret=secret)


@strawberry.type
class WebhookMutations:
    """What can be done to webhooks."""

    @strawberry.mutation(
        description="Make a webhook of the incubator of a key; its secret is told once."
    )
    async def create_webhook(
        self,
        info: Info,
        input: Annotated[CreateWebhookInput, strawberry.argument(description="The webhook.")],  # noqa: A002 - Relay's name
    ) -> WebhookPayload:
        """Create."""
        secret, key = await editing.create_webhook(
            info.context.core,
            info.context.actor,
            command(NewWebhook, input),
            key_id=key_of(input.api_key, api_keys.TYPE_NAME, "apiKey"),
        )
        return await _payload(info, key, secret)

    @strawberry.mutation(description="Change a webhook, switch it on or off.")
    async def update_webhook(
        self,
        info: Info,
        input: Annotated[UpdateWebhookInput, strawberry.argument(description="What to change.")],  # noqa: A002 - Relay's name
    ) -> WebhookPayload:
        """Change."""
        key = await editing.update_webhook(
            info.context.core,
            info.context.actor,
            key_of(input.id, TYPE_NAME, "id"),
            command(WebhookChanges, input),
            revision=input.revision,
        )
        return await _payload(info, key)

    @strawberry.mutation(
        description="Make a new secret of a webhook; the old one signs beside it for some hours."
    )
    async def rotate_webhook_secret(
        self,
        info: Info,
        input: Annotated[RotateWebhookSecretInput, strawberry.argument(description="Which one.")],  # noqa: A002 - Relay's name
    ) -> WebhookPayload:
        """Rotate."""
        secret, key = await editing.rotate_webhook_secret(
            info.context.core,
            info.context.actor,
            key_of(input.id, TYPE_NAME, "id"),
            overlap_hours=input.overlap_hours,
        )
        return await _payload(info, key, secret)

    @strawberry.mutation(description="Delete a webhook with the log of its deliveries.")
    async def delete_webhook(
        self,
        info: Info,
        input: Annotated[DeleteWebhookInput, strawberry.argument(description="Which one.")],  # noqa: A002 - Relay's name
    ) -> IncubatorPayload:
        """Delete."""
        key = key_of(input.id, TYPE_NAME, "id")
        incubator = await editing.delete_webhook(info.context.core, info.context.actor, key)
        row = await written(info, "incubators", incubator)
        return IncubatorPayload(incubator=Incubator.of(row) if row else None)

    @strawberry.mutation(description="Send an event again that was taken or given up.")
    async def redeliver_webhook(
        self,
        info: Info,
        input: Annotated[RedeliverWebhookInput, strawberry.argument(description="Which attempt.")],  # noqa: A002 - Relay's name
    ) -> WebhookPayload:
        """Send again."""
        attempt = key_of(input.id, ATTEMPT, "id")
        key = await editing.redeliver(info.context.core, info.context.actor, attempt)
        return await _payload(info, key)

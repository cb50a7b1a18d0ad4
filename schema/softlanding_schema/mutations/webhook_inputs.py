"""Inputs of the mutations of webhooks."""

import strawberry
from pydantic import BaseModel, Field

from softlanding.services.webhooks.editing import NewWebhook, WebhookChanges
from softlanding_schema.mutations.mutation_input import MutationInput


class CreateWebhookInput(NewWebhook, MutationInput):
    """A webhook to make."""

    api_key: strawberry.ID = Field(
        description="Global id of the key with whose rights the query is asked."
    )


class UpdateWebhookInput(WebhookChanges, MutationInput):
    """Changes of a webhook."""

    id: strawberry.ID = Field(description="Global id of the webhook.")
    revision: int | None = Field(
        default=None,
        description="Revision the change was made against; a newer one is a CONFLICT.",
    )


class RotateWebhookSecretInput(MutationInput):
    """A webhook that is to sign with a new secret."""

    id: strawberry.ID = Field(description="Global id of the webhook.")
    overlap_hours: int = Field(
        default=24, ge=0, le=168, description="How many hours the old secret signs beside it."
    )


class DeleteWebhookInput(MutationInput):
    """A webhook to delete."""

    id: strawberry.ID = Field(description="Global id of the webhook.")


class RedeliverWebhookInput(MutationInput):
    """An event to send again."""

    id: strawberry.ID = Field(description="Global id of one of its attempts.")


WEBHOOK_INPUTS: dict[str, type[BaseModel]] = {
    kind.__name__: kind
    for kind in (
        CreateWebhookInput,
        UpdateWebhookInput,
        RotateWebhookSecretInput,
        DeleteWebhookInput,
        RedeliverWebhookInput,
    )
}

"""The tables of webhooks: where an incubator's websites are told of changes, and how that went."""

from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from softlanding.storage.models import Incubator, KeyedRow
from softlanding.storage.people import Token


class Webhook(KeyedRow):
    """An address that is told of events, with the answer to a stored GraphQL operation.

    The operation is asked with the rights of `token_id`, a key of the same incubator. Secrets are
    kept as they are, since they sign; the old one signs too until its day.
    """

    revision = fields.IntField(default=1)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    incubator: fields.ForeignKeyRelation[Incubator] = fields.ForeignKeyField(
        "core.Incubator", related_name=False, on_delete=fields.CASCADE
    )
    incubator_id: UUID
    token: fields.ForeignKeyRelation[Token] = fields.ForeignKeyField(
        "core.Token", related_name=False, on_delete=fields.CASCADE
    )
    token_id: UUID
    label = fields.CharField(max_length=200)
    address = fields.CharField(max_length=2000)
    query = fields.TextField()
    events: fields.Field[list[str]] = fields.JSONField()
    enabled = fields.BooleanField(default=True)
    disabled_because = fields.CharField(max_length=300, default="")
    secret = fields.CharField(max_length=100)
    old_secret = fields.CharField(max_length=100, null=True)
    old_secret_until = fields.DatetimeField(null=True)

    class Meta:
        table = "webhooks"
        indexes = (Index(fields=("incubator_id", "id")), Index(fields=("token_id", "id")))


class WebhookAttempt(KeyedRow):
    """One attempt to deliver an event to a webhook, and what was answered."""

    webhook: fields.ForeignKeyRelation[Webhook] = fields.ForeignKeyField(
        "core.Webhook", related_name=False, on_delete=fields.CASCADE
    )
    webhook_id: UUID
    delivery_id = fields.UUIDField()
    event_key = fields.UUIDField()
    event = fields.CharField(max_length=60)
    at = fields.DatetimeField()
    attempt = fields.IntField()
    status = fields.IntField(null=True)
    milliseconds = fields.IntField()
    answer = fields.TextField()
    error = fields.CharField(max_length=300)

    class Meta:
        table = "webhook_attempts"
        indexes = (Index(fields=("webhook_id", "id")), Index(fields=("at", "id")))

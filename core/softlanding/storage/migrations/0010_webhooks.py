"""Webhooks of incubators, and the log of their deliveries."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from softlanding.storage.models import new_id


class Migration(migrations.Migration):
    dependencies = [("core", "0009_notices")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("revision", fields.IntField(default=1)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("updated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "incubator",
                    fields.ForeignKeyField(
                        "core.Incubator",
                        source_field="incubator_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "token",
                    fields.ForeignKeyField(
                        "core.Token",
                        source_field="token_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("label", fields.CharField(max_length=200)),
                ("address", fields.CharField(max_length=2000)),
                ("query", fields.TextField(unique=False)),
                ("events", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("enabled", fields.BooleanField(default=True)),
                ("disabled_because", fields.CharField(default="", max_length=300)),
                ("secret", fields.CharField(max_length=100)),
                ("old_secret", fields.CharField(null=True, max_length=100)),
                (
                    "old_secret_until",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "webhooks",
                "app": "core",
                "indexes": [Index(fields=["incubator_id", "id"]), Index(fields=["token_id", "id"])],
                "pk_attr": "id",
                "table_description": "An address that is told of events, with the answer to a stored GraphQL operation.",
            },
            bases=["KeyedRow"],
        ),
        ops.CreateModel(
            name="WebhookAttempt",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                (
                    "webhook",
                    fields.ForeignKeyField(
                        "core.Webhook",
                        source_field="webhook_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("delivery_id", fields.UUIDField()),
                ("event_key", fields.UUIDField()),
                ("event", fields.CharField(max_length=60)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("attempt", fields.IntField()),
                ("status", fields.IntField(null=True)),
                ("milliseconds", fields.IntField()),
                ("answer", fields.TextField(unique=False)),
                ("error", fields.CharField(max_length=300)),
            ],
            options={
                "table": "webhook_attempts",
                "app": "core",
                "indexes": [Index(fields=["webhook_id", "id"]), Index(fields=["at", "id"])],
                "pk_attr": "id",
                "table_description": "One attempt to deliver an event to a webhook, and what was answered.",
            },
            bases=["KeyedRow"],
        ),
    ]

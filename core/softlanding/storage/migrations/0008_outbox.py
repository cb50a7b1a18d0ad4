"""The outbox: events and deliveries; PostgreSQL tells all who listen when there are new ones."""

from typing import Any

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from softlanding.storage.models import new_id

_TELLING = """
    CREATE FUNCTION tell_of_events() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_notify('softlanding_events', ''); RETURN NULL; END $$;
    CREATE TRIGGER events_are_told AFTER INSERT ON events
    FOR EACH STATEMENT EXECUTE FUNCTION tell_of_events();
"""


async def _tell(apps: Any, editor: Any) -> None:
    """Have PostgreSQL wake the outbox, at the end of each transaction with events."""
    if editor.client.capabilities.dialect == "postgres":
        await editor.client.execute_script(_TELLING)


class Migration(migrations.Migration):
    dependencies = [("core", "0007_signing_keys")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("key", fields.UUIDField(default=new_id, unique=True)),
                ("name", fields.CharField(max_length=60)),
                ("object_type", fields.CharField(max_length=20)),
                ("object_id", fields.UUIDField()),
                ("aggregate_id", fields.UUIDField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("action", fields.CharField(max_length=60)),
                ("person_id", fields.UUIDField(null=True)),
                ("columns", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                (
                    "dispatched_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "events",
                "app": "core",
                "indexes": [
                    Index(fields=["dispatched_at", "id"]),
                    Index(fields=["object_id", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "Something that has happened, written in the transaction in which it did.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                (
                    "event",
                    fields.ForeignKeyField(
                        "core.Event",
                        source_field="event_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("aggregate_id", fields.UUIDField()),
                ("subscriber", fields.CharField(max_length=120)),
                ("recipient", fields.CharField(max_length=200)),
                ("state", fields.CharField(max_length=10)),
                ("attempts", fields.IntField()),
                ("next_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "leased_until",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("error", fields.CharField(max_length=300)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "deliveries",
                "app": "core",
                "unique_together": (("event_id", "subscriber", "recipient"),),
                "indexes": [
                    Index(fields=["state", "next_at"]),
                    Index(fields=["aggregate_id", "subscriber", "event_id"]),
                ],
                "pk_attr": "id",
                "table_description": "An event for a subscriber, or for one recipient of it that it found before.",
            },
            bases=["KeyedRow"],
        ),
        ops.RunPython(_tell, ops.RunPython.noop),
    ]

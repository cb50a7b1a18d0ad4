"""The tables of the outbox: what has happened, and to whom it is still to be told."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from softlanding.storage.models import KeyedRow, new_id


class Event(Model):
    """Something that has happened, written in the transaction in which it did.

    It names an object and its columns, and holds no value of them, so that nothing in it is to be
    erased. `id` grows within an aggregate, `key` is the name that others know it by.
    """

    id = fields.BigIntField(primary_key=True)
    key = fields.UUIDField(unique=True, default=new_id)
    name = fields.CharField(max_length=60)
    object_type = fields.CharField(max_length=20)
    object_id = fields.UUIDField()
    aggregate_id = fields.UUIDField()
    at = fields.DatetimeField()
    action = fields.CharField(max_length=60)
    person_id = fields.UUIDField(null=True)
    columns: fields.Field[list[str]] = fields.JSONField()
    dispatched_at = fields.DatetimeField(null=True)

    class Meta:
        table = "events"
        indexes = (Index(fields=("dispatched_at", "id")), Index(fields=("object_id", "id")))


class Delivery(KeyedRow):
    """An event for a subscriber, or for one recipient of it that it found before.

    `state` is PENDING, DONE or DEAD. While it is in hand it is leased; a lease that is over is
    that of a process that died.
    """

    event: fields.ForeignKeyRelation[Event] = fields.ForeignKeyField(
        "core.Event", related_name=False, on_delete=fields.CASCADE
    )
    event_id: int
    aggregate_id = fields.UUIDField()
    subscriber = fields.CharField(max_length=120)
    recipient = fields.CharField(max_length=200)
    state = fields.CharField(max_length=10)
    attempts = fields.IntField()
    next_at = fields.DatetimeField()
    leased_until = fields.DatetimeField(null=True)
    error = fields.CharField(max_length=300)
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "deliveries"
        unique_together = (("event_id", "subscriber", "recipient"),)
        indexes = (
            Index(fields=("state", "next_at")),
            Index(fields=("aggregate_id", "subscriber", "event_id")),
        )

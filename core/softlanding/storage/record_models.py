"""The tables of the record: who changed what, each entry chained to the one before it.

Entries are never changed and never deleted; triggers see to it. What a change held before and after
stands beside them, so that personal data can be erased: the entry keeps its digest.
"""

from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from softlanding.storage.models import KeyedRow


class RecordChain(Model):
    """A chain of entries, of one incubator or of the network, and its head."""

    id = fields.UUIDField(primary_key=True)
    length = fields.IntField(default=0)
    head = fields.CharField(max_length=64, default="")

    class Meta:
        table = "record_chains"


class IdempotencyKey(KeyedRow):
    """A request that was done, by the key that its sender chose, kept for a day.

    `entry_id` is the entry of the record that tells what it changed, `answer` the whole answer of
    the request, where it came to its end and told no secret.
    """

    actor = fields.CharField(max_length=40)
    key = fields.CharField(max_length=64)
    place = fields.CharField(max_length=200)
    request = fields.CharField(max_length=64)
    entry_id = fields.UUIDField()
    answer = fields.TextField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "idempotency_keys"
        unique_together = (("actor", "key", "place"),)
        indexes = (Index(fields=("created_at",)),)


class RecordEntry(KeyedRow):
    """One unit of work that changed something.

    `digest` is that of its changes, `hash` that of the entry and of the hash before it. A person is
    named by their key only, which tells nothing once they are erased.
    """

    chain_id = fields.UUIDField()
    number = fields.IntField()
    at = fields.DatetimeField()
    kind = fields.CharField(max_length=20)
    name = fields.CharField(max_length=200)
    person_id = fields.UUIDField(null=True)
    key_id = fields.UUIDField(null=True)
    action = fields.CharField(max_length=60)
    request_id = fields.CharField(max_length=64)
    digest = fields.CharField(max_length=64)
    hash = fields.CharField(max_length=64)

    class Meta:
        table = "record_entries"
        unique_together = (("chain_id", "number"),)
        indexes = (Index(fields=("person_id", "id")),)


class RecordChange(KeyedRow):
    """What an entry changed in one row: `before` and `after` as JSON, null where there was none.

    They are texts, since the `digest` is that of the very bytes, with `salt`; where they were
    erased, it stands for them.
    """

    entry: fields.ForeignKeyRelation[RecordEntry] = fields.ForeignKeyField(
        "core.RecordEntry", related_name=False, on_delete=fields.RESTRICT
    )
    entry_id: UUID
    position = fields.IntField()
    table_name = fields.CharField(max_length=40)
    row_id = fields.UUIDField()
    revision = fields.IntField(null=True)
    before = fields.TextField(null=True)
    after = fields.TextField(null=True)
    salt = fields.CharField(max_length=32, null=True)
    digest = fields.CharField(max_length=64)
    erased_at = fields.DatetimeField(null=True)

    class Meta:
        table = "record_changes"
        indexes = (Index(fields=("entry_id", "position")), Index(fields=("row_id", "id")))


class SigningKey(KeyedRow):
    """The key by which this installation signs reports: Ed25519, both halves in base64."""

    public_key = fields.CharField(max_length=44, unique=True)
    private_key = fields.CharField(max_length=44)
    created_at = fields.DatetimeField()

    class Meta:
        table = "signing_keys"

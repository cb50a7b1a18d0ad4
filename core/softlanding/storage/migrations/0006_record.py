"""The record: chains, entries and changes; triggers keep both databases from changing it."""

from typing import Any
from uuid import uuid4

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from softlanding.storage.models import new_id

_ERASING = """new.before IS NULL AND new.after IS NULL AND new.salt IS NULL
    AND new.erased_at IS NOT NULL AND old.erased_at IS NULL
    AND new.id = old.id AND new.entry_id = old.entry_id AND new.position = old.position
    AND new.table_name = old.table_name AND new.row_id = old.row_id AND new.digest = old.digest
    AND coalesce(new.revision, 0) = coalesce(old.revision, 0)"""
_SQLITE = f"""
    CREATE TRIGGER record_entries_stay BEFORE UPDATE ON record_entries
    BEGIN SELECT RAISE(ABORT, 'entries of the record are never changed'); END;
    CREATE TRIGGER record_entries_remain BEFORE DELETE ON record_entries
    BEGIN SELECT RAISE(ABORT, 'entries of the record are never deleted'); END;
    CREATE TRIGGER record_changes_stay BEFORE UPDATE ON record_changes WHEN NOT ({_ERASING})
    BEGIN SELECT RAISE(ABORT, 'changes on the record are only erased'); END;
    CREATE TRIGGER record_changes_remain BEFORE DELETE ON record_changes
    BEGIN SELECT RAISE(ABORT, 'changes on the record are never deleted'); END;
"""
_POSTGRESQL = f"""
    CREATE FUNCTION record_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the record is only added to, and changes on it only erased'
    USING ERRCODE = 'integrity_constraint_violation'; END $$;
    CREATE TRIGGER record_entries_stay BEFORE UPDATE OR DELETE ON record_entries
    FOR EACH ROW EXECUTE FUNCTION record_is_kept();
    CREATE TRIGGER record_changes_stay BEFORE UPDATE ON record_changes
    FOR EACH ROW WHEN (NOT ({_ERASING})) EXECUTE FUNCTION record_is_kept();
    CREATE TRIGGER record_changes_remain BEFORE DELETE ON record_changes
    FOR EACH ROW EXECUTE FUNCTION record_is_kept();
    CREATE TRIGGER record_entries_full BEFORE TRUNCATE ON record_entries
    FOR EACH STATEMENT EXECUTE FUNCTION record_is_kept();
    CREATE TRIGGER record_changes_full BEFORE TRUNCATE ON record_changes
    FOR EACH STATEMENT EXECUTE FUNCTION record_is_kept();
"""


async def _append_only(apps: Any, editor: Any) -> None:
    """Have the databases refuse what would change the record."""
    is_postgresql = editor.client.capabilities.dialect == "postgres"
    await editor.client.execute_script(_POSTGRESQL if is_postgresql else _SQLITE)


class Migration(migrations.Migration):
    dependencies = [("core", "0005_accounts")]

    initial = False

    operations = [
        ops.CreateModel(
            name="IdempotencyKey",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("actor", fields.CharField(max_length=40)),
                ("key", fields.CharField(max_length=64)),
                ("place", fields.CharField(max_length=200)),
                ("request", fields.CharField(max_length=64)),
                ("entry_id", fields.UUIDField()),
                ("answer", fields.TextField(null=True, unique=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "idempotency_keys",
                "app": "core",
                "unique_together": (("actor", "key", "place"),),
                "indexes": [Index(fields=["created_at"])],
                "pk_attr": "id",
                "table_description": "A request that was done, by the key that its sender chose, kept for a day.",
            },
            bases=["KeyedRow"],
        ),
        ops.CreateModel(
            name="RecordChain",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True),
                ),
                ("length", fields.IntField(default=0)),
                ("head", fields.CharField(default="", max_length=64)),
            ],
            options={
                "table": "record_chains",
                "app": "core",
                "pk_attr": "id",
                "table_description": "A chain of entries, of one incubator or of the network, and its head.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RecordEntry",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("chain_id", fields.UUIDField()),
                ("number", fields.IntField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("kind", fields.CharField(max_length=20)),
                ("name", fields.CharField(max_length=200)),
                ("person_id", fields.UUIDField(null=True)),
                ("key_id", fields.UUIDField(null=True)),
                ("action", fields.CharField(max_length=60)),
                ("request_id", fields.CharField(max_length=64)),
                ("digest", fields.CharField(max_length=64)),
                ("hash", fields.CharField(max_length=64)),
            ],
            options={
                "table": "record_entries",
                "app": "core",
                "unique_together": (("chain_id", "number"),),
                "indexes": [Index(fields=["person_id", "id"])],
                "pk_attr": "id",
                "table_description": "One unit of work that changed something.",
            },
            bases=["KeyedRow"],
        ),
        ops.CreateModel(
            name="RecordChange",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                (
                    "entry",
                    fields.ForeignKeyField(
                        "core.RecordEntry",
                        source_field="entry_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("position", fields.IntField()),
                ("table_name", fields.CharField(max_length=40)),
                ("row_id", fields.UUIDField()),
                ("revision", fields.IntField(null=True)),
                ("before", fields.TextField(null=True, unique=False)),
                ("after", fields.TextField(null=True, unique=False)),
                ("salt", fields.CharField(null=True, max_length=32)),
                ("digest", fields.CharField(max_length=64)),
                ("erased_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "record_changes",
                "app": "core",
                "indexes": [Index(fields=["entry_id", "position"]), Index(fields=["row_id", "id"])],
                "pk_attr": "id",
                "table_description": "What an entry changed in one row: `before` and `after` as JSON, null where there was none.",
            },
            bases=["KeyedRow"],
        ),
        ops.RunPython(_append_only, ops.RunPython.noop),
    ]

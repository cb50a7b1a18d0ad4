"""Keys by which an installation signs its reports."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from softlanding.storage.models import new_id


class Migration(migrations.Migration):
    dependencies = [("core", "0006_record")]

    initial = False

    operations = [
        ops.CreateModel(
            name="SigningKey",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("public_key", fields.CharField(unique=True, max_length=44)),
                ("private_key", fields.CharField(max_length=44)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "signing_keys",
                "app": "core",
                "pk_attr": "id",
                "table_description": "The key by which this installation signs reports: Ed25519, both halves in base64.",
            },
            bases=["KeyedRow"],
        ),
    ]

"""When and in which language people are told what waits for them, and the duty that tells them."""

from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


async def _name_the_duty(apps: Any, editor: Any) -> None:
    await editor.client.execute_script("INSERT INTO duties (id) VALUES ('send_digests')")


class Migration(migrations.Migration):
    dependencies = [("core", "0008_outbox")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Person",
            name="locale",
            field=fields.CharField(null=True, max_length=35),
        ),
        ops.AddField(
            model_name="Person",
            name="notifications",
            field=fields.CharField(db_default="DAILY", max_length=10),
        ),
        ops.AddField(
            model_name="Person",
            name="digest_on",
            field=fields.DateField(null=True),
        ),
        ops.RunPython(_name_the_duty, ops.RunPython.noop),
    ]

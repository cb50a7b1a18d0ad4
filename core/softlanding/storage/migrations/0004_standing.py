"""Under which definitions, and until when, the stored states of a stay's steps hold."""

from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


async def _name_the_duty(apps: Any, editor: Any) -> None:
    """Name the duty that fills both for stays that nobody changes any more."""
    await editor.client.execute_script("INSERT INTO duties (id) VALUES ('restate_stays')")


class Migration(migrations.Migration):
    dependencies = [("core", "0003_rule_sets_duties_calendars")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Stay",
            name="standing_under",
            field=fields.CharField(null=True, max_length=64),
        ),
        ops.AddField(
            model_name="Stay",
            name="standing_until",
            field=fields.DateField(null=True),
        ),
        ops.RunPython(_name_the_duty, ops.RunPython.noop),
    ]

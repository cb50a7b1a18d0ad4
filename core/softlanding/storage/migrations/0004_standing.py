"""Under which definitions, and until when, the stored states of a stay's steps hold."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


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
    ]

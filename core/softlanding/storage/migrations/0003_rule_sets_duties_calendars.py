"""Rule sets as rows, conditions of steps, duties, calendar addresses; forms by language."""

from typing import Any

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from softlanding.storage.models import new_id


async def _fill(apps: Any, editor: Any) -> None:
    """Name the duties; a form was one JSON Schema in English, now there is one by language."""
    await editor.client.execute_script(
        "INSERT INTO duties (id) VALUES ('definitions'), ('delete_answers'), ('refresh_stays')"
    )
    if editor.client.capabilities.dialect == "postgres":
        by_language = "jsonb_build_object('en', form)"
    else:
        by_language = "json_object('en', json(form))"
    await editor.client.execute_script(
        f"UPDATE step_definitions SET form = {by_language} WHERE form IS NOT NULL"  # noqa: S608 - one of two constants
    )


class Migration(migrations.Migration):
    dependencies = [("core", "0002_binary_order")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CalendarAddress",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                (
                    "stay",
                    fields.ForeignKeyField(
                        "core.Stay",
                        source_field="stay_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "core.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("hash", fields.CharField(unique=True, max_length=64)),
                ("label", fields.CharField(max_length=200)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "calendar_addresses",
                "app": "core",
                "indexes": [Index(fields=["stay_id", "id"]), Index(fields=["person_id", "id"])],
                "pk_attr": "id",
                "table_description": "A private address of the calendar of one stay, kept as SHA-256 of its secret.",
            },
            bases=["_Row"],
        ),
        ops.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=60),
                ),
                ("started_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("done_on", fields.DateField(null=True)),
            ],
            options={
                "table": "duties",
                "app": "core",
                "pk_attr": "id",
                "table_description": "A periodic task of the core, since when it is in hand and the last day it was done.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RuleSet",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("key", fields.CharField(max_length=120)),
                ("version", fields.CharField(max_length=60)),
                ("plugin", fields.CharField(max_length=60)),
                ("title", fields.TextField(unique=False)),
                ("figures", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("in_force", fields.BooleanField(default=False)),
            ],
            options={
                "table": "rule_sets",
                "app": "core",
                "unique_together": (("key", "version"),),
                "pk_attr": "id",
                "table_description": "One version of a rule set as its plugin declared it, as verdicts name it.",
            },
            bases=["_Row"],
        ),
        ops.AddField(
            model_name="OnboardingStep",
            name="answers_deleted_on",
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name="OnboardingStep",
            name="answers_kept_until",
            field=fields.DateField(null=True),
        ),
        ops.AddIndex(
            model_name="OnboardingStep",
            index=Index(fields=["answers_kept_until", "id"]),
        ),
        ops.AddField(
            model_name="StepDefinition",
            name="applies",
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(
            model_name="StepDefinition",
            name="in_force",
            field=fields.BooleanField(db_default=False),
        ),
        ops.RunPython(_fill, ops.RunPython.noop),
    ]

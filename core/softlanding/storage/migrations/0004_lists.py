"""Indexes for filtered and ordered lists; under which rules states of steps were stored.

Columns by which lists are ordered are compared by code point on PostgreSQL, as SQLite does; so
conditions, orders and indexes agree without saying so (see `0002_binary_order`).
"""

from typing import Any

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

_ORDERED = {
    "incubators": {"slug": 80, "country": 2},
    "startups": {"slug": 80, "country": 2, "nace": 5, "stage": 20},
    "stays": {"state": 20},
}


async def _binary_order(apps: Any, editor: Any) -> None:
    if editor.client.capabilities.dialect != "postgres":
        return
    for table, columns in _ORDERED.items():
        changes = ", ".join(
            f'ALTER COLUMN "{column}" TYPE varchar({length}) COLLATE "C"'
            for column, length in columns.items()
        )
        await editor.client.execute_script(f'ALTER TABLE "{table}" {changes}')


async def _name_the_duty(apps: Any, editor: Any) -> None:
    """Name the duty that keeps the states of steps for stays that nobody changes any more."""
    await editor.client.execute_script("INSERT INTO duties (id) VALUES ('restate_stays')")


class Migration(migrations.Migration):
    dependencies = [("core", "0003_rule_sets_duties_calendars")]

    initial = False

    operations = [
        ops.RunPython(_binary_order, ops.RunPython.noop),
        ops.RunPython(_name_the_duty, ops.RunPython.noop),
        ops.AddIndex(
            model_name="OnboardingStep",
            index=Index(fields=["definition_id", "id"]),
        ),
        ops.AddIndex(
            model_name="Startup",
            index=Index(fields=["country", "name", "id"]),
        ),
        ops.AddIndex(
            model_name="Startup",
            index=Index(fields=["stage", "name", "id"]),
        ),
        ops.AddIndex(
            model_name="Startup",
            index=Index(fields=["nace", "name", "id"]),
        ),
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
        ops.AddIndex(
            model_name="Stay",
            index=Index(fields=["departure", "id"]),
        ),
        ops.AddIndex(
            model_name="Stay",
            index=Index(fields=["state", "arrival", "id"]),
        ),
    ]

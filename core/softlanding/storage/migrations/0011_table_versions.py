"""PostgreSQL tells which tables were written, at the end of each transaction."""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

# Those that had versions when this was written.
_TABLES = (
    "incubators",
    "startups",
    "stays",
    "onboarding_steps",
    "step_definitions",
    "rule_sets",
    "memberships",
    "persons",
)
_FUNCTION = """
CREATE OR REPLACE FUNCTION softlanding_tell_table() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('softlanding_tables', TG_TABLE_NAME);
    RETURN NULL;
END $$;
"""
_TRIGGER = """
CREATE OR REPLACE TRIGGER tell_table AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION softlanding_tell_table();
"""


async def _tell(apps: Any, editor: Any) -> None:
    """Have PostgreSQL tell; SQLite has a number of its own for that."""
    if editor.client.capabilities.dialect == "postgres":
        triggers = [_TRIGGER.format(table=name) for name in _TABLES]
        await editor.client.execute_script("".join([_FUNCTION, *triggers]))


class Migration(migrations.Migration):
    dependencies = [("core", "0010_webhooks")]

    initial = False

    operations = [ops.RunPython(_tell, ops.RunPython.noop)]

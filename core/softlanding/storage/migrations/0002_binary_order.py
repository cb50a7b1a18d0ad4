"""Order names by code point on PostgreSQL, as SQLite does.

Keyset pages compare the last name of a page with the next ones; both databases must agree on
the order, and on PostgreSQL it must not depend on the locale the cluster was made with.
"""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops


async def _binary_order(apps: Any, editor: Any) -> None:
    if editor.client.capabilities.dialect != "postgres":
        return
    for table in ("incubators", "startups"):
        await editor.client.execute_script(
            f'ALTER TABLE "{table}" ALTER COLUMN "name" TYPE varchar(200) COLLATE "C"'
        )


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [ops.RunPython(_binary_order, ops.RunPython.noop)]

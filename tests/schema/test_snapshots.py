"""What plugins are told of an object is what it is now, although snapshots are kept."""

import pytest
from tests.schema import telling_plugin

from softlanding.predicates import EVERYTHING
from softlanding.storage.database import Transaction
from softlanding.testing.house import open_house, registry_of
from tests.conftest import Templates

QUERY = "{ stays(first: 1) { nodes { telling { sides } } } }"


@pytest.mark.parametrize("planned", [True, False], ids=["plans", "graphql-core"])
async def test_a_plugin_is_told_of_a_change_of_any_side(
    templates: Templates, engine: str, planned: bool
) -> None:
    url = templates.fresh(engine, seeded=True)
    registry = registry_of({"telling": telling_plugin})
    async with open_house(
        database_url=url, registry=registry, migrated=True, planned=planned
    ) as house:
        admin = await house.person("Ada", admin=True)
        database = house.core.database
        (stay,) = await database.rows.select("stays", EVERYTHING, order=("arrival", "id"), limit=1)
        sides = {"startup_id": "startups", "home_id": "incubators", "host_id": "incubators"}
        rows = {key: await database.rows.one(table, stay[key]) for key, table in sides.items()}
        names = {key: str(row["name"]) for key, row in rows.items() if row is not None}
        for changed in (None, *sides):
            if changed is not None:
                names[changed] += " renamed"
                row = rows[changed]
                assert row is not None
                new = {"name": names[changed], "revision": row["revision"] + 1}

                async def rename(
                    transaction: Transaction, side: str = changed, new: dict[str, object] = new
                ) -> None:
                    await transaction.update(sides[side], stay[side], new)

                await database.transact(rename)
            data = await house.data(QUERY, token=admin)
            told = {"sides": ", ".join(names.values())}
            assert data == {"stays": {"nodes": [{"telling": told}]}}

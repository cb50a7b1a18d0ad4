"""Definitions and rule sets are written once, by whichever process starts first."""

import asyncio
from collections import Counter

from softlanding.host.registry import Registry
from softlanding.predicates import EVERYTHING
from softlanding.testing.house import open_house


async def test_processes_that_start_together_write_each_definition_once(
    database_url: str, registry: Registry
) -> None:
    async def start() -> None:
        async with open_house(database_url=database_url, registry=registry, migrated=True):
            pass

    await asyncio.gather(*(start() for _ in range(4)))
    async with open_house(database_url=database_url, registry=registry, migrated=True) as house:
        rows = house.core.database.rows
        steps = await rows.select("step_definitions", EVERYTHING)
        rule_sets = await rows.select("rule_sets", EVERYTHING)
    assert Counter(step["key"] for step in steps) == Counter(list(registry.steps))
    assert {step["version"] for step in steps} == {1}
    assert Counter(rules["key"] for rules in rule_sets) == Counter(list(registry.rule_sets))
    assert all(row["in_force"] for row in (*steps, *rule_sets))


async def test_a_step_that_no_plugin_declares_any_more_is_not_in_force(
    seeded_url: str, registry: Registry
) -> None:
    without = registry.quarantine("gtec", "away")
    async with open_house(database_url=seeded_url, registry=without, migrated=True) as house:
        steps = await house.core.database.rows.select("step_definitions", EVERYTHING)
        assert {step["plugin"] for step in steps if not step["in_force"]} == {"gtec"}
        assert set(house.core.absent) == {step["key"] for step in steps if not step["in_force"]}
    async with open_house(database_url=seeded_url, registry=registry, migrated=True) as house:
        steps = await house.core.database.rows.select("step_definitions", EVERYTHING)
        assert all(step["in_force"] for step in steps)
        assert {step["version"] for step in steps} == {1}

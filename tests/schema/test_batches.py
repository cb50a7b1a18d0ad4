"""Batches: what the fields of one request wait for together."""

import asyncio

from softlanding.actors import ANONYMOUS
from softlanding.testing.house import House
from softlanding_schema.reads.batches import Batches


async def test_a_field_that_is_called_off_takes_nothing_from_others(seeded: House) -> None:
    """So graphql-core does with the fields beside one that failed."""
    found = await seeded.core.database.rows.by_slug("incubators", "gtec")
    assert found is not None
    batches = Batches(seeded.core, ANONYMOUS, [])
    one, other = (asyncio.create_task(batches.row("incubators", found["id"])) for _ in range(2))
    await asyncio.sleep(0)
    one.cancel()
    assert await other == found
    assert one.cancelled()

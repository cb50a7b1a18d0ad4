"""The bench compares the same answers: a small data set, both databases, no timing."""

import httpx2
from tests.benchmarks import plugin
from tests.benchmarks.answers import require_same_answers
from tests.benchmarks.dataset import fill
from tests.benchmarks.handwritten import open_app
from tests.benchmarks.operations import operations
from tests.benchmarks.rows import SMALL

from softlanding.testing.house import open_house, registry_of


async def test_graphql_and_the_handwritten_endpoints_answer_the_same(database_url: str) -> None:
    registry = registry_of({plugin.KEY: plugin})
    async with open_house(database_url=database_url, registry=registry, migrated=True) as house:
        data = await fill(house.core, SMALL)
        asked = operations(data)
        async with open_app(database_url) as app:
            transport = httpx2.ASGITransport(app=app)
            async with httpx2.AsyncClient(transport=transport, base_url="http://hand") as hand:
                compared = await require_same_answers(
                    house.http, hand, asked, data.tokens, house.core.database.rows, variants=5
                )
    reading = [one for one in asked if one.path != "/apply"]
    assert compared >= len(data.tokens) * len(reading)

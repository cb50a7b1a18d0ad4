"""The operations that reach deeper, by hand: the database writes the JSON, its bytes are sent."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.benchmarks import deep_statements
from tests.benchmarks.engines import Engine, Values
from tests.benchmarks.reading import NOWHERE, place


class DeepReading:
    """The deeper reading operations over one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def network(self, asker: Values, given: Mapping[str, Any]) -> bytes:
        """Answer incubators with start-ups with stays."""
        name, key = place(given.get("after"), "", NOWHERE)
        found = await self._engine.json(
            deep_statements.NETWORK, {**asker, "after_name": name, "after_id": key}
        )
        return b'{"data":{"incubators":{"nodes":[%s]}}}' % _joined(found)

    async def arriving(self, asker: Values, given: Mapping[str, Any]) -> bytes:
        """Answer the stays of start-ups from one country."""
        first = date.fromisoformat(given["from"])
        values = {**asker, "country": given["country"], "first": first}
        found = await self._engine.json(deep_statements.ARRIVING, values)
        return b'{"data":{"stays":{"nodes":[%s]}}}' % _joined(found)

    async def overview(self, asker: Values, given: Mapping[str, Any]) -> bytes:
        """Answer a house and stays, with what the request includes."""
        statement = deep_statements.OVERVIEWS[given["houses"], given["texts"]]
        first = date.fromisoformat(given["from"])
        found = await self._engine.json(statement, {**asker, "slug": given["slug"], "first": first})
        return b'{"data":%s}' % (found[0] or b"null")


def _joined(found: list[bytes | None]) -> bytes:
    return b",".join(one or b"null" for one in found)

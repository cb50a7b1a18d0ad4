"""Two worlds that look the same to one actor, asked the same."""

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.schema.walls.askers import ASKERS, REFERENCE
from tests.schema.walls.hiding import Hiding
from tests.schema.walls.scene import Scenes
from tests.schema.walls.world import World

from softlanding.host.registry import Registry
from softlanding.testing.house import House, open_house

OF_ONE_ANSWER = {"date", "x-request-id"}
"""Headers that differ with every answer."""
_REQUEST_ID = re.compile(rb'"requestId":"[^"]*"')
_MILLISECONDS = re.compile(rb'"milliseconds":[0-9.e-]+')


@dataclass(frozen=True)
class Told:
    """All that an answer tells."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class TwoWorlds:
    """One actor, and two open houses that differ in what they may not see."""

    def __init__(
        self,
        runner: asyncio.Runner,
        houses: Sequence[House],
        worlds: Sequence[World],
        tokens: Mapping[str, str | None],
        who: str,
    ) -> None:
        self.run = runner.run
        self.houses = houses
        self.worlds = worlds
        self.who = who
        self._tokens = tokens
        self._asked = 0

    def ask(self, house: House, who: str, query: str, variables: Mapping[str, Any]) -> Told:
        token = self._tokens[who]
        headers = {"x-softlanding-plan": "1"}
        if token is not None:
            headers["authorization"] = f"Bearer {token}"
        body = {"query": query, "variables": variables}
        answer = self.run(house.http.post("/graphql", json=body, headers=headers))
        told = _MILLISECONDS.sub(b"", _REQUEST_ID.sub(b"", answer.content))
        kept = {name: one for name, one in answer.headers.items() if name not in OF_ONE_ANSWER}
        if len(told) != len(answer.content):
            kept.pop("content-length")
        return Told(answer.status_code, kept, told)

    def same(self, query: str, variables: Mapping[str, Any]) -> None:
        """Ask both, and somebody else in between; the answers are the same to the byte."""
        self._asked += 1
        here, there = self.houses
        if self._asked % 2:
            self.ask(there, REFERENCE, query, variables)
        told = (
            self.ask(here, self.who, query, variables),
            self.ask(there, self.who, query, variables),
        )
        assert told[0] == told[1], (self.who, query, variables, *told)
        assert b'"INTERNAL"' not in told[0].body, (self.who, query, variables, told[0])


@contextmanager
def two_worlds(scenes: Scenes, registry: Registry, engine: str, who: str) -> Iterator[TwoWorlds]:
    """Open a scene, and one that looks the same to somebody."""
    first, tokens = scenes.fresh(engine)
    second, _ = scenes.fresh(engine)
    with asyncio.Runner() as runner:
        contexts = [
            open_house(database_url=url, registry=registry, migrated=True)
            for url in (first, second)
        ]
        houses = [runner.run(one.__aenter__()) for one in contexts]
        try:
            world = runner.run(World.of(houses[0].core.database))
            hiding = Hiding(world, ASKERS[who].actor(world))
            other = hiding.other()
            runner.run(other.restore(houses[1].core.database, world))
            yield TwoWorlds(runner, houses, (world, other), tokens, who)
        finally:
            for context in contexts:
                runner.run(context.__aexit__(None, None, None))

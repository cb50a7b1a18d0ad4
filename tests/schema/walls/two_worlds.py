"""Two worlds that look the same to one actor, asked the same."""

import asyncio
import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson
from tests.schema.walls.askers import ASKERS, REFERENCE
from tests.schema.walls.granted import Granted
from tests.schema.walls.hiding import Hiding, face
from tests.schema.walls.scene import Scenes
from tests.schema.walls.world import World

from softlanding.host.registry import Registry
from softlanding.testing.house import House, open_house

OF_ONE_ANSWER = {"date", "x-request-id"}
"""Headers that differ with every answer."""
_PATIENCE = 5
"""How often a machine that is busy is asked: how busy it is, is no matter of what is hidden."""
_OF_ONE_REQUEST = re.compile(rb'"requestId":"[^"]*"|"milliseconds":[0-9.e-]+,')
_SECRET = re.compile(r"sl[kst]_[\w-]+|whsec_[\w+/=]+|key=[\w-]+")
_ID = re.compile(r'"([\w-]{40,}={0,2})"')
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[.\d]*\+00:00")


@dataclass(frozen=True)
class Told:
    """All that an answer tells."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def difference_to(self, other: "Told") -> str:
        """Tell where two answers part."""
        if self.body == other.body:
            return f"{self.status} {self.headers} is not {other.status} {other.headers}"
        pairs = zip(self.body, other.body, strict=False)
        at = next((place for place, (one, two) in enumerate(pairs) if one != two), 0)
        shown = slice(max(at - 150, 0), at + 150)
        return f"…{self.body[shown].decode()}… is not …{other.body[shown].decode()}…"

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the problems in it."""
        found = orjson.loads(self.body).get("data") or {}
        return frozenset(
            problem["code"]
            for payload in found.values()
            for problem in (payload or {}).get("problems", ())
        )


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
        self._today = houses[0].clock.today()
        stored = str([world.rows for world in worlds])
        self._known = {str(key) for world in worlds for rows in world.rows.values() for key in rows}
        self._moments = set(_MOMENT.findall(stored))

    def token_of(self, who: str) -> str | None:
        return self._tokens[who]

    def ask(
        self,
        house: House,
        who: str,
        query: str,
        variables: Mapping[str, Any],
        *,
        explained: bool = False,
    ) -> Told:
        """Send a document to one of the houses as somebody."""
        token = self._tokens[who]
        headers = {"x-softlanding-plan": "1"} if explained else {}
        if token is not None:
            headers["authorization"] = f"Bearer {token}"
        body = {"query": query, "variables": variables}
        for _ in range(_PATIENCE):
            answer = self.run(house.http.post("/graphql", json=body, headers=headers))
            if b'"UNAVAILABLE"' not in answer.content:
                break
        told = _OF_ONE_REQUEST.sub(b"", answer.content)
        if explained and b'"plan":' in told:
            told = _in_order(told)
        kept = {name: one for name, one in answer.headers.items() if name not in OF_ONE_ANSWER}
        if len(told) != len(answer.content):
            kept.pop("content-length")
        return Told(answer.status_code, kept, told)

    def same(self, query: str, variables: Mapping[str, Any]) -> None:
        """Ask both, and somebody else in between; the answers are the same to the byte.

        Every second time how it was answered is asked too, and nobody asks in between: what is
        kept in memory may be used, but which statements are run depends on it.
        """
        self._asked += 1
        here, there = self.houses
        explained = self._asked % 2 == 0
        if not explained:
            self.ask(there, REFERENCE, query, variables)
        told = self.ask(here, self.who, query, variables, explained=explained)
        also = self.ask(there, self.who, query, variables, explained=explained)
        if not explained:
            self.ask(here, REFERENCE, query, variables)
        assert told == also, (told.difference_to(also), self.who, query, variables)
        assert b'"INTERNAL"' not in told.body, (self.who, query, variables, told)

    def change(self, query: str, variables: Mapping[str, Any]) -> tuple[Told, Told]:
        """Write in both; return what is told, without what differs each time. Then undo it."""
        first, second = (
            self._alike(self.ask(house, self.who, query, variables)) for house in self.houses
        )
        if not (first.codes and second.codes):
            for house, world in zip(self.houses, self.worlds, strict=True):
                now = self.run(World.of(house.core.database))
                self.run(world.restore(house.core.database, now))
                house.clock.move_to(self._today)
        return first, second

    def _alike(self, told: Told) -> Told:
        """Return an answer with new ids, secrets and moments by order of appearance."""
        seen: dict[str, str] = {}

        def named(match: re.Match[str]) -> str:
            try:
                type_name, _, key = urlsafe_b64decode(match[1]).decode().partition(":")
            except ValueError:
                return match[0]
            if key in self._known:
                return match[0]
            return '"' + seen.setdefault(match[1], f"new {type_name} {len(seen)}") + '"'

        body = _ID.sub(named, _SECRET.sub("secret", told.body.decode()))
        body = _MOMENT.sub(lambda at: at[0] if at[0] in self._moments else "now", body)
        headers = {name: one for name, one in told.headers.items() if name != "content-length"}
        return Told(told.status, headers, body.encode())


def _in_order(body: bytes) -> bytes:
    """Return an answer with its statements sorted: those that run together end in any order.

    Where one of them fails and leaves nothing to answer, which others had begun is chance.
    """
    told = orjson.loads(body)
    for name in ("statements", "loaderCalls"):
        found = told["extensions"]["plan"][name]
        told["extensions"]["plan"][name] = [] if told["data"] is None else sorted(found)
    return orjson.dumps(told)


@contextmanager
def two_worlds(
    scenes: Scenes,
    registry: Registry,
    engine: str,
    who: str,
    more: Callable[[World], None] = lambda world: None,
) -> Iterator[TwoWorlds]:
    """Open a scene, and one that looks the same to somebody; `more` changes it further."""
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
            actor = ASKERS[who].actor(world)
            other = Hiding(world, actor).other()
            more(other)
            assert face(Granted(other, actor)) == face(Granted(world, actor))
            runner.run(other.restore(houses[1].core.database, world))
            yield TwoWorlds(runner, houses, (world, other), tokens, who)
        finally:
            for context in contexts:
                runner.run(context.__aexit__(None, None, None))

"""The walk: one scene, asked by everybody, by plans and without them."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tests.schema.walls.account import Account
from tests.schema.walls.askers import ASKERS, REFERENCE
from tests.schema.walls.classified import Classified
from tests.schema.walls.comparing import Comparison
from tests.schema.walls.granted import Granted
from tests.schema.walls.scene import Scenes
from tests.schema.walls.world import World

from softlanding.actors import Actor
from softlanding.host.registry import Registry
from softlanding.testing.house import House, open_house
from softlanding_schema.compose import compose

Answer = dict[str, Any]
PATIENCE = 5
"""How often a database is asked again that was busy: all its connections were, for a second."""
TURNS = 4
"""Every so many askers are asked without plans where there is much to ask."""
NOT_ALLOWED = {"FORBIDDEN", "NOT_FOUND", "UNAUTHENTICATED"}


class Walk:
    """An open scene, what each asker may see of it, and the account of what was asked."""

    def __init__(
        self,
        runner: asyncio.Runner,
        houses: Mapping[str, House],
        tokens: Mapping[str, str | None],
        classified: Classified,
    ) -> None:
        self.run = runner.run
        self.houses = houses
        self.tokens = tokens
        self.classified = classified
        self.account = Account(classified)
        self.today = self.house.core.clock.today()
        self.world = self.run(World.of(self.house.core.database))
        self.actors: Mapping[str, Actor] = {
            name: asker.actor(self.world) for name, asker in ASKERS.items()
        }
        self.granted = {name: Granted(self.world, actor) for name, actor in self.actors.items()}
        self._turn = 0
        self._gone: set[str] = set()
        self._references: dict[tuple[str, str], Answer] = {}

    @property
    def house(self) -> House:
        """The house that answers by plans."""
        return self.houses["planned"]

    def once(self, leg: str, go: "Callable[[Walk], None]") -> None:
        """Go a leg, unless it was gone already."""
        if leg not in self._gone:
            go(self)
            self._gone.add(leg)

    def compared(self, who: str) -> Comparison:
        return Comparison(self.classified, self.account, self.granted[who])

    def ask(self, who: str, way: str, document: str, **variables: Any) -> Answer:
        """Send a document as somebody; `way` is planned or unplanned."""
        self.account.sent(document, variables)
        asked = self.houses[way]
        for _ in range(PATIENCE):
            answer = self.run(asked.ask(document, variables, token=self.tokens[who]))
            if not _is_busy(answer):
                break
        return answer

    def data(self, who: str, way: str, document: str, **variables: Any) -> Answer:
        answer = self.ask(who, way, document, **variables)
        assert "errors" not in answer, (answer["errors"], who, way, document, variables)
        found: Answer = answer["data"]
        return found

    def reference(self, document: str, **variables: Any) -> Answer:
        """Return what the reference is told, once for each document."""
        key = document, repr(variables)
        if key not in self._references:
            self._references[key] = self.data(REFERENCE, "planned", document, **variables)
        return self._references[key]

    def everybody(self) -> Iterator[tuple[str, str]]:
        """Return each asker with each way of answering."""
        for who in ASKERS:
            for way in self.houses:
                yield who, way

    def in_turn(self) -> Iterator[tuple[str, str]]:
        """Return each asker with the plans, and without them those whose turn it is this time."""
        self._turn += 1
        for place, who in enumerate(ASKERS):
            yield who, "planned"
            if (place + self._turn) % TURNS == 0:
                yield who, "unplanned"


def _is_busy(answer: Answer) -> bool:
    errors = answer.get("errors", ())
    return any(error.get("extensions", {}).get("code") == "UNAVAILABLE" for error in errors)


@contextmanager
def walking(scenes: Scenes, registry: Registry, engine: str) -> Iterator[Walk]:
    """Open a scene of its own in one loop."""
    url, tokens = scenes.fresh(engine)
    composed, registry = compose(registry)
    with asyncio.Runner() as runner:
        contexts = {
            way: open_house(
                database_url=url, registry=registry, migrated=True, planned=way == "planned"
            )
            for way in ("planned", "unplanned")
        }
        houses = {name: runner.run(one.__aenter__()) for name, one in contexts.items()}
        try:
            yield Walk(runner, houses, tokens, Classified(composed, registry))
        finally:
            for context in contexts.values():
                runner.run(context.__aexit__(None, None, None))

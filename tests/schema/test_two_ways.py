"""An operation answers the same by its plan and by graphql-core: data byte for byte, and errors."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import httpx2
import orjson
import pytest
from graphql import print_schema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.counts import count
from tests.schema import failing_plugin
from tests.schema.documents import LOCALES, documents
from tests.schema.edge_documents import EDGES

from softlanding.host.registry import Registry
from softlanding.testing.house import House, open_house, registry_of
from softlanding_schema.compose import compose
from tests.conftest import Templates

# graphql-core drops, unawaited, the fields beside one that failed.
pytestmark = pytest.mark.filterwarnings(
    "ignore:coroutine 'GraphQLCoreConverter.from_resolver:RuntimeWarning"
)
KNOWN = """{
  incubators(first: 5) { nodes { id slug } edges { cursor } }
  startups(first: 20) { nodes { id slug } edges { cursor } }
  stays(first: 20) { nodes { id onboarding { steps { id } } } edges { cursor } }
}"""


class TwoWays:
    """One database, asked by plans and without."""

    def __init__(self, runner: asyncio.Runner, planned: House, unplanned: House) -> None:
        self.run = runner.run
        self.planned = planned
        self.unplanned = unplanned
        self.tokens: dict[str, str | None] = {"anonymous": None}

    async def add_people(self) -> None:
        people: dict[str, dict[str, Any]] = {
            "admin": {"admin": True},
            "staff": {"staff_of": ["imt-starter"]},
            "founder": {"founder_of": ["polderlens"]},
            "both": {"founder_of": ["aubaine-reseau"], "staff_of": ["gtec", "crosspring-lab"]},
            "nobody": {},
        }
        for name, rights in people.items():
            self.tokens[name] = await self.planned.person(name, **rights)

    async def known_values(self) -> dict[str, list[str]]:
        data = await self.planned.data(KNOWN, token=self.tokens["admin"])
        ids, slugs, cursors = ["nonsense"], ["no-such-slug"], ["nonsense"]
        for page in data.values():
            cursors += [edge["cursor"] for edge in page["edges"]]
            for node in page["nodes"]:
                ids.append(node["id"])
                slugs += [node["slug"]] if "slug" in node else []
                ids += [step["id"] for step in (node.get("onboarding") or {"steps": []})["steps"]]
        return {"id": ids, "slug": slugs, "after": cursors, "locale": list(LOCALES)}

    async def _answer(
        self, house: House, body: dict[str, Any], headers: dict[str, str]
    ) -> httpx2.Response:
        """Ask, and again where all connections were busy for a second."""
        for _ in range(5):
            answer = await house.http.post("/graphql", json=body, headers=headers)
            if b'"UNAVAILABLE"' not in answer.content:
                break
        return answer

    async def same(self, query: str, variables: dict[str, Any], token: str | None) -> None:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        body = {"query": query, "variables": variables}
        answers = [
            await self._answer(house, body, headers) for house in (self.planned, self.unplanned)
        ]
        ours, theirs = (orjson.loads(answer.content) for answer in answers)
        assert _told(ours) == _told(theirs), (query, variables)
        assert _errors_agree(ours, theirs), (ours, theirs, query, variables)
        if b'"errors"' not in answers[0].content:
            assert answers[0].content == answers[1].content, (query, variables)


Errors: TypeAlias = dict[tuple[str | int, ...], dict[bytes, Any]]


def _told(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer with the places that errors left null instead of the errors."""
    if "errors" not in answer:
        return answer
    return answer | {"errors": sorted(map(str, _errors(answer)))}


def _errors_agree(ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Tell whether each place is null for the same error.

    Where several fields below a place failed, whichever was first is told: that depends on which
    connection answered first, and the specification allows each. The same field tells the same.
    """
    two = _errors(ours), _errors(theirs)
    for place in two[0]:
        here, there = two[0][place], two[1][place]
        if any(here[path] != there[path] for path in here.keys() & there.keys()):
            return False
        if orjson.dumps(place) in here.keys() ^ there.keys():
            return False
    return True


def _errors(answer: dict[str, Any]) -> Errors:
    """Return the errors of an answer, without the id of the request, by place and path."""
    told: Errors = {}
    for error in answer.get("errors", ()):
        error.get("extensions", {}).pop("requestId", None)
        path = tuple(error.get("path") or ())
        place = _null_on(path, answer.get("data"))
        told.setdefault(place, {})[orjson.dumps(path)] = error
    return told


def _null_on(path: tuple[str | int, ...], value: Any) -> tuple[str | int, ...]:
    for depth, key in enumerate(path):
        if value is None:
            return path[:depth]
        value = value[key]
    return path


@contextmanager
def two_ways(registry: Registry, templates: Templates, engine: str) -> Iterator[TwoWays]:
    """Open the demonstration data twice in one loop."""
    url = templates.fresh(engine, seeded=True)
    with asyncio.Runner() as runner:
        contexts = [
            open_house(database_url=url, registry=registry, migrated=True, planned=planned)
            for planned in (True, False)
        ]
        houses = [runner.run(context.__aenter__()) for context in contexts]
        opened = TwoWays(runner, *houses)
        runner.run(opened.add_people())
        yield opened
        for context in reversed(contexts):
            runner.run(context.__aexit__(None, None, None))


@pytest.fixture
def ways(registry: Registry, templates: Templates, engine: str) -> Iterator[TwoWays]:
    """The demonstration data with the plugins of this repository."""
    with two_ways(registry, templates, engine) as opened:
        yield opened


def test_generated_operations_answer_the_same_both_ways(ways: TwoWays, registry: Registry) -> None:
    known = ways.run(ways.known_values())
    schema = compose(registry)[0]._schema  # noqa: SLF001 - the library offers no other way to look
    drawn = documents(schema, print_schema(schema), known)

    @settings(
        max_examples=count("documents both ways"),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(document=drawn, actor=st.sampled_from(sorted(ways.tokens)))
    def every(document: tuple[str, dict[str, Any]], actor: str) -> None:
        ways.run(ways.same(*document, ways.tokens[actor]))

    every()


SIDES = """{
  startups(first: 100) { nodes { name home { slug name summary { value } } } }
  stays(first: 100) {
    nodes { arrival startup { name home { name } } home { name } host { name } }
  }
}"""
EVERY_TYPE = """query($locale: String!, $with: Boolean!) {
  incubators {
    totalCount totalCountIsExact
    edges { cursor node { __typename id slug name country city website languages publicFunding
      stayCapacity projectCapacity demo published revision summary(locale: $locale) { value locale }
    } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
  startups(first: 20) { nodes {
    ...startup @include(if: $with)
    more: summary(locale: "de-AT") { __typename value } registrations { value scheme }
    stays(first: 1) { totalCount nodes { id arrival } pageInfo { endCursor hasNextPage } }
  } }
  stays(first: 20) { nodes {
    id arrival departure days state demo submittedAt goals motivation revision
    travellers { name nationalities } report { summary raised { amount currency } }
    onboarding { __typename steps {
      id key dueOn severity state reason filledBy signedBy after waivedReason overdue shortNotice
      revision title(locale: $locale) { value locale } help { value }
    } }
    startup @skip(if: $with) { name }
    again: onboarding { ready blockedBy { key } earliestArrival criticalPath { actOn }
      steps { verdict { outcome code checkedAt usableOn message(locale: $locale) { value locale }
        facts { name value unit } ruleSet { key } } signatures { party at } answers form
        history { at action } } }
    history { at actor } calendarAddresses { label }
  } }
  viewer { kind name isAdmin today founderOf { name } staffOf { name } }
}
fragment startup on Startup { id slug name country website foundedOn nace trl stage demo published
  revision home { ...incubator } summary(locale: $locale) { value locale } }
fragment incubator on Incubator { __typename name startups(first: 2) { nodes { name } } }
"""


@pytest.mark.parametrize("query", [SIDES, EVERY_TYPE], ids=["sides", "every type"])
@pytest.mark.parametrize("locale", ["en", "fr", "lt", "nl-BE", "xx"])
def test_every_kind_of_value_is_printed_as_graphql_core_prints_it(
    ways: TwoWays, query: str, locale: str
) -> None:
    for token in ways.tokens.values():
        for included in (True, False):
            ways.run(ways.same(query, {"locale": locale, "with": included}, token))


def test_operations_at_the_edges_answer_the_same_both_ways(ways: TwoWays) -> None:
    for query, variables in EDGES.values():
        for token in ways.tokens.values():
            ways.run(ways.same(query, variables, token))


BREAKS = "resolvers that fail"
ODD = {
    "each of a list": "{ incubators { nodes { name failing { name } } } }",
    "lists in lists": """{ incubators { nodes { startups { nodes { name
      again: home { failing { name } } stays { nodes { failing { name } } } } } } } }""",
    "next to what works": """{ startups(first: 20) { nodes { name failing { name times(count: 3)
      next { name next { times } } } home { failing { name } } } } viewer { name } }""",
    BREAKS: "{ startups(first: 20) { nodes { name failing { picky } } } }",
    "one row": '{ incubator(slug: "gtec") { failing { name } name } }',
}


@pytest.fixture
def odd_ways(templates: Templates, engine: str) -> Iterator[TwoWays]:
    """The demonstration data with a plugin that fails."""
    with two_ways(registry_of({"failing": failing_plugin}), templates, engine) as opened:
        yield opened


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.gives_up] if name == BREAKS else []) for name in ODD],
)
def test_failing_plugins_are_told_the_same_both_ways(odd_ways: TwoWays, name: str) -> None:
    for token in odd_ways.tokens.values():
        odd_ways.run(odd_ways.same(ODD[name], {}, token))


def test_a_failing_plugin_nulls_its_own_field_and_is_named_with_the_path(odd_ways: TwoWays) -> None:
    query = "{ incubators(first: 2) { nodes { slug failing { name } } } }"
    answer = odd_ways.run(odd_ways.planned.ask(query))
    failed = {
        "message": "The plugin failing failed: RuntimeError: nothing works",
        "extensions": {"code": "PLUGIN_FAILED", "plugin": "failing"},
        "locations": [{"line": 1, "column": 39}],
    }
    slugs = ("crosspring-lab", "f6s-network")
    assert answer == {
        "data": {"incubators": {"nodes": [{"slug": slug, "failing": None} for slug in slugs]}},
        "errors": [
            {**failed, "path": ["incubators", "nodes", place, "failing"]} for place in (0, 1)
        ],
    }

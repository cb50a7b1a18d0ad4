"""What somebody may not see changes nothing that they are told: not a byte, not a cost.

Two databases differ only in rows and fields that the table of access does not grant to an actor.
The actor asks both the same. Whatever is told otherwise in one of them tells about the other.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any
from uuid import UUID

import orjson
import pytest
from graphql import print_schema
from hypothesis import HealthCheck, settings
from hypothesis import given as drawing
from hypothesis import strategies as st
from strawberry.utils.str_converters import to_camel_case
from tests.counts import TORTURE, count
from tests.schema.documents import LOCALES, documents
from tests.schema.walls.askers import ASKERS, REFERENCE
from tests.schema.walls.cases import Case, Cases
from tests.schema.walls.changing import STEPS, document_of, examples_of
from tests.schema.walls.classified import Classified
from tests.schema.walls.lists import lists_of
from tests.schema.walls.reading import pages
from tests.schema.walls.scene import Scenes
from tests.schema.walls.selections import Selections, connection, in_parts, printed
from tests.schema.walls.two_worlds import TwoWorlds, two_worlds
from tests.schema.walls.wheres import Filters, Given
from tests.schema.walls.world import World

from softlanding.access import FIELDS
from softlanding.host.registry import Registry
from softlanding.storage.tables import Row
from softlanding_schema.compose import compose
from softlanding_schema.reads.global_ids import encode
from tests.conftest import ENGINES

# graphql-core drops, unawaited, the fields beside one that failed.
pytestmark = pytest.mark.filterwarnings(
    "ignore:coroutine 'GraphQLCoreConverter.from_resolver:RuntimeWarning"
)
Operation = tuple[str, Mapping[str, Any]]


@pytest.fixture(scope="session")
def classified(registry: Registry) -> Classified:
    """The schema with all plugins of this repository."""
    return Classified(*compose(registry))


# Under torture each on both databases, otherwise one after the other on one and the other.
_BOTH = list(product(ENGINES, ASKERS))
_ONE = [(ENGINES[place % len(ENGINES)], who) for place, who in enumerate(ASKERS)]


@pytest.fixture(scope="module", params=_BOTH if TORTURE else _ONE, ids="-".join)
def two(request: pytest.FixtureRequest, scenes: Scenes, registry: Registry) -> Iterator[TwoWorlds]:
    """Two worlds that look the same to each asker in turn; whoever writes undoes it."""
    engine, who = request.param
    with two_worlds(scenes, registry, engine, who) as opened:
        yield opened


def _selections(two: TwoWorlds, classified: Classified) -> Selections:
    found = [pages(classified, world) for world in two.worlds]
    return Selections(classified, {place: max(one[place] for one in found) for place in found[0]})


def test_every_field_of_every_type_is_told_the_same(two: TwoWorlds, classified: Classified) -> None:
    selected = _selections(two, classified)
    for type_name in classified.nodes:
        way = selected.way_to(type_name)
        for part in in_parts([way.to(path) for path in selected.of(type_name)]):
            two.same(f"{{ {printed([*way.names(), *part])} }}", {})
    two.same(f"{{ viewer {{ {printed(selected.of('Viewer'))} }} }}", {})


def _known(two: TwoWorlds, classified: Classified) -> dict[str, list[str]]:
    """Return values of both worlds by the argument that takes them; some are of hidden rows."""
    ids, slugs, cursors = ["nonsense"], ["no-such-slug"], ["nonsense"]
    for world in two.worlds:
        for type_name, table in classified.row_types.items():
            ids += [encode(type_name, row["id"]) for row in world.all(table)]
        slugs += [row["slug"] for table in ("incubators", "startups") for row in world.all(table)]
    query = " ".join(
        f"{one.field}(first: 100) {{ edges {{ cursor }} }}"
        for one in lists_of(classified)
        if one.parent == "Query"
    )
    for house in two.houses:
        told = two.run(house.ask(f"{{ {query} }}", token=two.token_of(REFERENCE)))
        cursors += [edge["cursor"] for page in told["data"].values() for edge in page["edges"]]
    # In an order that is the same each time, whatever the keys are.
    dice = random.Random(7)
    return {
        "id": dice.sample(ids, min(len(ids), 200)),
        "slug": slugs,
        "after": cursors,
        "before": cursors,
        "locale": list(LOCALES),
    }


def _compared(two: TwoWorlds) -> dict[str, list[str]]:
    """Return values of columns in both worlds, for filters."""
    columns = ("slug", "name", "country", "city", "website", "nace")
    found: dict[str, set[str]] = {column: set() for column in columns}
    for world in two.worlds:
        for table in ("incubators", "startups"):
            for row in world.all(table):
                for column in columns:
                    if row.get(column) is not None:
                        found[column].add(row[column])
    return {column: sorted(values) for column, values in found.items()}


def _filtered(two: TwoWorlds, classified: Classified) -> list[Operation]:
    """Return lists with filters of every column, compared with values of both worlds."""
    filters = Filters(classified)
    operations: list[Operation] = []
    for which in lists_of(classified):
        if which.parent != "Query":
            continue
        paths = [path.below(f"{which.field}(first: 3, where: $where)") for path in connection(3)]
        query = f"query($where: {which.type_name}Where) {{ {printed(paths)} }}"
        for world in two.worlds:
            for case in (
                *filters.of_columns(world, which.type_name),
                *filters.of_relations(world, which.type_name, 2),
            ):
                operations.append((query, {"where": case}))
    return operations


def test_filters_by_fields_that_not_everybody_reads_are_answered_the_same(
    two: TwoWorlds, classified: Classified
) -> None:
    restricted = {to_camel_case(name) for fields in FIELDS.values() for name in fields}
    for query, variables in _filtered(two, classified):
        if not restricted.isdisjoint(variables["where"]):
            two.same(query, variables)


def test_generated_operations_are_answered_the_same(two: TwoWorlds, classified: Classified) -> None:
    schema = classified.schema
    known, compared = _known(two, classified), _compared(two)
    drawn = documents(schema, print_schema(schema), known, compared)

    @settings(
        max_examples=count("operations in two worlds") // len(ASKERS) + 1,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @drawing(operation=drawn | st.sampled_from(_filtered(two, classified)))
    def every(operation: Operation) -> None:
        two.same(*operation)

    every()


DISCLOSED = {"HOST_FULL", "OVERLAPPING_STAY", "SLUG_TAKEN"}
"""What a write discloses of hidden rows, as `softlanding.access` says."""


def _cases(two: TwoWorlds, classified: Classified) -> Iterator[Case]:
    """Return cases of each mutation, with the rows of both worlds."""
    (here, _), (first, second) = two.houses, two.worlds
    told = two.run(here.ask(STEPS, token=two.token_of(REFERENCE)))["data"]
    examples = dict(examples_of(classified, told))
    mutation = classified.schema.mutation_type
    assert mutation is not None
    turn = sorted(ASKERS).index(two.who)
    for name in mutation.fields:
        cases = Cases(first, examples).of(name)
        # From administrators nothing is hidden but secrets.
        yield from cases[: 1 if ASKERS[two.who].admin else 2]
        # Of many there are others for each asker.
        yield from cases[2:][turn % 5 :: 5][:2]
    yield from _of_new_rows(first, second)


def _of_new_rows(first: World, second: World) -> Iterator[Case]:
    """Return a case of each row that is there in one of the worlds only."""
    for mutation, type_name, table in (
        ("publishIncubator", "Incubator", "incubators"),
        ("publishStartup", "Startup", "startups"),
        ("withdrawStay", "Stay", "stays"),
        ("revokeApiKey", "ApiKey", "tokens"),
        ("revokeToken", "AccessToken", "tokens"),
        ("revokeInvitation", "Invitation", "invitations"),
        ("revokeSession", "Session", "sessions"),
        ("revokeCalendarAddress", "CalendarAddress", "calendar_addresses"),
        ("removeMember", "Membership", "memberships"),
    ):
        for key in first.rows[table].keys() ^ second.rows[table].keys():
            assert isinstance(key, UUID)
            yield Case(mutation, "", {"id": encode(type_name, key)})


def test_mutations_are_answered_the_same_but_for_what_is_disclosed(
    two: TwoWorlds, classified: Classified
) -> None:
    selected = _selections(two, classified)
    for place, case in enumerate(_cases(two, classified)):
        query = document_of(classified, selected, case.mutation)
        # A third of them are only tried.
        tried = {"dryRun": True} if place % 3 == 2 else {}
        told, also = two.change(query, {"input": {**case.given, **tried}})
        if told != also:
            parts = told.difference_to(also)
            assert (told.codes ^ also.codes) & DISCLOSED, (parts, two.who, case)


ARRIVAL, DEPARTURE = date(2029, 5, 7), date(2029, 6, 3)


def _stay_of_havelwerk(world: World, state: str) -> Row:
    startup = world.one("startups", slug="havelwerk-3d")
    return world.one("stays", startup_id=startup["id"], state=state)


def _with_stay(world: World, columns: Row, host: str) -> None:
    """Add an accepted stay, which only its own parties see."""
    key = UUID("0192f0a0-0000-7000-8000-00000000cafe")
    place = {"host_id": world.one("incubators", slug=host)["id"]}
    world.rows["stays"][key] = {**columns, **place, "id": key, "state": "ACCEPTED"}


def _takes_the_last_desk(world: World) -> None:
    startup = world.one("startups", slug="polderlens")
    stay = world.one("stays", startup_id=startup["id"])
    _with_stay(world, {**stay, "arrival": ARRIVAL, "departure": DEPARTURE}, "imt-starter")


def _travels_elsewhere(world: World) -> None:
    _with_stay(world, _stay_of_havelwerk(world, "IN_REVIEW"), "startup-division")


def _moved(world: World) -> Given:
    stay = _stay_of_havelwerk(world, "ACCEPTED")
    days = {"arrival": ARRIVAL.isoformat(), "departure": DEPARTURE.isoformat()}
    return {"id": encode("Stay", stay["id"]), **days}


def _accepted(world: World) -> Given:
    return {"id": encode("Stay", _stay_of_havelwerk(world, "IN_REVIEW")["id"])}


def _with_a_hidden_slug(world: World) -> Given:
    home = encode("Incubator", world.one("incubators", slug="gtec")["id"])
    return {"home": home, "slug": "plume-sante", "name": "New", "country": "DE"}


# Who is told, what makes the worlds differ, what is sent, and what is told in one of them only.
TOLD: Mapping[str, tuple[str, Callable[[World], None], str, Callable[[World], Given], str]] = {
    "HOST_FULL": (
        "founder",
        _takes_the_last_desk,
        "updateStay",
        _moved,
        "The host is full on 2029-05-07: 1 of 1 desks are taken.",
    ),
    "OVERLAPPING_STAY": (
        "host",
        _travels_elsewhere,
        "acceptStay",
        _accepted,
        "The start-up already has a stay from 2027-11-01 to 2027-11-28.",
    ),
    "SLUG_TAKEN": (
        "home",
        lambda world: None,
        "createStartup",
        _with_a_hidden_slug,
        "The slug plume-sante is taken.",
    ),
}


@pytest.mark.parametrize("code", sorted(DISCLOSED))
def test_what_a_write_discloses_is_disclosed_in_the_least_words(
    code: str, scenes: Scenes, registry: Registry, engine: str
) -> None:
    who, differ, mutation, given, message = TOLD[code]
    query = (
        f"mutation($input: {mutation[0].upper()}{mutation[1:]}Input!)"
        f" {{ {mutation}(input: $input) {{ problems {{ code message }} }} }}"
    ).replace("AcceptStayInput", "MoveStayInput")
    with two_worlds(scenes, registry, engine, who, differ) as two:
        told = two.change(query, {"input": given(two.worlds[0])})
    problems = [orjson.loads(one.body)["data"][mutation]["problems"] for one in told]
    assert sorted(problems, key=len) == [[], [{"code": code, "message": message}]]

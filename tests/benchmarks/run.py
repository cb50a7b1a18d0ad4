"""One database measured: its data sets, its servers, every operation at every side."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import plugin, servers
from tests.benchmarks.answers import graphql_body, handwritten_body
from tests.benchmarks.comparing import compare, require_way
from tests.benchmarks.databases import databases
from tests.benchmarks.dataset import Dataset, build, stand_under_all
from tests.benchmarks.figures import (
    BY_HAND,
    PLANNED,
    UNPLANNED,
    WITH_FIELD,
    Figures,
    Measured,
    grown,
)
from tests.benchmarks.measure import Load, Side, measure, requests_for
from tests.benchmarks.operations import Operation, operations, with_plugin_field
from tests.benchmarks.options import scales, wanted
from tests.benchmarks.rows import FULL
from tests.benchmarks.servers import Server
from tests.benchmarks.starting import measure_starting

from softlanding.storage import migrate
from softlanding.storage.engines import Dialect

Tell = Callable[[str], None]


@dataclass(frozen=True)
class _Place:
    """One data set, its operations by name, and the product that serves it."""

    url: str
    data: Dataset
    asked: Mapping[str, Operation]
    server: Server

    def side(self, operation: str, *, seldom: bool = False) -> Side:
        """Return what the product is asked there for an operation."""
        return _graphql(self.server, self.asked[operation], self.data, seldom=seldom)


def run(load: Load, dialect: Dialect, folder: Path, tell: Tell) -> Measured:
    """Measure one database; `tell` is told how far it is."""
    # An SQLite database is served by one process, so graphql-core gets its own.
    wanted_sizes = {UNPLANNED: 1} | {grown(scale): scale for scale in scales()}
    names = [f"bench{number}" for number in range(len(wanted_sizes))]
    with databases(dialect, folder, [*names, "empty"]) as (*urls, empty):
        built: dict[str, tuple[str, Dataset]] = {}
        for (side, scale), url in zip(wanted_sizes.items(), urls, strict=True):
            tell(f"{dialect}: building the data set x{scale}")
            built[side] = url, asyncio.run(build(url, FULL.times(scale)))
        with _serving(built, folder) as places:
            tell(f"{dialect}: comparing the answers")
            compared = sum(_compare(places[side], side, folder) for side in (PLANNED, UNPLANNED))
            figures, field = [], None
            with servers.handwritten(places[PLANNED].url, folder) as handwritten:
                for operation in places[PLANNED].asked.values():
                    tell(f"{dialect}: {operation.name}")
                    figures.append(_measure(load, operation, places, handwritten))
                    if operation.path == "/hosted":
                        field = _measure_field(load, operation, places[PLANNED])
        tell(f"{dialect}: starting")
        url, data = built[PLANNED]
        asyncio.run(stand_under_all(url))
        asyncio.run(migrate.apply(empty))
        starting = measure_starting(load, url, empty, folder, _asked(data), data)
    return Measured(
        dialect=dialect,
        scales=scales(),
        compared=compared,
        operations=figures,
        field=field,
        starting=starting,
    )


def _asked(data: Dataset) -> list[Operation]:
    return [operation for operation in operations(data) if wanted(operation.key)]


@contextmanager
def _serving(
    built: Mapping[str, tuple[str, Dataset]], folder: Path
) -> Iterator[Mapping[str, _Place]]:
    with ExitStack() as stack:
        places = {}
        for side, (url, data) in built.items():
            product = servers.product(url, folder, plugins=plugin.KEY, planned=side != UNPLANNED)
            asked = {operation.name: operation for operation in _asked(data)}
            places[side] = _Place(url, data, asked, stack.enter_context(product))
        yield places


def _compare(place: _Place, side: str, folder: Path) -> int:
    asked = list(place.asked.values())
    require_way(place.server, side, asked, place.data)
    with servers.handwritten(place.url, folder) as handwritten:
        return asyncio.run(compare(place.url, place.server, handwritten, asked, place.data))


def _measure(
    load: Load, operation: Operation, places: Mapping[str, _Place], handwritten: Server
) -> Figures:
    """Measure one operation at every side; what writes, over the first data set alone."""
    token = places[PLANNED].data.tokens[operation.actor]
    by_hand = requests_for(operation.path, operation, token, handwritten_body)
    sides = {
        PLANNED: places[PLANNED].side(operation.name),
        BY_HAND: Side(handwritten, by_hand),
        UNPLANNED: places[UNPLANNED].side(operation.name, seldom=True),
    }
    if not operation.writes:
        for name in (name for name in places if name not in sides):
            sides[name] = places[name].side(operation.name)
    return measure(load, operation.name, sides)


def _measure_field(load: Load, hosted: Operation, place: _Place) -> Figures:
    """Measure what one field of a plugin adds."""
    more = with_plugin_field(hosted)
    require_way(place.server, PLANNED, [more], place.data)
    plain = _graphql(place.server, hosted, place.data)
    return measure(
        load, more.name, {PLANNED: plain, WITH_FIELD: _graphql(place.server, more, place.data)}
    )


def _graphql(server: Server, operation: Operation, data: Dataset, *, seldom: bool = False) -> Side:
    token = data.tokens[operation.actor]
    return Side(server, requests_for("/graphql", operation, token, graphql_body), seldom)

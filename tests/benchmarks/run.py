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

from softlanding.storage.engines import Dialect

Tell = Callable[[str], None]


@dataclass(frozen=True)
class _Size:
    """One data set, and the product that serves it."""

    data: Dataset
    asked: Mapping[str, Operation]
    server: Server

    def side(self, name: str) -> Side:
        return _graphql(self.server, self.asked[name], self.data)


def run(load: Load, dialect: Dialect, folder: Path, tell: Tell) -> Measured:
    """Measure one database; `tell` is told how far it is."""
    names = [f"bench{scale}" for scale in scales()]
    with databases(dialect, folder, names) as found:
        urls = dict(zip(scales(), found, strict=True))
        data: dict[int, Dataset] = {}
        for scale, url in urls.items():
            tell(f"{dialect}: building the data set ×{scale}")
            data[scale] = asyncio.run(build(url, FULL.times(scale)))
        asked = _asked(data[1])
        with (
            _serving(urls, data, folder) as sizes,
            servers.product(urls[1], folder, plugins=plugin.KEY, planned=False) as unplanned,
            servers.handwritten(urls[1], folder) as handwritten,
        ):
            tell(f"{dialect}: comparing the answers")
            compared = 0
            for side, server in ((PLANNED, sizes[1].server), (UNPLANNED, unplanned)):
                require_way(server, side, asked, data[1])
                compared += asyncio.run(compare(urls[1], server, handwritten, asked, data[1]))
            figures, field = [], None
            for operation in asked:
                tell(f"{dialect}: {operation.name}")
                figures.append(_measure(load, operation, sizes, unplanned, handwritten))
                if operation.path == "/hosted":
                    field = _measure_field(load, operation, sizes[1])
        tell(f"{dialect}: starting")
        asyncio.run(stand_under_all(urls[1]))
        starting = measure_starting(load, urls[1], folder, asked, data[1])
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
    urls: Mapping[int, str], data: Mapping[int, Dataset], folder: Path
) -> Iterator[Mapping[int, _Size]]:
    with ExitStack() as stack:
        yield {
            scale: _Size(
                data[scale],
                {operation.name: operation for operation in _asked(data[scale])},
                stack.enter_context(servers.product(url, folder, plugins=plugin.KEY)),
            )
            for scale, url in urls.items()
        }


def _measure(
    load: Load,
    operation: Operation,
    sizes: Mapping[int, _Size],
    unplanned: Server,
    handwritten: Server,
) -> Figures:
    """Measure one operation at every side; what writes, over the first data set alone."""
    data = sizes[1].data
    token = data.tokens[operation.actor]
    by_hand = requests_for(operation.path, operation, token, handwritten_body)
    sides = {
        PLANNED: sizes[1].side(operation.name),
        BY_HAND: Side(handwritten, by_hand),
        UNPLANNED: _graphql(unplanned, operation, data, seldom=True),
    }
    if not operation.writes:
        sides |= {grown(scale): size.side(operation.name) for scale, size in sizes.items()}
    return measure(load, operation.name, sides)


def _measure_field(load: Load, hosted: Operation, size: _Size) -> Figures:
    """Measure what one field of a plugin adds."""
    more = with_plugin_field(hosted)
    require_way(size.server, PLANNED, [more], size.data)
    plain = _graphql(size.server, hosted, size.data)
    return measure(
        load, more.name, {PLANNED: plain, WITH_FIELD: _graphql(size.server, more, size.data)}
    )


def _graphql(server: Server, operation: Operation, data: Dataset, *, seldom: bool = False) -> Side:
    token = data.tokens[operation.actor]
    return Side(server, requests_for("/graphql", operation, token, graphql_body), seldom)

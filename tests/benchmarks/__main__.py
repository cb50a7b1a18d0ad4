"""`make bench`: the product against hand-written endpoints of the same answers.

For each database: build the data set, see that both servers answer the same, measure, print.
There is no pass or fail; BENCH_SECONDS shortens the rounds.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

import httpx2
from tests.benchmarks import plugin, servers
from tests.benchmarks.answers import require_same_answers
from tests.benchmarks.databases import database
from tests.benchmarks.dataset import Dataset, build
from tests.benchmarks.measure import Load, loading, measure
from tests.benchmarks.operations import Operation, operations
from tests.benchmarks.report import Report, heading, markdown
from tests.benchmarks.rows import FULL
from tests.benchmarks.servers import Server
from tests.benchmarks.starting import measure_starting

from softlanding.storage.database import Database
from softlanding.storage.engines import Dialect

_DIALECTS: tuple[Dialect, ...] = ("sqlite", "postgresql")
_VARIANTS = 4


def bench(load: Load, dialect: Dialect, folder: Path) -> Report:
    """Measure one database."""
    with database(dialect, folder) as url:
        _tell(f"{dialect}: building the data set")
        data = asyncio.run(build(url, FULL))
        asked = operations(data)
        with (
            servers.product(url, folder, plugins=plugin.KEY) as product,
            servers.handwritten(url, folder) as handwritten,
        ):
            _tell(f"{dialect}: comparing the answers")
            compared = asyncio.run(_compare(url, product, handwritten, asked, data))
            figures = []
            for operation in asked:
                _tell(f"{dialect}: {operation.name}")
                token = data.tokens[operation.actor]
                figures.append(measure(load, product, handwritten, operation, token))
            megabytes = product.megabytes, handwritten.megabytes
        _tell(f"{dialect}: starting")
        heaviest = next(one for one in asked if one.path == "/stays")
        starting = measure_starting(load, url, folder, heaviest, data.tokens[heaviest.actor])
    return Report(
        dialect=dialect,
        compared=compared,
        figures=figures,
        product_megabytes=megabytes[0],
        handwritten_megabytes=megabytes[1],
        starting=starting,
    )


async def _compare(
    url: str, product: Server, handwritten: Server, asked: list[Operation], data: Dataset
) -> int:
    source = Database(url)
    await source.open()
    try:
        async with (
            httpx2.AsyncClient(base_url=product.address) as ours,
            httpx2.AsyncClient(base_url=handwritten.address) as theirs,
        ):
            return await require_same_answers(
                ours, theirs, asked, data.tokens, source.rows, variants=_VARIANTS
            )
    finally:
        await source.close()


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    """Measure both databases and print."""
    print(heading(), end="\n\n")
    with loading() as load:
        for dialect in _DIALECTS:
            with tempfile.TemporaryDirectory() as folder:
                print(markdown(bench(load, dialect, Path(folder))), flush=True)


if __name__ == "__main__":
    main()

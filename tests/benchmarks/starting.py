"""What the whole product costs before and after its first answers, with all plugins."""

import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import httpx2
from tests.benchmarks.answers import graphql_body, headers
from tests.benchmarks.dataset import Dataset
from tests.benchmarks.figures import Starting
from tests.benchmarks.measure import Load, requests_for
from tests.benchmarks.operations import Operation
from tests.benchmarks.options import SECONDS
from tests.benchmarks.servers import Server, product, python

_STARTS = 3


def measure_starting(
    load: Load,
    database_url: str,
    empty_url: str,
    folder: Path,
    operations: Sequence[Operation],
    data: Dataset,
) -> Starting:
    """Start the product a few times, and put it under load the last time.

    Without plugins it serves an empty database: where there are stays, their steps would all be
    worked out anew because their plugin is gone.
    """
    reading = [operation for operation in operations if not operation.writes]
    memory, waited = {}, []
    with python("", folder) as interpreter:
        memory["interpreter"] = interpreter.megabytes
    with python("import softlanding_schema.cli", folder) as imported:
        memory["imports of the product"] = imported.megabytes
    with product(empty_url, folder, plugins="") as alone:
        memory["serving, without plugins"] = alone.megabytes
    for number in range(_STARTS):
        with product(database_url, folder) as server:
            serving = server.megabytes
            _ask(server, reading[0], data.tokens[reading[0].actor])
            waited.append(time.perf_counter() - server.began)
            if number == _STARTS - 1:
                memory["serving, with all plugins"] = serving
                memory["after the first answer"] = server.megabytes
                for operation in reading:
                    token = data.tokens[operation.actor]
                    requests = requests_for("/graphql", operation, token, graphql_body)
                    load(server, requests, SECONDS)
                memory["after load"] = server.megabytes
    return Starting(seconds=median(waited), memory=memory)


def _ask(server: Server, operation: Operation, token: str | None) -> None:
    answer = httpx2.post(
        f"{server.address}/graphql",
        content=graphql_body(operation, operation.variables[0]),
        headers=headers(token),
    )
    assert "errors" not in answer.json(), answer.text

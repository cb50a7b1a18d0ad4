"""What the whole product costs before and after its first answers, with all plugins."""

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx2
from tests.benchmarks.answers import graphql_body, headers
from tests.benchmarks.measure import SECONDS, Load, requests_for
from tests.benchmarks.operations import Operation
from tests.benchmarks.servers import product

_STARTS = 3


@dataclass(frozen=True)
class Starting:
    """Seconds from starting the process to its first answer; resident memory in megabytes."""

    seconds: float
    fresh: float
    loaded: float


def measure_starting(
    load: Load, database_url: str, folder: Path, operation: Operation, token: str | None
) -> Starting:
    """Start the product a few times, and put it under load the last time."""
    waited, fresh, loaded = [], 0.0, 0.0
    for number in range(_STARTS):
        with product(database_url, folder) as server:
            answer = httpx2.post(
                f"{server.address}/graphql",
                content=graphql_body(operation, operation.variables[0]),
                headers=headers(token),
            )
            waited.append(time.perf_counter() - server.began)
            assert "errors" not in answer.json(), answer.text
            fresh = server.megabytes
            if number == _STARTS - 1:
                requests = requests_for("/graphql", operation, token, graphql_body)
                load(server, requests, SECONDS)
                loaded = server.megabytes
    return Starting(seconds=median(waited), fresh=fresh, loaded=loaded)

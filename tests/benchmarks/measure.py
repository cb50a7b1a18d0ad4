"""Rounds of load at several servers in turns, so that a slow minute hits all of them."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from tests.benchmarks.answers import headers
from tests.benchmarks.figures import Figures, Round
from tests.benchmarks.operations import Operation
from tests.benchmarks.options import CONNECTIONS, ROUNDS, SECONDS
from tests.benchmarks.servers import Server

_WARM_UP = 0.25

Load = Callable[[Server, Sequence[str], float], Mapping[str, float]]
"""Sends requests to a server for some seconds; returns how many were answered in how many."""


@dataclass(frozen=True)
class Side:
    """One of the servers that are compared, and what it is asked.

    `seldom` leaves every second round out: for a figure that nothing depends on.
    """

    server: Server
    requests: Sequence[str]
    seldom: bool = False


@contextmanager
def loading() -> Iterator[Load]:
    """Start the process that sends the load."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.load"],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        source, sink = process.stdout, process.stdin

        def load(server: Server, requests: Sequence[str], seconds: float) -> Mapping[str, float]:
            job: dict[str, Any] = {"port": server.port, "seconds": seconds}
            job |= {"connections": CONNECTIONS, "requests": list(requests)}
            sink.write(orjson.dumps(job) + b"\n")
            sink.flush()
            told: dict[str, Any] = orjson.loads(source.readline())
            if "error" in told:
                raise RuntimeError(f"{server.address}: {told['error']}")
            return told

        yield load
        sink.close()


def measure(load: Load, operation: str, sides: Mapping[str, Side]) -> Figures:
    """Return the figures of an operation, by side."""
    for side in sides.values():
        load(side.server, side.requests, min(_WARM_UP, SECONDS))
    rounds: dict[str, list[Round]] = {name: [] for name in sides}
    for number in range(ROUNDS):
        for name, side in sides.items():
            if side.seldom and number % 2:
                continue
            before = side.server.cpu_seconds
            told = load(side.server, side.requests, SECONDS)
            used = (side.server.cpu_seconds - before) * 1000 / told["answered"]
            rounds[name].append(Round(told["answered"] / told["seconds"], used))
    return Figures(operation, rounds)


def requests_for(
    path: str,
    operation: Operation,
    token: str | None,
    body: Callable[[Operation, Mapping[str, Any]], bytes],
) -> list[str]:
    """Return whole HTTP requests, one for each variant."""
    made = []
    for variables in operation.variables:
        content = body(operation, variables).decode()
        lines = [f"POST {path} HTTP/1.1", "host: 127.0.0.1"]
        lines += [f"{name}: {value}" for name, value in headers(token).items()]
        lines.append(f"content-length: {len(content.encode())}")
        made.append("\r\n".join([*lines, "", content]))
    return made

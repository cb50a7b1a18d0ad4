"""Rounds of load, first one server and then the other, so that a slow minute hits both."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import orjson
from tests.benchmarks.answers import graphql_body, handwritten_body, headers
from tests.benchmarks.operations import Operation
from tests.benchmarks.servers import Server

CONNECTIONS = 16
ROUNDS = 5
# Seconds of one round; fewer make a smoke run, whose figures mean nothing.
SECONDS = float(os.environ.get("BENCH_SECONDS", "1.0"))
_WARM_UP = 0.25

Load = Callable[[Server, Sequence[str], float], Mapping[str, float]]
"""Sends requests to a server for some seconds; returns how many were answered in how many."""


@dataclass(frozen=True)
class Round:
    """Figures of one server in one round."""

    per_second: float
    cpu_milliseconds: float


@dataclass(frozen=True)
class Figures:
    """Figures of one operation at both servers, round by round."""

    operation: str
    product: Sequence[Round]
    handwritten: Sequence[Round]

    @property
    def ratio(self) -> float:
        """Requests per second of the product against the hand-written server."""
        return _middle(self.product).per_second / _middle(self.handwritten).per_second

    @property
    def ratios(self) -> Sequence[float]:
        """The same, for each pair of rounds that followed each other."""
        pairs = zip(self.product, self.handwritten, strict=True)
        return [ours.per_second / theirs.per_second for ours, theirs in pairs]

    @property
    def medians(self) -> tuple[Round, Round]:
        """The medians of the product and of the hand-written server."""
        return _middle(self.product), _middle(self.handwritten)


def _middle(rounds: Sequence[Round]) -> Round:
    return Round(
        per_second=median(one.per_second for one in rounds),
        cpu_milliseconds=median(one.cpu_milliseconds for one in rounds),
    )


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


def measure(
    load: Load,
    product: Server,
    handwritten: Server,
    operation: Operation,
    token: str | None,
) -> Figures:
    """Return the figures of an operation."""
    ours = requests_for("/graphql", operation, token, graphql_body)
    theirs = requests_for(operation.path, operation, token, handwritten_body)
    sides = ((product, ours), (handwritten, theirs))
    for server, requests in sides:
        load(server, requests, min(_WARM_UP, SECONDS))
    rounds: tuple[list[Round], list[Round]] = ([], [])
    for _ in range(ROUNDS):
        for (server, requests), kept in zip(sides, rounds, strict=True):
            before = server.cpu_seconds
            told = load(server, requests, SECONDS)
            used = (server.cpu_seconds - before) * 1000 / told["answered"]
            kept.append(Round(told["answered"] / told["seconds"], used))
    return Figures(operation.name, *rounds)


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

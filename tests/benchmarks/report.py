"""The figures as Markdown, to be read in a terminal or pasted into a document."""

import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.benchmarks.measure import CONNECTIONS, ROUNDS, SECONDS, Figures
from tests.benchmarks.servers import log_level
from tests.benchmarks.starting import Starting

from softlanding.storage.engines import Dialect

_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that was measured over one database. Memory is resident, in megabytes, after load."""

    dialect: Dialect
    compared: int
    figures: Sequence[Figures]
    product_megabytes: float
    handwritten_megabytes: float
    starting: Starting


def heading() -> str:
    """Return what the figures depend on."""
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, one worker a server,"
        f" {CONNECTIONS} connections, medians of {ROUNDS} rounds of {SECONDS:g} s, interleaved;"
        f" the product's log level is {log_level()}. CPU is that of the server process, without"
        " the database's own."
    )


def markdown(report: Report) -> str:
    """Return the figures of one database."""
    lines = [
        f"### {_NAMES[report.dialect]}",
        "",
        f"{report.compared} answers compared first: all equal.",
        "",
        "| operation | ours req/s | by hand req/s | ratio | rounds | ours CPU ms | by hand |",
        "|---|--:|--:|--:|--:|--:|--:|",
        *(_line(figures) for figures in report.figures),
        "",
        "| | |",
        "|---|--:|",
        *(f"| {name} | {value} |" for name, value in _costs(report)),
        "",
    ]
    return "\n".join(lines)


def _costs(report: Report) -> Iterator[tuple[str, str]]:
    starting = report.starting
    yield "resident memory after load, the bench's plugin only", _mb(report.product_megabytes)
    yield "resident memory of the hand-written server", _mb(report.handwritten_megabytes)
    yield "all plugins: `softlanding serve` to its first answer", f"{starting.seconds:.2f} s"
    yield "all plugins: resident memory after the first answer", _mb(starting.fresh)
    yield "all plugins: resident memory after load", _mb(starting.loaded)


def _mb(megabytes: float) -> str:
    return f"{megabytes:.0f} MB"


def _line(figures: Figures) -> str:
    ours, theirs = figures.medians
    low, high = min(figures.ratios), max(figures.ratios)
    return (
        f"| {figures.operation} | {ours.per_second:,.0f} | {theirs.per_second:,.0f}"
        f" | {figures.ratio:.2f} | {low:.2f} to {high:.2f}"
        f" | {ours.cpu_milliseconds:.2f} | {theirs.cpu_milliseconds:.2f} |"
    )

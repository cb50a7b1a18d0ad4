"""The figures as Markdown, to be read in a terminal and kept in RESULTS.md."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.benchmarks import targets
from tests.benchmarks.figures import BY_HAND, PLANNED, Figures, Measured

_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """What the figures depend on."""

    day: str
    version: str
    cores: int | None
    python: str
    connections: int
    rounds: int
    seconds: float
    log_level: str


def markdown(conditions: Conditions, databases: Sequence[Measured]) -> str:
    """Return the whole report: the targets, then each database in figures."""
    return "\n".join([*_heading(conditions), *_targets(databases), *_details(databases)])


def _heading(told: Conditions) -> Iterator[str]:
    yield "# Results of `make bench`"
    yield ""
    yield f"{told.day}, version {told.version}, {told.cores} cores, Python {told.python}."
    yield f"One worker a server, {told.connections} connections, all servers in turns:"
    yield f"medians of {told.rounds} rounds of {told.seconds:g} s, those of graphql-core fewer."
    yield f"The product's log level is {told.log_level}."
    yield "CPU is that of the server process, without the database's own."
    yield ""


def _targets(databases: Sequence[Measured]) -> Iterator[str]:
    yield from ("## Targets", "")
    yield "| what | database | operation | measured | target | |"
    yield "|---|---|---|--:|--:|---|"
    for measured in databases:
        for line in targets.lines(measured):
            yield (
                f"| {line.what} | {_NAMES[measured.dialect]} | {line.operation}"
                f" | {line.measured} | {line.wanted} | {line.verdict} |"
            )
    yield ""


def _details(databases: Sequence[Measured]) -> Iterator[str]:
    for measured in databases:
        yield from (f"## {_NAMES[measured.dialect]}", "")
        yield f"{measured.compared} answers compared first: all equal."
        yield from ("", "| operation | side | req/s | CPU ms |", "|---|---|--:|--:|")
        for figures in [*measured.operations, *([measured.field] if measured.field else [])]:
            yield from _sides(figures)
        yield from ("", "| against by hand, round by round | least | greatest |", "|---|--:|--:|")
        for figures in measured.operations:
            low, high = figures.spread(PLANNED, BY_HAND)
            yield f"| {figures.operation} | {low:.2f} | {high:.2f} |"
        yield from ("", "| resident memory, all plugins | MB | more |", "|---|--:|--:|")
        before = 0.0
        for stage, megabytes in measured.starting.memory.items():
            yield f"| {stage} | {megabytes:.0f} | {megabytes - before:+.0f} |"
            before = megabytes
        yield ""


def _sides(figures: Figures) -> Iterator[str]:
    for side in figures.sides:
        middle = figures.middle(side)
        yield (
            f"| {figures.operation} | {side} | {middle.per_second:,.0f}"
            f" | {middle.cpu_milliseconds:.2f} |"
        )

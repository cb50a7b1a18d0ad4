"""The targets, and whether they were met."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tests.benchmarks.figures import (
    BY_HAND,
    PLANNED,
    UNPLANNED,
    WITH_FIELD,
    Figures,
    Measured,
    grown,
)

AGAINST_HAND = {"Q1": 0.7, "Q2": 0.85, "Q3": 0.7, "Q4": 0.7, "M1": 0.6}
"""Least requests per second against the hand-written endpoint, by the operation's key."""
FIELD_CPU = 1.3
GROWTH = 1.3
GROWTH_SCALE = 100
MEGABYTES = 150.0
SECONDS = 2.0

Verdict = Literal["met", "missed", ""]


@dataclass(frozen=True)
class Line:
    """One target of one database; without a target, the figure is only reported."""

    what: str
    operation: str
    measured: str
    wanted: str
    verdict: Verdict


def lines(measured: Measured) -> Iterator[Line]:
    """Yield the targets of one database in the order in which they are agreed on."""
    for figures in measured.operations:
        yield _at_least(figures)
    for figures in measured.operations:
        ratio = figures.speed(PLANNED, UNPLANNED)
        yield Line("req/s against graphql-core", figures.operation, f"{ratio:.1f}", "", "")
    if measured.field is not None:
        cpu = measured.field.cpu(WITH_FIELD, PLANNED)
        told = "CPU with one plugin field more"
        yield _at_most(told, measured.field.operation, cpu, FIELD_CPU, "x")
    for scale in measured.scales[1:]:
        for figures in measured.operations:
            if grown(scale) in figures.sides:
                yield _growth(figures, scale)
    loaded = list(measured.starting.memory.values())[-1]
    yield _at_most("resident memory after load", "all plugins", loaded, MEGABYTES, " MB")
    seconds = measured.starting.seconds
    yield _at_most("start to the first answer", "all plugins", seconds, SECONDS, " s")


def _at_least(figures: Figures) -> Line:
    ratio = figures.speed(PLANNED, BY_HAND)
    least = AGAINST_HAND.get(figures.key)
    wanted = "" if least is None else f"≥ {least:g}"
    verdict: Verdict = "" if least is None else "met" if ratio >= least else "missed"
    return Line("req/s against by hand", figures.operation, f"{ratio:.2f}", wanted, verdict)


def _growth(figures: Figures, scale: int) -> Line:
    """Return how much longer an answer takes over more data."""
    times, what = figures.speed(PLANNED, grown(scale)), f"time over x{scale} data"
    if scale == GROWTH_SCALE:
        return _at_most(what, figures.operation, times, GROWTH, "x")
    return Line(what, figures.operation, f"{times:.2f}x", "", "")


def _at_most(what: str, operation: str, value: float, most: float, unit: str) -> Line:
    told = f"{value:.0f}{unit}" if unit == " MB" else f"{value:.2f}{unit}"
    verdict: Verdict = "met" if value <= most else "missed"
    return Line(what, operation, told, f"≤ {most:g}{unit}", verdict)

"""What a soak has found, held against its targets."""

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

MOST_TAIL = 3.0
"""The 99th percentile of an operation's times, over its median."""

MOST_MEMORY = 1.1
"""Memory in the end, over memory in the beginning."""

MOST_FLOOD = 2.0
"""The 95th percentile of a key's times beside a flood of another key, over that alone."""


@dataclass(frozen=True)
class Measured:
    """One soak on one database."""

    database: str
    seconds: int
    answered: int
    tails: Mapping[str, float]
    memory: float
    flood: float

    def rows(self) -> Iterator[tuple[str, float, float]]:
        """Yield what was measured, and its target."""
        for name, tail in self.tails.items():
            yield f"p99 over median: {name}", tail, MOST_TAIL
        yield "memory, end over beginning", self.memory, MOST_MEMORY
        yield "p95 of a key beside a flood of another", self.flood, MOST_FLOOD


def write(file: Path, found: Sequence[Measured]) -> int:
    """Write the results down; returns 1 where a target was missed."""
    version = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    lines = [
        "# Results of `make soak`",
        "",
        f"{datetime.now(UTC).date()}, version {version or 'unknown'}. Four readers and a writer ask"
        " as fast as they are answered; every request was answered without an error. The load runs"
        " on the same machine.",
        "",
        "| database | what | measured | target | |",
        "|---|---|--:|--:|---|",
    ]
    missed = False
    for one in found:
        told = f"{one.seconds} s, requests answered"
        lines.append(f"| {one.database} | {told} | {one.answered:,} |  |  |")
        for what, value, target in one.rows():
            missed |= value > target
            verdict = "missed" if value > target else "met"
            lines.append(f"| {one.database} | {what} | {value:.2f}x | ≤ {target:g}x | {verdict} |")
    text = "\n".join(lines) + "\n"
    file.write_text(text, "utf-8")
    print(text)
    return int(missed)

"""The soak itself: it measures, and holds what it finds against its targets."""

from pathlib import Path

import pytest
from tests.soak.report import Measured, write
from tests.soak.running import READS, soak

from tests.conftest import Templates

FOUND = Measured(
    database="SQLite",
    seconds=600,
    answered=1000,
    tails={"change": 2.0, "stays": 2.5},
    memory=1.05,
    flood=1.5,
)


async def test_a_short_soak_measures_what_a_long_one_does(
    templates: Templates, tmp_path: Path
) -> None:
    found = await soak(templates.empty("sqlite"), tmp_path, seconds=2, flood=1)
    assert (found.database, found.seconds) == ("SQLite", 2)
    assert found.tails.keys() == {*READS, "change"}
    assert found.answered > 100
    assert all(value > 0 for _, value, _ in found.rows())


@pytest.mark.parametrize(("memory", "status"), [(1.05, 0), (1.2, 1)])
def test_a_target_that_is_missed_is_told(tmp_path: Path, memory: float, status: int) -> None:
    file = tmp_path / "RESULTS.md"
    found = Measured(**{**vars(FOUND), "memory": memory})
    assert write(file, [found]) == status
    lines = file.read_text().splitlines()
    assert lines[6:] == [
        "| SQLite | 600 s, requests answered | 1,000 |  |  |",
        "| SQLite | p99 over median: change | 2.00x | ≤ 3x | met |",
        "| SQLite | p99 over median: stays | 2.50x | ≤ 3x | met |",
        "| SQLite | memory, end over beginning | "
        f"{memory:.2f}x | ≤ 1.1x | {'missed' if status else 'met'} |",
        "| SQLite | p95 of a key beside a flood of another | 1.50x | ≤ 2x | met |",
    ]

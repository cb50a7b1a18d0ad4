"""`make torture` runs every proof that has a large count."""

import re
import subprocess
import sys
from pathlib import Path

from tests.counts import COUNTS

ROOT = Path(__file__).parents[2]
TEXTS = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for folder in ("tests", "plugins")
    for path in (ROOT / folder).rglob("*.py")
    if path != Path(__file__)
}
# The table itself, and the file that marks.
OWN = {"tests/counts.py", "tests/conftest.py"}
COUNTED = sorted(name for name, text in TEXTS.items() if "tests.counts" in text if name not in OWN)


def test_torture_runs_every_file_that_takes_counts() -> None:
    assert "SOFTLANDING_TORTURE=1 $(BIN)/pytest -m torture " in (ROOT / "Makefile").read_text()
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", "torture", *COUNTED]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    collected = {line.split("::")[0] for line in run.stdout.splitlines() if "::" in line}
    assert sorted(collected) == COUNTED


def test_counts_are_asked_for_in_test_files_and_each_is() -> None:
    asked = {
        name
        for counted in COUNTED
        for name in COUNTS
        if re.search(rf'"{re.escape(name)}"', TEXTS[counted])
    }
    assert asked == set(COUNTS)
    assert [name for name in COUNTED if not Path(name).name.startswith("test_")] == []


def test_the_environment_is_asked_about_torture_in_one_place() -> None:
    assert [name for name, text in TEXTS.items() if "SOFTLANDING_TORTURE" in text] == [
        "tests/counts.py"
    ]

"""`make bench`: the product against hand-written endpoints of the same answers.

For each database: build the data sets, see that all sides answer the same, measure in turns.
The report is printed and kept in RESULTS.md, with what `reasons.md` says of it. A target that is
missed does not fail the run.
BENCH_SECONDS shortens the rounds; BENCH_SCALES=1,10 and BENCH_OPERATIONS=Q2,M1 choose.
"""

import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.conditions import conditions
from tests.benchmarks.measure import loading
from tests.benchmarks.report import markdown
from tests.benchmarks.run import run

from softlanding.storage.engines import Dialect

_DIALECTS: tuple[Dialect, ...] = ("sqlite", "postgresql")
_RESULTS = Path(__file__).with_name("RESULTS.md")
_REASONS = Path(__file__).with_name("reasons.md")


def main() -> None:
    """Measure both databases, print and keep the report."""
    databases = []
    with loading() as load:
        for dialect in _DIALECTS:
            with tempfile.TemporaryDirectory() as folder:
                databases.append(run(load, dialect, Path(folder), _tell))
    report = f"{markdown(conditions(), databases)}\n{_REASONS.read_text()}"
    _RESULTS.write_text(report)
    print(report)


def _tell(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

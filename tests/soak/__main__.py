"""The soak: `python -m tests.soak`, or `make soak`.

The product serves for ten minutes while four readers and a writer ask as fast as they are answered;
then one key asks alone, and again while another key floods. What is measured is written to
`RESULTS.md` beside this file: ratios of one run, so that machines can be compared. Ends with 1
where a target is missed. `--seconds` makes it shorter.
"""

import argparse
import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.databases import databases
from tests.soak.report import Measured, write
from tests.soak.running import soak

RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> int:
    """Measure on both databases, and write down what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=600, help="how long the soak takes")
    parser.add_argument("--flood", type=int, default=20, help="how long one key floods")
    given = parser.parse_args()
    found: list[Measured] = []
    for dialect in ("sqlite", "postgresql"):
        with TemporaryDirectory() as folder, databases(dialect, Path(folder), ["soak"]) as (url,):
            found.append(
                asyncio.run(soak(url, Path(folder), seconds=given.seconds, flood=given.flood))
            )
    return write(RESULTS, found)


if __name__ == "__main__":
    sys.exit(main())

"""How many examples the heavy proofs try: a few each time, many under torture.

`make torture` takes the large numbers, for every test file that imports `count`: `conftest.py`
marks them. Its results are in `tests/torture.md`.
"""

import os

TORTURE = os.environ.get("SOFTLANDING_TORTURE", "") not in ("", "0")

# name: (in `make test`, in `make torture`)
COUNTS = {
    "kills under load": (3, 100),
    "restarts of PostgreSQL": (2, 20),
    "rolling restarts": (1, 20),
    "cancelled transactions": (200, 2000),
    "seeds of cancellation": (2, 10),
    "requests for the last desks": (60, 500),
    "half-open connections": (100, 1000),
    "slow readers": (20, 200),
    "any JSON for a form": (15, 1000),
    "answers for a check": (15, 500),
    "filters of a list as one actor": (25, 1000),
    "rows from one to the next": (2, 3),
    "operations in two worlds": (120, 10_000),
    "odd values over HTTP": (40, 1500),
    "documents both ways": (150, 5000),
    "rows paged through by plans": (1_000, 10_000),
    "rows paged through by graphql-core": (300, 10_000),
    "rows on small pages": (100, 1000),
}


def count(name: str) -> int:
    """Return how many examples to try for each case."""
    return COUNTS[name][TORTURE]

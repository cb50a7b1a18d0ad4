"""How many examples the property tests try: a few each time, many under torture.

`SOFTLANDING_TORTURE=1 pytest tests/plugins` takes the large numbers.
"""

import os

TORTURE = os.environ.get("SOFTLANDING_TORTURE", "") not in ("", "0")

# name: (ordinarily, under torture)
COUNTS = {
    "any JSON for a form": (25, 3000),
    "answers for a check": (25, 1500),
}


def count(name: str) -> int:
    """Return how many examples to try for each step."""
    return COUNTS[name][TORTURE]

"""What the environment says about a run: how long, at which scales, which operations."""

import os

SECONDS = float(os.environ.get("BENCH_SECONDS", "0.6"))
"""Seconds of one round; fewer make a smoke run, whose figures mean nothing."""
ROUNDS = 5
CONNECTIONS = 16


def scales() -> tuple[int, ...]:
    """Return how many times the data is multiplied; x1 is always among them."""
    asked = os.environ.get("BENCH_SCALES", "1,10,100")
    return tuple(sorted({1, *(int(part) for part in asked.split(",") if part.strip())}))


def wanted(key: str) -> bool:
    """Tell whether an operation, such as Q1, is among those asked for; without any, all are."""
    asked = os.environ.get("BENCH_OPERATIONS", "").replace(",", " ").split()
    return not asked or key in asked

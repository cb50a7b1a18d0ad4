"""What the tests of this plugin share: a check at hand, and a stay at GTEC."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from softlanding import StaySnapshot, Verdict
from softlanding.testing.checks import a_stay, run_check
from softlanding_common import plugin as common
from softlanding_gtec import plugin

TODAY = date(2026, 11, 22)
Check = Callable[..., Awaitable[Verdict]]


@pytest.fixture
def stay() -> StaySnapshot:
    """A stay at GTEC in May 2027, of a start-up in NACE class 61.90."""
    plain = a_stay(arrival=date(2027, 5, 3), departure=date(2027, 6, 1))
    return replace(
        plain,
        startup=replace(plain.startup, nace="61.90"),
        host=replace(plain.host, slug="gtec", name="GTEC", country="DE", public_funding=False),
    )


@pytest.fixture
def check(stay: StaySnapshot) -> Check:
    """Return `check(name, answers, stay=…, today=…, others=…)` for a step of this plugin."""

    async def run(name: str, answers: Any, **more: Any) -> Verdict:
        more.setdefault("stay", stay)
        more.setdefault("today", TODAY)
        return await run_check(plugin, f"gtec.{name}", answers, beside=[common], **more)

    return run

"""What the tests of this plugin share: a check at hand, stays from and at the house."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

import softlanding_common.plugin
from softlanding import StaySnapshot, Verdict
from softlanding.testing.checks import a_stay, run_check
from softlanding_startup_division import plugin

TODAY = date(2026, 11, 22)
Check = Callable[..., Awaitable[Verdict]]


@pytest.fixture
def check() -> Check:
    """Return `check(name, answers, stay=…, today=…, …)` for a step of this plugin."""

    async def run(name: str, answers: Any, **more: Any) -> Verdict:
        more.setdefault("stay", a_stay())
        more.setdefault("today", TODAY)
        more.setdefault("beside", [softlanding_common.plugin])
        return await run_check(plugin, f"startup_division.{name}", answers, **more)

    return run


@pytest.fixture
def example() -> Callable[..., dict[str, Any]]:
    """Return `example(name, **changes)`: the example of a step's form, with changes."""

    def changed(name: str, **changes: Any) -> dict[str, Any]:
        step = next(step for step in plugin.steps() if step.key == f"startup_division.{name}")
        assert step.form is not None
        return {**step.form.model_json_schema()["examples"][0], **changes}

    return changed


@pytest.fixture
def here() -> StaySnapshot:
    """Return a stay of a Dutch start-up at Startup Division, from Monday 2027-06-07 to 07-06."""
    stay = a_stay()
    return replace(
        stay,
        id=UUID(int=21),
        startup=replace(stay.startup, id=UUID(int=22), country="NL", registrations=()),
        home=replace(stay.home, id=UUID(int=23), slug="crosspring-lab", country="NL"),
        host=replace(stay.host, id=stay.home.id, slug="startup-division", country="LT"),
        arrival=date(2027, 6, 7),
        departure=date(2027, 7, 6),
    )

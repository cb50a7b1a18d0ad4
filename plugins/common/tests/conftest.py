"""What the tests of this plugin share: a check at hand, and figures as they might become."""

from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

from softlanding import RuleSet, StaySnapshot, Traveller, Verdict
from softlanding.testing.checks import a_stay, run_check
from softlanding_common import plugin

TODAY = date(2026, 11, 22)
Check = Callable[..., Awaitable[Verdict]]


@pytest.fixture
def check() -> Check:
    """Return `check(name, answers, stay=…, today=…, figures=…)` for a step of this plugin."""

    async def run(name: str, answers: Any, **more: Any) -> Verdict:
        more.setdefault("stay", a_stay())
        more.setdefault("today", TODAY)
        module = _with_figures(f"common.{name}", more.pop("figures", {}))
        return await run_check(module, f"common.{name}", answers, **more)

    return run


def _with_figures(key: str, values: dict[str, str]) -> ModuleType:
    """Return the plugin with other figures in one of its rule sets."""

    def changed(rule_set: RuleSet) -> RuleSet:
        if rule_set.key != key:
            return rule_set
        figures = tuple(
            figure.model_copy(update={"value": Decimal(values[figure.name])})
            if figure.name in values
            else figure
            for figure in rule_set.figures
        )
        return rule_set.model_copy(update={"figures": figures})

    module = ModuleType("common")
    vars(module)["steps"] = plugin.steps
    vars(module)["rules"] = lambda: [changed(rule_set) for rule_set in plugin.rules()]
    return module


@pytest.fixture
def two_travel() -> StaySnapshot:
    """A stay of two persons."""
    return a_stay(
        travellers=(
            Traveller(name="Example Founder", nationalities=("LT",)),
            Traveller(name="Zoë Example", nationalities=("GB",)),
        )
    )

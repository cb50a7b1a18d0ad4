"""What the tests of this plugin share: a check at hand, and plain answers for each step."""

from collections.abc import Awaitable, Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel

import softlanding_common.plugin
from softlanding import RulesInForce, Verdict
from softlanding.testing.checks import a_stay, run_check
from softlanding_imt_starter import plugin

TODAY = date(2026, 11, 22)
Check = Callable[..., Awaitable[Verdict]]


@pytest.fixture
def check() -> Check:
    """Return `check(name, answers, stay=…, today=…, …)` for a step of this plugin."""

    async def run(name: str, answers: Any, **more: Any) -> Verdict:
        more.setdefault("stay", a_stay())
        more.setdefault("today", TODAY)
        return await run_check(
            plugin, f"imt_starter.{name}", answers, beside=[softlanding_common.plugin], **more
        )

    return run


@pytest.fixture
def rules() -> Callable[..., RulesInForce]:
    """Return `rules(name, today)`: the figures of a step on a day."""

    def in_force(name: str, today: date = TODAY) -> RulesInForce:
        found = {rule_set.key: rule_set for rule_set in plugin.rules()}
        return found[f"imt_starter.{name}"].on(today)

    return in_force


def example(form: type[BaseModel]) -> dict[str, Any]:
    """Return the example of a form."""
    extra: Any = form.model_config["json_schema_extra"]
    return dict(extra["examples"][0])


_ANSWERS = {
    step.key.removeprefix("imt_starter."): example(step.form)
    for step in plugin.steps()
    if step.form
}
# Without other aid, so that the stay alone counts.
_ANSWERS["de_minimis"]["grants"] = []


@pytest.fixture
def answers() -> Callable[..., dict[str, Any]]:
    """Return `answers(name, **changes)`: the example of a step's form, with changes."""

    def changed(name: str, **changes: Any) -> dict[str, Any]:
        return {**deepcopy(_ANSWERS[name]), **changes}

    return changed

"""What the plugins of this repository declare."""

import importlib
from types import ModuleType
from typing import Any

from pydantic import BaseModel
from tests.house import catalogues

from softlanding import Step

_ALL = {
    plugin: importlib.import_module(f"{catalogues.package_of(plugin)}.plugin")
    for plugin in catalogues.plugins()
}
MODULES: dict[str, ModuleType] = {
    plugin: module for plugin, module in _ALL.items() if hasattr(module, "steps")
}
"""The plugins that declare steps; others are ways on which messages travel."""
STEPS: dict[str, Step] = {
    step.key: step for module in MODULES.values() for step in module.steps() if step.form
}


def form_of(key: str) -> type[BaseModel]:
    """Return the form of a step."""
    form = STEPS[key].form
    assert form is not None
    return form


def example_of(key: str) -> Any:
    """Return the example that the form of a step shows."""
    shown = form_of(key).model_json_schema().get("examples", [])
    assert len(shown) == 1, "a form gives one example"
    return shown[0]

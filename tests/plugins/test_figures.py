"""The figures of all plugins were looked at for this version of the product."""

from datetime import date
from types import ModuleType

import pytest
from tests.plugins.declared import MODULES

from softlanding import CONTRACT


@pytest.mark.parametrize("plugin", MODULES.values(), ids=MODULES)
def test_each_figure_was_looked_at_on_the_day_of_the_facts(plugin: ModuleType) -> None:
    looked_at = {figure.checked_on for rules in plugin.rules() for figure in rules.figures}
    assert looked_at == {date(2026, 11, 22)}


@pytest.mark.parametrize("plugin", MODULES.values(), ids=MODULES)
def test_a_plugin_names_the_contract_it_was_written_for(plugin: ModuleType) -> None:
    assert vars(plugin)["CONTRACT"] == CONTRACT

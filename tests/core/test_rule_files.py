"""Rule files: what is wrong with one is told by file and key, and quarantines its plugin."""

from pathlib import Path
from types import ModuleType

import pytest

from softlanding import RuleSet, hookimpl
from softlanding.contract.rules import RuleFileError
from softlanding.testing.house import registry_of

GOOD = """
key = "house.stay"
version = "2026-11-22"
title = "House rules"

[[figures]]
name = "ceiling"
value = "300000"
unit = "EUR"
valid_from = 2024-01-01
valid_until = 2026-12-31
source = "Regulation (EU) 2023/2831"
checked_on = 2026-11-22

[[figures]]
name = "ceiling"
value = "400000"
unit = "EUR"
valid_from = 2027-01-01
source = "Regulation (EU) 2023/2831"
checked_on = 2026-11-22
"""
FAULTS = [
    ('source = "Regulation (EU) 2023/2831"\n', "", "figures.ceiling.source: Field required"),
    ("checked_on = 2026-11-22\n", "", "figures.ceiling.checked_on: Field required"),
    (
        "valid_from = 2027-01-01",
        "valid_from = 2026-12-31",
        "figures: the periods of ceiling overlap at 2026-12-31",
    ),
    (
        "valid_until = 2026-12-31",
        "valid_until = 2023-12-31",
        "figures: ceiling ends before it begins, on 2023-12-31",
    ),
    ('unit = "EUR"', 'unit = "EUX"', "figures.ceiling.unit: EUX is no ISO 4217 currency"),
    (
        'unit = "EUR"',
        'unit = "EUR per decade"',
        "figures.ceiling.unit: an amount is per hour, day, month, year, not per decade",
    ),
    ('unit = "EUR"', 'unit = ""', "figures.ceiling.unit: '' is no unit: "),
    ('unit = "EUR"', 'unit = "Days"', "figures.ceiling.unit: 'Days' is no unit: "),
    ('unit = "EUR"', 'unit = "GBP"', "figures: ceiling is in GBP and in EUR"),
    ('value = "300000"', 'value = "lots"', "figures.ceiling.value: "),
    ('title = "House rules"\n', "", "title: Field required"),
    ('key = "house.stay"', 'key = "stay"', "key: String should match pattern"),
    ('key = "house.stay"', "key = ", "Invalid value"),
]


@pytest.mark.parametrize(("good", "bad", "told"), FAULTS)
def test_a_bad_rule_file_quarantines_its_plugin_with_file_and_key(
    good: str, bad: str, told: str, tmp_path: Path
) -> None:
    assert good in GOOD
    file = tmp_path / "stay.toml"
    file.write_text(GOOD.replace(good, bad, 1))
    plugin = ModuleType("house")
    plugin.rules = hookimpl(lambda: [RuleSet.from_toml(file)])  # type: ignore[attr-defined] # a module takes any name
    (found,) = registry_of({"house": plugin}).plugins
    assert str(found.state) == "QUARANTINED"
    assert found.reason.startswith(f"RuleFileError: stay.toml: {told}")


def test_a_good_rule_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "stay.toml"
    file.write_text(GOOD)
    assert [str(figure.value) for figure in RuleSet.from_toml(file).figures] == [
        "300000",
        "400000",
    ]


def test_a_rule_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match="gone.toml: "):
        RuleSet.from_toml(tmp_path / "gone.toml")

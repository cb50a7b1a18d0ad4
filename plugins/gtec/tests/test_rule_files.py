from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest

from softlanding import RuleUnknown
from softlanding_common import plugin as common
from softlanding_gtec import plugin

RULES = {rule_set.key: rule_set for rule_set in plugin.rules()}


def test_each_file_belongs_to_a_step() -> None:
    shipped = {
        file.name.removesuffix(".toml")
        for file in (files("softlanding_gtec") / "rules").iterdir()
        if file.name.endswith(".toml")
    }
    assert {f"gtec.{name}" for name in shipped} == set(RULES)
    used = {step.rule_set for step in plugin.steps()} - {None}
    shared = {rule_set.key for rule_set in common.rules()}
    assert used - shared == set(RULES)


def test_each_figure_tells_where_it_is_from_and_when_it_was_looked_at() -> None:
    for rule_set in RULES.values():
        for figure in rule_set.figures:
            assert len(figure.source) > 8, figure.name
            assert figure.checked_on == date(2026, 11, 22), figure.name


@pytest.mark.parametrize(
    ("name", "figure", "value", "house"),
    [
        ("address", "free_months", "3", False),
        ("address", "registration_days", "14", False),
        ("corporate_match", "corporates_minimum", "3", True),
        ("founder_school", "hours_minimum", "12", True),
        ("founder_school", "topics_minimum", "3", True),
        ("founder_school", "mentor_hours_minimum", "4", True),
    ],
)
def test_a_figure_holds_from_its_first_day(name: str, figure: str, value: str, house: bool) -> None:
    rules = RULES[f"gtec.{name}"]
    assert rules.on(date(2026, 1, 1)).decimal(figure) == Decimal(value)
    with pytest.raises(RuleUnknown):
        rules.on(date(2025, 12, 31)).decimal(figure)
    (source,) = (one.source for one in rules.figures if one.name == figure)
    assert (source == "GTEC house rule (proposal)") is house

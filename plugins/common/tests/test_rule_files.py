from datetime import date
from decimal import Decimal

import pytest

from softlanding import RuleSet, RulesInForce, RuleUnknown

SETS = {rule_set.key: rule_set for rule_set in RuleSet.all_in("softlanding_common")}


def rules(key: str, day: date) -> RulesInForce:
    return SETS[key].on(day)


def test_house_figures_are_marked_as_such() -> None:
    sources = {figure.name: figure.source for figure in SETS["common.de_minimis"].figures}
    assert sources["warning_share"] == "Network house rule (proposal)"
    assert sources["fishery_ceiling"] == "not verified"


@pytest.mark.parametrize(
    ("figure", "day", "value"),
    [
        ("ceiling", date(2024, 1, 1), "300000"),
        ("ceiling", date(2030, 12, 31), "300000"),
        ("register_working_days", date(2026, 1, 1), "20"),
    ],
)
def test_a_figure_of_de_minimis_holds_on_the_first_and_the_last_of_its_days(
    figure: str, day: date, value: str
) -> None:
    assert rules("common.de_minimis", day).decimal(figure) == Decimal(value)


@pytest.mark.parametrize(
    ("figure", "day"),
    [
        ("ceiling", date(2023, 12, 31)),
        ("ceiling", date(2031, 1, 1)),
        ("fishery_ceiling", date(2026, 11, 22)),
        ("register_working_days", date(2025, 12, 31)),
    ],
)
def test_a_figure_of_de_minimis_is_unknown_outside_its_days_or_without_a_value(
    figure: str, day: date
) -> None:
    with pytest.raises(RuleUnknown):
        rules("common.de_minimis", day).decimal(figure)

from datetime import date
from decimal import Decimal

import pytest

from softlanding import RuleUnknown
from softlanding_gtec import plugin

RULES = {rule_set.key: rule_set for rule_set in plugin.rules()}


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

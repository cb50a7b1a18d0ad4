from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from softlanding import RulesInForce, RuleUnknown
from softlanding_imt_starter import plugin

HOUSE = "IMT Starter house rule (proposal)"
Rules = Callable[..., RulesInForce]


def test_each_step_has_figures_and_those_of_de_minimis_are_shared() -> None:
    own = {rule.key for rule in plugin.rules()}
    assert {step.rule_set for step in plugin.steps()} == own | {"common.de_minimis"}


def test_a_figure_without_a_value_is_marked_as_not_verified() -> None:
    unset = {
        figure.name: figure.source
        for rule_set in plugin.rules()
        for figure in rule_set.figures
        if figure.value is None
    }
    assert unset == {"loan_fund_open": "not verified"}


def test_house_figures_are_marked_as_such() -> None:
    house = {
        figure.name
        for rule_set in plugin.rules()
        for figure in rule_set.figures
        if figure.source == HOUSE
    }
    assert {"opinion_wanted_days", "persons_per_desk_block"} < house


@pytest.mark.parametrize(
    ("name", "figure", "day", "value"),
    [
        ("sme_health", "difficulty_capital_share", date(2026, 12, 31), "50"),
        ("follow_up_funding", "jei_rd_share", date(2025, 2, 28), "15"),
        ("follow_up_funding", "jei_rd_share", date(2025, 3, 1), "20"),
        ("follow_up_funding", "cifre_salary", date(2025, 12, 31), "26400"),
        ("follow_up_funding", "cifre_salary", date(2026, 1, 1), "27600"),
        ("follow_up_funding", "talent_means", date(2026, 12, 31), "21876.36"),
    ],
)
def test_a_figure_holds_on_the_first_and_the_last_of_its_days(
    rules: Rules, name: str, figure: str, day: date, value: str
) -> None:
    assert rules(name, day).decimal(figure) == Decimal(value)


@pytest.mark.parametrize(
    ("name", "figure", "day"),
    [
        ("sme_health", "difficulty_capital_share", date(2027, 1, 1)),
        ("follow_up_funding", "cifre_salary", date(2027, 1, 1)),
        ("follow_up_funding", "jei_rd_share", date(2027, 1, 1)),
        ("follow_up_funding", "talent_means", date(2027, 1, 1)),
        ("follow_up_funding", "loan_fund_open", date(2026, 11, 22)),
    ],
)
def test_a_figure_is_unknown_outside_its_days_or_without_a_value(
    rules: Rules, name: str, figure: str, day: date
) -> None:
    with pytest.raises(RuleUnknown):
        rules(name, day).decimal(figure)


def test_the_weights_of_the_score_add_up_to_one(rules: Rules) -> None:
    match = rules("research_match")
    names = ("weight_topics", "weight_keywords", "weight_recency")
    assert sum(match.decimal(name) for name in names) == 1


def test_the_means_for_talent_are_twelve_minimum_wages(rules: Rules) -> None:
    assert rules("follow_up_funding").decimal("talent_means") == 12 * Decimal("1823.03")

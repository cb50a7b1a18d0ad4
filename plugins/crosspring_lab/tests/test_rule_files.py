from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from softlanding import RulesInForce, RuleUnknown
from softlanding_crosspring_lab import plugin

HOUSE = "Crosspring Lab house rule (proposal)"
Rules = Callable[..., RulesInForce]


def test_the_company_alone_has_no_figures() -> None:
    assert {step.key: step.rule_set for step in plugin.steps()} == {
        "crosspring_lab.company": None,
        **{rule.key: rule.key for rule in plugin.rules()},
    }


def test_the_means_alone_are_not_verified() -> None:
    unset = {
        figure.name: figure.source
        for rule_set in plugin.rules()
        for figure in rule_set.figures
        if figure.value is None
    }
    assert unset == {"means_for_stay": "not verified; the amounts are published at ind.nl"}


def test_house_figures_are_marked_as_such() -> None:
    house = {
        figure.name
        for rule_set in plugin.rules()
        for figure in rule_set.figures
        if figure.source == HOUSE
    }
    assert house == {"aspect_characters_minimum", "section_words_minimum", "weeks", "result_days"}


@pytest.mark.parametrize(
    ("name", "figure", "day", "value"),
    [
        ("innovation_plan", "aspects_minimum", date(2026, 1, 1), "1"),
        ("innovation_plan", "aspect_characters_minimum", date(2026, 11, 22), "100"),
        ("innovation_plan", "section_words_minimum", date(2026, 11, 22), "50"),
        ("facilitator_terms", "experience_years_minimum", date(2021, 1, 1), "2"),
        ("facilitator_terms", "equity_minimum", date(2026, 11, 22), "0"),
        ("facilitator_terms", "share_maximum", date(2026, 11, 22), "50"),
        ("facilitator_terms", "family_degree_excluded", date(2026, 11, 22), "3"),
        ("lab_sprint", "weeks", date(2026, 11, 22), "4"),
        ("lab_sprint", "result_days", date(2026, 11, 22), "7"),
        ("registration", "residence_months", date(2026, 11, 22), "4"),
        ("registration", "window_months", date(2026, 11, 22), "6"),
        ("registration", "rni_desks", date(2026, 11, 22), "19"),
    ],
)
def test_a_figure_has_its_value(
    rules: Rules, name: str, figure: str, day: date, value: str
) -> None:
    assert rules(name, day).decimal(figure) == Decimal(value)


@pytest.mark.parametrize(
    ("name", "figure", "day"),
    [
        ("permit_screen", "means_for_stay", date(2026, 11, 22)),
        ("facilitator_terms", "experience_years_minimum", date(2020, 12, 31)),
        ("registration", "residence_months", date(2025, 12, 31)),
    ],
)
def test_a_figure_is_unknown_before_its_days_or_without_a_value(
    rules: Rules, name: str, figure: str, day: date
) -> None:
    with pytest.raises(RuleUnknown):
        rules(name, day).decimal(figure)

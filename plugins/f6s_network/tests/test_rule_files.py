from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from softlanding import RulesInForce, RuleUnknown
from softlanding_f6s_network import plugin

HOUSE = "F6S Network house rule (proposal)"
Rules = Callable[..., RulesInForce]


def test_the_company_alone_has_no_figures() -> None:
    assert {step.key: step.rule_set for step in plugin.steps()} == {
        "f6s_network.company": None,
        **{rule.key: rule.key for rule in plugin.rules()},
    }


def test_house_figures_are_marked_as_such_and_one_is_not_verified() -> None:
    figures = [figure for rule_set in plugin.rules() for figure in rule_set.figures]
    assert {figure.name for figure in figures if figure.source == HOUSE} == {
        "completeness_minimum",
        "team_minimum",
        "remote_work_share",
        "days_after_departure",
    }
    assert {figure.name: figure.source for figure in figures if figure.value is None} == {
        "call_total_maximum": "not verified"
    }


@pytest.mark.parametrize(
    ("name", "figure", "day", "value"),
    [
        ("border", "eta_valid_years", date(2025, 4, 2), "2"),
        ("border", "application_working_days", date(2026, 11, 22), "3"),
        ("border", "visit_months", date(2026, 11, 22), "6"),
        ("border", "eta_fee", date(2026, 2, 25), "16"),
        ("visitor_activities", "remote_work_share", date(2024, 1, 31), "50"),
        ("mfa", "ceiling", date(2024, 4, 1), "315000"),
        ("mfa", "transparency_above", date(2026, 11, 22), "100000"),
        ("cascade", "call_maximum", date(2026, 11, 22), "60000"),
        ("cascade", "record_years", date(2026, 11, 22), "5"),
        ("data_transfer", "uk_adequacy", date(2025, 12, 19), "1"),
        ("data_transfer", "uk_adequacy", date(2031, 12, 27), "1"),
        ("data_transfer", "days_after_departure", date(2026, 11, 22), "90"),
        ("f6s_profile", "completeness_minimum", date(2026, 11, 22), "80"),
    ],
)
def test_a_figure_holds_on_the_first_and_the_last_of_its_days(
    rules: Rules, name: str, figure: str, day: date, value: str
) -> None:
    assert rules(name, day).decimal(figure) == Decimal(value)


@pytest.mark.parametrize(
    ("name", "figure", "day"),
    [
        ("border", "eta_valid_years", date(2025, 4, 1)),
        ("mfa", "ceiling", date(2024, 3, 31)),
        ("cascade", "call_total_maximum", date(2026, 11, 22)),
        ("data_transfer", "uk_adequacy", date(2025, 12, 18)),
        ("data_transfer", "uk_adequacy", date(2031, 12, 28)),
    ],
)
def test_a_figure_is_unknown_outside_its_days_or_without_a_value(
    rules: Rules, name: str, figure: str, day: date
) -> None:
    with pytest.raises(RuleUnknown):
        rules(name, day).decimal(figure)

from datetime import date
from decimal import Decimal

import pytest

from softlanding import RuleUnknown
from softlanding_startup_division import plugin

HOUSE = "Startup Division house rule (proposal)"
FIGURES = {
    f"{rule_set.key}.{figure.name}": figure
    for rule_set in plugin.rules()
    for figure in rule_set.figures
}


def test_a_company_code_alone_has_no_figures() -> None:
    assert {step.key: step.rule_set for step in plugin.steps()} == {
        "startup_division.company_code": None,
        **{rule.key: rule.key for rule in plugin.rules()},
    }


def test_the_figures_are_those_of_the_house_and_of_its_sources() -> None:
    assert {
        name.removeprefix("startup_division."): (str(figure.value), figure.source == HOUSE)
        for name, figure in FIGURES.items()
    } == {
        "discovery_agenda.meetings_minimum": ("8", True),
        "discovery_agenda.types_minimum": ("4", True),
        "discovery_agenda.meetings_per_goal": ("1", True),
        "discovery_agenda.meetings_per_day": ("4", True),
        "discovery_agenda.first_meeting_days": ("3", True),
        "founder_route.means_minimum": ("1153", False),
        "founder_route.insurance_minimum": ("30000", False),
        "kotis.extract_days": ("30", True),
        "mobility_grant.age_maximum_years": ("5", False),
        "mobility_grant.stay_minimum_days": ("21", False),
        "pitch.seconds_minimum": ("120", False),
        "pitch.seconds_maximum": ("300", False),
        "pitch.kpis_minimum": ("3", True),
    }


def test_the_rules_of_the_grant_are_those_of_its_last_call() -> None:
    (grant,) = [rules for rules in plugin.rules() if rules.key == "startup_division.mobility_grant"]
    assert grant.version == "LT-2022"
    assert {figure.valid_until for figure in grant.figures} == {date(2022, 11, 30)}


@pytest.mark.parametrize(
    ("key", "figure", "day"),
    [
        ("mobility_grant", "age_maximum_years", date(2022, 11, 30)),
        ("mobility_grant", "stay_minimum_days", date(2022, 11, 30)),
        ("founder_route", "means_minimum", date(2026, 12, 31)),
    ],
)
def test_a_figure_holds_on_its_last_day_and_not_after(key: str, figure: str, day: date) -> None:
    (rules,) = [rules for rules in plugin.rules() if rules.key == f"startup_division.{key}"]
    assert rules.on(day).decimal(figure) == Decimal(
        FIGURES[f"startup_division.{key}.{figure}"].value or 0
    )
    with pytest.raises(RuleUnknown):
        rules.on(date.fromordinal(day.toordinal() + 1)).decimal(figure)

from decimal import Decimal
from typing import Any

import pytest

from softlanding import Audience, Party, Severity, Step
from softlanding.testing.conventions import faults
from softlanding_common import plugin

STARTUP, HOME, HOST = Party.STARTUP, Party.HOME, Party.HOST
GOALS = ("common.goals",)
SHAPES: dict[str, tuple[Any, ...]] = {
    "agreement": ({STARTUP, HOME, HOST}, (STARTUP, HOME, HOST), -60, Severity.BLOCK, (), ()),
    "goals": ({STARTUP}, (), -45, Severity.WARN, (), ()),
    "travellers": ({STARTUP}, (), -30, Severity.BLOCK, (), ()),
    "health_cover": ({STARTUP}, (), -14, Severity.BLOCK, (), ()),
    "a1": ({STARTUP}, (), -14, Severity.BLOCK, (), ()),
    "workplace": ({HOST}, (), -14, Severity.WARN, (), ()),
    "mentor": ({HOST}, (), -14, Severity.WARN, GOALS, GOALS),
    "midterm": ({STARTUP}, (HOST,), 14, Severity.WARN, GOALS, GOALS),
    "report": ({STARTUP}, (HOST,), 44, Severity.WARN, (), ()),
    "followup": ({HOME}, (), 180, Severity.INFO, (), ()),
}
STEPS = {step.key.removeprefix("common."): step for step in plugin.steps()}
FIGURES = {
    (rule_set.key, figure.name): figure.value
    for rule_set in plugin.rules()
    for figure in rule_set.figures
}


def shape(step: Step) -> tuple[Any, ...]:
    return (step.filled_by, step.signed_by, step.due, step.severity, step.after, step.reads)


def test_the_plugin_keeps_the_conventions() -> None:
    assert faults(plugin, shared={"common.de_minimis"}) == []


@pytest.mark.parametrize("name", SHAPES)
def test_a_step_is_due_and_filled_as_the_month_checklist_says(name: str) -> None:
    assert shape(STEPS[name]) == SHAPES[name]


def test_nothing_that_is_due_after_the_arrival_can_keep_a_stay_from_being_confirmed() -> None:
    late = [step.key for step in STEPS.values() if step.due > 0]
    assert [key for key in late if STEPS[key[7:]].severity is Severity.BLOCK] == []


@pytest.mark.parametrize("name", SHAPES)
def test_a_title_is_told_in_all_languages_and_help_in_two(name: str) -> None:
    assert set(STEPS[name].title) == {"de", "en", "fr", "lt", "nl"}
    assert set(STEPS[name].help) == {"en", "fr"}


def test_the_first_follow_up_is_due_when_its_step_is() -> None:
    assert FIGURES["common.followup", "first_days"] == STEPS["followup"].due


def test_the_figures_of_the_month() -> None:
    assert {
        key: value for key, value in FIGURES.items() if key[0].removeprefix("common.") in SHAPES
    } == {
        ("common.a1", "self_employed_months"): None,
        ("common.a1", "posting_months"): None,
        ("common.followup", "first_days"): Decimal(180),
        ("common.followup", "second_days"): Decimal(360),
        ("common.health_cover", "ghic_apply_days"): Decimal(14),
        ("common.health_cover", "visa_minimum"): None,
        ("common.mentor", "meetings_booked"): Decimal(5),
        ("common.midterm", "kickoff_days"): Decimal(7),
        ("common.report", "useful_from"): Decimal(4),
        ("common.report", "exit_interview_days_before_departure"): Decimal(1),
        ("common.report", "check_out_days_after_departure"): Decimal(1),
    }


def test_the_month_is_for_the_parties_of_the_stay() -> None:
    audiences = {field.target: field.audience for field in plugin.graphql().fields}
    assert audiences == {"Stay": Audience.PARTIES}

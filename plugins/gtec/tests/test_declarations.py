from typing import Any

import pytest

from softlanding import Party, Severity, Step
from softlanding.testing.conventions import faults
from softlanding_gtec import plugin

STEPS = {step.key.removeprefix("gtec."): step for step in plugin.steps()}
STARTUP, HOST = Party.STARTUP, Party.HOST
DAYS, GOALS = "common.mobility_9090", "common.goals"


def test_the_plugin_keeps_the_conventions() -> None:
    assert faults(plugin) == []


def test_the_steps_are_those_of_the_house() -> None:
    def shape(step: Step) -> tuple[Any, ...]:
        return (step.filled_by, step.due, step.severity, step.after, step.reads, step.rule_set)

    assert {name: shape(step) for name, step in STEPS.items()} == {
        "company": ({STARTUP}, -45, Severity.BLOCK, (), (), None),
        "schengen": ({STARTUP}, -30, Severity.BLOCK, (DAYS,), (DAYS,), "common.mobility"),
        "address": ({STARTUP}, -3, Severity.INFO, (), (), "gtec.address"),
        "corporate_match": (
            {HOST},
            -14,
            Severity.WARN,
            (GOALS,),
            (),
            "gtec.corporate_match",
        ),
        "deminimis_eair": ({STARTUP}, -30, Severity.WARN, (), (), "common.de_minimis"),
        "founder_school": ({HOST}, 28, Severity.WARN, (), (), "gtec.founder_school"),
    }
    assert {step.signed_by for step in STEPS.values()} == {()}


@pytest.mark.parametrize("name", STEPS)
def test_a_step_has_title_and_help_in_german(name: str) -> None:
    assert set(STEPS[name].title) == set(STEPS[name].help) == {"en", "de"}


@pytest.mark.parametrize("name", sorted(set(STEPS) - {"company"}))
def test_a_step_applies_at_gtec_only(name: str) -> None:
    assert STEPS[name].applies.holds({"host.slug": "imt-starter"}) is False
    assert STEPS[name].applies.holds({"host.slug": "gtec"}) is True


@pytest.mark.parametrize(
    ("home", "country", "applies"),
    [
        ("gtec", "DE", True),
        ("gtec", "FR", False),
        ("imt-starter", "DE", False),
        ("imt-starter", "FR", False),
    ],
)
@pytest.mark.parametrize("host", ["imt-starter", "f6s-network"])
def test_the_register_is_asked_of_german_companies_of_gtec(
    home: str, country: str, applies: bool, host: str
) -> None:
    facts = {"home.slug": home, "startup.country": country, "host.slug": host}
    assert STEPS["company"].applies.holds(facts) is applies


def test_what_gtec_knows_of_a_stay_is_for_staff() -> None:
    audiences = {field.target: str(field.audience) for field in plugin.graphql().fields}
    assert audiences == {"Stay": "STAFF"}

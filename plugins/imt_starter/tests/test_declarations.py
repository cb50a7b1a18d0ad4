from typing import Any

import pytest

from softlanding import Lead, Party, RuleSet, Severity, Step
from softlanding.testing.conventions import faults, kept_days
from softlanding_imt_starter import plugin

STEPS = {step.key.removeprefix("imt_starter."): step for step in plugin.steps()}
STARTUP, HOME, HOST = Party.STARTUP, Party.HOME, Party.HOST
AGREEMENT, PROFILE = "common.agreement", "imt_starter.research_profile"


def test_the_plugin_keeps_the_conventions() -> None:
    assert faults(plugin) == []


def test_the_steps_are_those_of_the_house() -> None:
    def shape(step: Step) -> tuple[Any, ...]:
        return (step.filled_by, step.signed_by, step.due, step.severity, step.after, step.reads)

    assert {name: shape(step) for name, step in STEPS.items()} == {
        "de_minimis": ({STARTUP}, (HOST,), -30, Severity.BLOCK, (AGREEMENT,), ()),
        "sme_health": ({STARTUP}, (), -30, Severity.WARN, (), ()),
        "research_profile": ({STARTUP}, (), -60, Severity.INFO, (), ()),
        "research_match": ({HOST}, (), -21, Severity.WARN, (PROFILE,), (PROFILE,)),
        "lab_access": ({STARTUP, HOST}, (), -90, Severity.BLOCK, (), (PROFILE,)),
        "campus_pass": ({HOST}, (), -7, Severity.BLOCK, (AGREEMENT,), ()),
        "follow_up_funding": ({HOME, HOST}, (), 21, Severity.INFO, (), ()),
    }


@pytest.mark.parametrize("name", STEPS)
def test_a_step_has_title_and_help_in_both_languages(name: str) -> None:
    assert set(STEPS[name].title) == set(STEPS[name].help) == {"en", "fr"}


@pytest.mark.parametrize("name", STEPS)
def test_a_step_applies_at_imt_starter_only(name: str) -> None:
    assert STEPS[name].applies.holds({"host.slug": "gtec"}) is False
    assert STEPS[name].applies.holds({"host.slug": "imt-starter"}) is not False


@pytest.mark.parametrize(
    ("lab", "applies"),
    [
        (None, None),
        ("NONE", False),
        ("demo-lab-open-platforms", False),
        ("demo-lab-photonics", True),
        ("samovar", True),
        ("somewhere", True),
    ],
)
def test_lab_access_applies_unless_the_lab_is_known_to_be_free(
    lab: str | None, applies: bool | None
) -> None:
    facts = {"host.slug": "imt-starter", "answers.imt_starter.research_profile.lab": lab}
    assert STEPS["lab_access"].applies.holds(facts) is applies


def test_the_lead_of_lab_access_is_the_figure_of_its_rules() -> None:
    figures = {
        figure.name: figure.value
        for rule_set in RuleSet.all_in("softlanding_imt_starter")
        if rule_set.key == "imt_starter.lab_access"
        for figure in rule_set.figures
    }
    assert STEPS["lab_access"].lead == Lead(months=int(figures["opinion_months"] or 0))


def test_personal_answers_are_kept_for_90_days() -> None:
    assert kept_days(plugin) == dict.fromkeys(
        [
            "CampusPass.persons",
            "FollowUpFunding.founder_means",
            "FollowUpFunding.founder_nationalities",
            "LabAccessTraveller.employer",
            "LabAccessTraveller.foreign_support",
            "LabAccessTraveller.name",
            "LabAccessTraveller.nationality",
            "LabAccessTraveller.purpose",
            "ResearchContact.orcid",
            "SmeOwner.name",
        ],
        90,
    )


def test_labs_alone_are_public() -> None:
    audiences = {field.target: str(field.audience) for field in plugin.graphql().fields}
    assert audiences == {"Stay": "STAFF", "Startup": "STAFF", "Incubator": "PUBLIC"}

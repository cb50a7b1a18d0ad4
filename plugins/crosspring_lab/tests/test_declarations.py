from typing import Any

import pytest

from softlanding import Party, Severity, Step
from softlanding.testing.conventions import faults, forms_of, kept_days
from softlanding_crosspring_lab import plugin

STEPS = {step.key.removeprefix("crosspring_lab."): step for step in plugin.steps()}
STARTUP, HOST = Party.STARTUP, Party.HOST
PLAN, TERMS = "crosspring_lab.innovation_plan", "crosspring_lab.facilitator_terms"


def test_the_plugin_keeps_the_conventions() -> None:
    assert faults(plugin) == []


def test_the_steps_are_those_of_the_house() -> None:
    def shape(step: Step) -> tuple[Any, ...]:
        return (step.filled_by, step.signed_by, step.due, step.severity, step.after, step.reads)

    assert {name: shape(step) for name, step in STEPS.items()} == {
        "company": ({STARTUP}, (), -45, Severity.BLOCK, (), ()),
        "innovation_plan": ({STARTUP}, (), -30, Severity.WARN, (), ()),
        "facilitator_terms": ({HOST}, (), -14, Severity.BLOCK, (PLAN,), (PLAN,)),
        "lab_sprint": ({STARTUP, HOST}, (), -7, Severity.WARN, ("common.goals",), ()),
        "registration": ({HOST}, (), -14, Severity.INFO, (), ()),
        "permit_screen": ({HOST}, (), 21, Severity.INFO, (PLAN, TERMS), (PLAN, TERMS)),
    }


@pytest.mark.parametrize("name", STEPS)
def test_a_step_has_its_title_in_dutch_too(name: str) -> None:
    assert set(STEPS[name].title) == {"en", "nl"}
    assert "en" in STEPS[name].help


@pytest.mark.parametrize("name", sorted(set(STEPS) - {"company"}))
def test_a_step_applies_at_crosspring_lab_only(name: str) -> None:
    for home in ("NL", "DE"):
        facts = {"home.country": home}
        assert STEPS[name].applies.holds({**facts, "host.slug": "gtec"}) is False
        assert STEPS[name].applies.holds({**facts, "host.slug": "crosspring-lab"}) is True


@pytest.mark.parametrize("host", ["gtec", "crosspring-lab"])
def test_the_numbers_are_asked_of_start_ups_at_home_in_the_netherlands(host: str) -> None:
    company = STEPS["company"].applies
    dutch = {"home.country": "NL", "startup.country": "NL", "host.slug": host}
    assert company.holds(dutch) is True
    assert company.holds({**dutch, "home.country": "DE"}) is False
    assert company.holds({**dutch, "startup.country": "BE"}) is False


def test_the_forms_and_their_parts_are_found() -> None:
    assert [form.__name__ for form in forms_of(plugin)] == [
        "Company",
        "Experiment",
        "ExperimentResult",
        "Facilitator",
        "FacilitatorTerms",
        "InnovationAspect",
        "InnovationPlan",
        "LabSprint",
        "MentorAgreement",
        "PermitScreen",
        "Registration",
        "RegistrationPerson",
        "StepByStepPlan",
    ]


def test_what_is_known_of_persons_is_deleted_after_the_stay() -> None:
    assert kept_days(plugin) == dict.fromkeys(
        [
            "Facilitator.family_degree",
            "PermitScreen.means_for_stay",
            "RegistrationPerson.appointment_city",
            "RegistrationPerson.appointment_on",
            "RegistrationPerson.name",
            "RegistrationPerson.nights_before",
            "RegistrationPerson.planned_nights",
        ],
        90,
    )


def test_nothing_is_public() -> None:
    audiences = {field.target: str(field.audience) for field in plugin.graphql().fields}
    assert audiences == {"Stay": "STAFF", "Startup": "STAFF"}

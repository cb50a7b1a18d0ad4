import inspect
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from softlanding import PERSONAL, Form, Money, Party, Severity, Step
from softlanding.host.declarations import declaration_faults
from softlanding_crosspring_lab import plugin, types

STEPS = {step.key.removeprefix("crosspring_lab."): step for step in plugin.steps()}
STARTUP, HOST = Party.STARTUP, Party.HOST
PLAN, TERMS = "crosspring_lab.innovation_plan", "crosspring_lab.facilitator_terms"


def test_nothing_is_wrong_with_the_declarations() -> None:
    faults = declaration_faults("crosspring_lab", plugin.steps(), plugin.rules(), plugin.graphql())
    assert faults == []
    assert plugin.CONTRACT == 1


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


def forms(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for kind in (field.annotation, *get_args(field.annotation)):
            if inspect.isclass(kind) and issubclass(kind, Form) and not issubclass(kind, Money):
                yield from forms(kind)


ALL_FORMS = sorted(
    {form for step in STEPS.values() if step.form for form in forms(step.form)},
    key=lambda form: form.__name__,
)


def test_the_forms_and_their_parts_are_found() -> None:
    assert [form.__name__ for form in ALL_FORMS] == [
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


@pytest.mark.parametrize("form", ALL_FORMS)
def test_a_form_describes_itself_and_bounds_its_lists(form: type[BaseModel]) -> None:
    assert form.__doc__
    for name, field in form.model_fields.items():
        assert field.description, name
        if "list" in str(field.annotation):
            limits = [limit.max_length for limit in field.metadata if hasattr(limit, "max_length")]
            assert limits, name
            assert max(limits) <= 200, name


def test_what_is_known_of_persons_is_deleted_after_the_stay() -> None:
    personal = {
        f"{form.__name__}.{name}"
        for form in ALL_FORMS
        for name, field in form.model_fields.items()
        if PERSONAL in field.metadata
    }
    assert personal == {
        "Facilitator.family_degree",
        "PermitScreen.means_for_stay",
        "RegistrationPerson.appointment_city",
        "RegistrationPerson.appointment_on",
        "RegistrationPerson.name",
        "RegistrationPerson.nights_before",
        "RegistrationPerson.planned_nights",
    }


@pytest.mark.parametrize("name", STEPS)
def test_the_example_of_a_form_fits_it(name: str) -> None:
    form = STEPS[name].form
    assert form is not None
    (example,) = form.model_json_schema()["examples"]
    answers = form.model_validate(example)
    assert answers.model_dump(mode="json", exclude_unset=True) == example


OUTPUTS = [kind for name, kind in vars(types).items() if name.startswith("CrosspringLab")]


@pytest.mark.parametrize("output", OUTPUTS)
def test_an_output_type_describes_itself_and_its_fields(output: Any) -> None:
    definition = output.__strawberry_definition__
    assert definition.description
    assert all(field.description for field in definition.fields)


def test_nothing_is_public() -> None:
    audiences = {field.target: str(field.audience) for field in plugin.graphql().fields}
    assert audiences == {"Stay": "STAFF", "Startup": "STAFF"}

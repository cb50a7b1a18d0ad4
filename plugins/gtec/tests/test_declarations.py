import inspect
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from softlanding import Form, Money, Party, Severity, Step
from softlanding.host.declarations import declaration_faults
from softlanding_gtec import plugin, types

STEPS = {step.key.removeprefix("gtec."): step for step in plugin.steps()}
STARTUP, HOST = Party.STARTUP, Party.HOST
DAYS, GOALS = "common.mobility_9090", "common.goals"


def test_nothing_is_wrong_with_the_declarations() -> None:
    assert declaration_faults("gtec", plugin.steps(), plugin.rules(), plugin.graphql()) == []
    assert plugin.CONTRACT == 1


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


def forms(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for kind in (field.annotation, *get_args(field.annotation)):
            if inspect.isclass(kind) and issubclass(kind, Form) and not issubclass(kind, Money):
                yield from forms(kind)


STEP_FORMS = [step.form for step in STEPS.values() if step.form is not None]
ALL_FORMS = sorted(
    {form for step_form in STEP_FORMS for form in forms(step_form)},
    key=lambda form: form.__name__,
)


@pytest.mark.parametrize("form", ALL_FORMS)
def test_a_form_describes_itself_and_bounds_its_lists(form: type[BaseModel]) -> None:
    assert form.__doc__
    for name, field in form.model_fields.items():
        assert field.description, name
        if "list" in str(field.annotation):
            limits = [limit.max_length for limit in field.metadata if hasattr(limit, "max_length")]
            assert limits, name
            assert max(limits) <= 200, name


@pytest.mark.parametrize("form", STEP_FORMS)
def test_the_form_of_a_step_carries_an_example_that_fits(form: type[BaseModel]) -> None:
    (example,) = form.model_json_schema()["examples"]
    assert form.model_validate(example)


OUTPUTS = [kind for name, kind in vars(types).items() if name.startswith("Gtec")]


@pytest.mark.parametrize("output", OUTPUTS)
def test_an_output_type_describes_itself_and_its_fields(output: Any) -> None:
    definition = output.__strawberry_definition__
    assert definition.description
    assert all(field.description for field in definition.fields)


def test_what_gtec_knows_of_a_stay_is_for_staff() -> None:
    audiences = {field.target: str(field.audience) for field in plugin.graphql().fields}
    assert audiences == {"Stay": "STAFF"}

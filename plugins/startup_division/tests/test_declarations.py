from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel

from softlanding import (
    Party,
    Severity,
    StaySnapshot,
    Step,
    Verdict,
)
from softlanding.testing.checks import a_stay
from softlanding.testing.conventions import faults, forms_of, kept_days
from softlanding_common.goals.form import Goals
from softlanding_startup_division import plugin
from softlanding_startup_division.texts import told

STEPS = {step.key.removeprefix("startup_division."): step for step in plugin.steps()}
STARTUP, HOME, HOST = Party.STARTUP, Party.HOME, Party.HOST
CODE, GOALS = "startup_division.company_code", "common.goals"
FROM_HERE = ("company_code", "kotis", "mobility_grant")
AT_OUR_PLACE = ("discovery_agenda", "pitch", "founder_route")


def test_the_plugin_keeps_the_conventions() -> None:
    assert faults(plugin) == []


def test_the_steps_are_those_of_the_house() -> None:
    def shape(step: Step) -> tuple[Any, ...]:
        return (step.filled_by, step.signed_by, step.due, step.severity, step.after, step.reads)

    assert {name: shape(step) for name, step in STEPS.items()} == {
        "company_code": ({STARTUP}, (), -45, Severity.BLOCK, (), ()),
        "kotis": ({STARTUP, HOME}, (), -30, Severity.WARN, (CODE,), (CODE,)),
        "mobility_grant": ({HOME}, (), -45, Severity.INFO, (CODE,), ()),
        "discovery_agenda": ({HOST}, (), -14, Severity.WARN, (GOALS,), (GOALS,)),
        "pitch": ({STARTUP}, (), -21, Severity.WARN, (), ()),
        "founder_route": ({HOST}, (), 14, Severity.INFO, (), ()),
    }


@pytest.mark.parametrize("name", FROM_HERE)
@pytest.mark.parametrize(
    ("home", "country", "applies"),
    [
        ("startup-division", "LT", True),
        ("startup-division", "EE", False),
        ("gtec", "LT", False),
        ("crosspring-lab", "NL", False),
    ],
)
def test_register_and_money_are_for_lithuanian_start_ups_from_here(
    name: str, home: str, country: str, applies: bool
) -> None:
    facts = {"home.slug": home, "host.slug": "startup-division", "startup.country": country}
    assert STEPS[name].applies.holds(facts) is applies


@pytest.mark.parametrize("name", AT_OUR_PLACE)
@pytest.mark.parametrize(("host", "applies"), [("startup-division", True), ("gtec", False)])
def test_agenda_pitch_and_route_are_for_stays_here(name: str, host: str, applies: bool) -> None:
    facts = {"home.slug": "startup-division", "host.slug": host, "startup.country": "LT"}
    assert STEPS[name].applies.holds(facts) is applies


@pytest.mark.parametrize("name", STEPS)
def test_a_step_comes_after_steps_that_apply_where_it_does(name: str) -> None:
    before = [key.removeprefix("startup_division.") for key in STEPS[name].after if key != GOALS]
    assert {STEPS[other].applies for other in before} <= {STEPS[name].applies}


async def test_the_example_of_each_form_is_answered_and_does_not_fail(
    check: Callable[..., Any], example: Callable[..., dict[str, Any]], here: StaySnapshot
) -> None:
    goals = Goals.model_json_schema()["examples"][0]
    verdicts: dict[str, Verdict] = {
        name: await check(
            name,
            example(name),
            stay=here if name in AT_OUR_PLACE else a_stay(),
            others={GOALS: goals} if name == "discovery_agenda" else {},
        )
        for name in STEPS
    }
    assert {name: str(verdict.outcome) for name, verdict in verdicts.items()} == {
        "company_code": "PASSED",
        "kotis": "PASSED",
        "mobility_grant": "NEEDS_REVIEW",
        "discovery_agenda": "WARNING",
        "pitch": "PASSED",
        "founder_route": "PASSED",
    }


def test_the_forms_and_their_parts_are_found() -> None:
    assert [form.__name__ for form in forms_of(plugin)] == [
        "AgendaMeeting",
        "CompanyCode",
        "DiscoveryAgenda",
        "FounderRoute",
        "Kotis",
        "KotisRow",
        "MobilityGrant",
        "Pitch",
        "PitchKpi",
    ]


def test_what_is_personal_is_deleted_after_the_stay() -> None:
    assert kept_days(plugin) == {
        "FounderRoute.insurance": 90,
        "FounderRoute.means_per_month": 90,
        "FounderRoute.nationalities": 90,
    }


@pytest.mark.parametrize("name", STEPS)
def test_a_step_has_its_title_in_lithuanian(name: str) -> None:
    assert set(STEPS[name].title) == {"en", "lt"}
    assert STEPS[name].title["lt"] != STEPS[name].title["en"]


@pytest.mark.parametrize("form", forms_of(plugin))
def test_the_fields_of_a_form_have_titles_in_lithuanian(form: type[BaseModel]) -> None:
    titles = [str(field["title"]) for field in form.model_json_schema()["properties"].values()]
    labels = {message: text for (context, message), text in told.languages["lt"].items() if context}
    assert [title for title in titles if not labels.get(title)] == []


def test_fields_are_for_staff() -> None:
    audiences = {field.target: str(field.audience) for field in plugin.graphql().fields}
    assert audiences == {"Startup": "STAFF", "Stay": "STAFF"}

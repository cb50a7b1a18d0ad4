from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import softlanding_common.plugin
from softlanding import PERSONAL, Outcome, Party, Severity, StaySnapshot, Step
from softlanding.testing.checks import run_check
from softlanding.testing.conventions import faults
from softlanding_f6s_network import plugin
from softlanding_f6s_network.border.form import BorderTraveller
from softlanding_f6s_network.texts import told
from softlanding_f6s_network.visitor_activities.form import VisitorActivities

STEPS = {step.key.removeprefix("f6s_network."): step for step in plugin.steps()}
STARTUP, HOME, HOST = Party.STARTUP, Party.HOME, Party.HOST
BORDER, PROFILE = "f6s_network.border", "f6s_network.f6s_profile"


def test_the_plugin_keeps_the_conventions() -> None:
    assert faults(plugin) == []


def test_the_steps_are_those_of_the_house() -> None:
    def shape(step: Step) -> tuple[Any, ...]:
        return (step.filled_by, step.signed_by, step.due, step.severity, step.after, step.reads)

    assert {name: shape(step) for name, step in STEPS.items()} == {
        "f6s_profile": ({STARTUP}, (), -45, Severity.WARN, (), ()),
        "company": ({STARTUP}, (), -45, Severity.BLOCK, (), ()),
        "border": ({STARTUP}, (), -14, Severity.BLOCK, (), ()),
        "visitor_activities": (
            {STARTUP, HOST},
            (HOST,),
            -21,
            Severity.BLOCK,
            (),
            (BORDER,),
        ),
        "mfa": ({STARTUP}, (), -30, Severity.BLOCK, (), ()),
        "cascade": ({STARTUP}, (), -30, Severity.WARN, (), ()),
        "data_transfer": ({HOME}, (), -30, Severity.BLOCK, (), ()),
    }


def applying(**facts: Any) -> set[str]:
    """Return the steps that apply or may apply; `__` stands for the dot of a path."""
    known = {path.replace("__", "."): value for path, value in facts.items()}
    return {name for name, step in STEPS.items() if step.applies.holds(known) is not False}


HERE = {
    "host__slug": "f6s-network",
    "host__country": "GB",
    "host__public_funding": False,
    "home__country": "FR",
    "startup__country": "FR",
}
ANSWERED = {
    "answers__f6s_network__f6s_profile__uses_open_call": False,
    "answers__f6s_network__f6s_profile__uk_public_money": False,
}
ALWAYS_HERE = {"f6s_profile", "border", "visitor_activities", "data_transfer"}


@pytest.mark.parametrize(
    ("changes", "applies"),
    [
        ({}, {*ALWAYS_HERE, "mfa", "cascade"}),
        (ANSWERED, ALWAYS_HERE),
        ({**ANSWERED, "host__public_funding": True}, {*ALWAYS_HERE, "mfa"}),
        (
            {**ANSWERED, "answers__f6s_network__f6s_profile__uk_public_money": True},
            {*ALWAYS_HERE, "mfa"},
        ),
        (
            {**ANSWERED, "answers__f6s_network__f6s_profile__uses_open_call": True},
            {*ALWAYS_HERE, "cascade"},
        ),
        (
            {**ANSWERED, "host__slug": "another-british-host"},
            {"border", "visitor_activities", "data_transfer"},
        ),
        (
            {**ANSWERED, "home__country": "GB", "startup__country": "GB"},
            {"f6s_profile", "border", "visitor_activities", "company"},
        ),
    ],
)
def test_a_step_applies_where_its_rule_does(changes: dict[str, Any], applies: set[str]) -> None:
    assert applying(**{**HERE, **changes}) == applies


@pytest.mark.parametrize(
    ("home", "startup", "applies"),
    [("GB", "GB", {"company"}), ("GB", "FR", set()), ("FR", "FR", set())],
)
def test_abroad_only_british_companies_give_their_number(
    home: str, startup: str, applies: set[str]
) -> None:
    facts = {
        "host__slug": "gtec",
        "host__country": "DE",
        "home__country": home,
        "startup__country": startup,
    }
    assert applying(**facts) == applies


@pytest.mark.parametrize("name", STEPS)
async def test_the_example_of_a_form_passes_its_check(name: str, stay: StaySnapshot) -> None:
    form = STEPS[name].form
    assert form is not None
    (example,) = form.model_json_schema()["examples"]
    verdict = await run_check(
        plugin, f"f6s_network.{name}", example, stay=stay, today=date(2026, 11, 22)
    )
    assert verdict.outcome is Outcome.PASSED


def test_what_is_said_of_persons_is_personal() -> None:
    for name, field in BorderTraveller.model_fields.items():
        assert PERSONAL in field.metadata, name
    assert PERSONAL in VisitorActivities.model_fields["invitation_letter"].metadata


def test_what_is_shown_is_for_staff() -> None:
    audiences = {field.target: str(field.audience) for field in plugin.graphql().fields}
    assert audiences == {"Stay": "STAFF", "Startup": "STAFF"}


def test_english_is_the_language_of_the_house() -> None:
    assert dict(told.languages) == {}
    for step in STEPS.values():
        assert set(step.title) == set(step.help) == {"en"}


async def test_the_product_starts_with_this_plugin(softlanding_house: Callable[[Any], Any]) -> None:
    plugins = {"common": softlanding_common.plugin, "f6s_network": plugin}
    async with softlanding_house(plugins) as house:
        token = await house.person("Ada", admin=True)
        data = await house.data("{ plugins { key state steps } }", token=token)
        assert {one["key"]: one["state"] for one in data["plugins"]} == {
            "common": "ACTIVE",
            "f6s_network": "ACTIVE",
        }
        (own,) = [one for one in data["plugins"] if one["key"] == "f6s_network"]
        assert own["steps"] == [step.key for step in plugin.steps()]

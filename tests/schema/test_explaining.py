"""What explains a verdict and a plan: rule sets, another day, the critical path, histories."""

from typing import Any

import jsonschema
import pytest
from strawberry.utils.str_converters import to_camel_case

from softlanding.predicates import EVERYTHING
from softlanding.testing.house import House

STEP = """query($slug: String!) { startup(slug: $slug) { stays { nodes { id onboarding {
  steps { id key revision verdict { code } } } } } } }"""
RECHECK = """mutation($step: ID!, $day: Date) { recheckStep(input: {step: $step, asOf: $day}) {
  step { verdict { code } } verdict { outcome code ruleSet { key version } }
  problems { message } } }"""


async def step_of(house: House, token: str, slug: str, key: str) -> dict[str, Any]:
    data = await house.data(STEP, {"slug": slug}, token=token)
    (stay,) = data["startup"]["stays"]["nodes"]
    (step,) = [one for one in stay["onboarding"]["steps"] if one["key"] == key]
    found: dict[str, Any] = {**step, "stay": stay["id"]}
    return found


async def test_everybody_reads_the_figures_with_their_sources(seeded: House) -> None:
    query = """{ ruleSets(key: "imt_starter.lab_access") { key version title plugin inForce
      figures { name value unit validFrom validUntil source checkedOn attention } } }"""
    assert (await seeded.data(query))["ruleSets"] == [
        {
            "key": "imt_starter.lab_access",
            "version": "2026-11-22",
            "title": "Access to restricted research zones (ZRR)",
            "plugin": "imt_starter",
            "inForce": True,
            "figures": [
                {
                    "name": "opinion_months",
                    "value": "2",
                    "unit": "months",
                    "validFrom": "2012-07-03",
                    "validUntil": None,
                    "source": "senat.fr/rap/r13-083/r13-08335.html: opinion within 2 months,"
                    " silence is favourable; order of 2012-07-03,"
                    " legal.tricoteuses.fr LEGIARTI000050396627",
                    "checkedOn": "2026-11-22",
                    "attention": None,
                },
                {
                    "name": "opinion_wanted_days",
                    "value": "15",
                    "unit": "days",
                    "validFrom": "2026-01-01",
                    "validUntil": None,
                    "source": "IMT Starter house rule (proposal)",
                    "checkedOn": "2026-11-22",
                    "attention": None,
                },
            ],
        }
    ]


async def test_figures_that_need_attention_say_why(seeded: House) -> None:
    query = "{ ruleSets { figures { name validUntil attention } } }"
    figures = [
        figure
        for rule_set in (await seeded.data(query))["ruleSets"]
        for figure in rule_set["figures"]
    ]
    told = {figure["name"]: figure["attention"] for figure in figures if figure["attention"]}
    assert told["fishery_ceiling"] == "not verified: checks that need it ask a person"
    assert told["talent_means"] == "ends on 2026-12-31, and nothing follows"
    assert "opinion_months" not in told


async def test_a_verdict_is_asked_again_as_of_a_day_and_nothing_is_stored(
    seeded: House, admin: str
) -> None:
    step = await step_of(seeded, admin, "gintaras-laser-lab", "imt_starter.lab_access")
    rows = seeded.core.database.rows
    tables = ("stays", "onboarding_steps", "history", "records")
    before = [await rows.select(table, EVERYTHING) for table in tables]
    answers = [
        await seeded.data(RECHECK, {"step": step["id"], "day": day}, token=admin)
        for day in ("2027-01-19", "2027-01-20", "2027-01-20")
    ]
    rule_set = {"key": "imt_starter.lab_access", "version": "2026-11-22"}
    assert [answer["recheckStep"] for answer in answers] == [
        {
            "step": {"verdict": {"code": "OPINION_PENDING"}},
            "verdict": {"outcome": outcome, "code": code, "ruleSet": rule_set},
            "problems": [],
        }
        for outcome, code in (
            ("NEEDS_REVIEW", "OPINION_PENDING"),
            ("PASSED", "FAVOURABLE_BY_SILENCE"),
            ("PASSED", "FAVOURABLE_BY_SILENCE"),
        )
    ]
    assert [await rows.select(table, EVERYTHING) for table in tables] == before


async def test_a_check_of_today_is_stored_and_told(seeded: House, admin: str) -> None:
    step = await step_of(seeded, admin, "gintaras-laser-lab", "imt_starter.lab_access")
    answer = await seeded.data(RECHECK, {"step": step["id"], "day": None}, token=admin)
    assert answer["recheckStep"]["verdict"]["code"] == "OPINION_PENDING"


async def test_others_are_not_told_what_a_check_says(seeded: House, admin: str) -> None:
    step = await step_of(seeded, admin, "gintaras-laser-lab", "imt_starter.lab_access")
    stranger = await seeded.person("Sam Stranger", founder_of=["polderlens"])
    answer = await seeded.data(RECHECK, {"step": step["id"], "day": "2027-01-20"}, token=stranger)
    assert (answer["recheckStep"]["step"], answer["recheckStep"]["verdict"]) == (None, None)


@pytest.fixture
async def late(seeded: House, admin: str) -> dict[str, Any]:
    """An application that comes too late for the lab, at IMT Starter."""
    ids = await seeded.data(
        '{ startup(slug: "rukas-fintech") { id } incubator(slug: "imt-starter") { id } }'
    )
    query = """mutation($input: ApplyForStayInput!) { applyForStay(input: $input) {
      stay { id onboarding { earliestArrival limitedBy tooLate { key }
        criticalPath { step { key } actOn usableOn } } }
      notices { code message path hint } problems { message } } }"""
    application = {
        "startup": ids["startup"]["id"],
        "host": ids["incubator"]["id"],
        "arrival": "2027-01-11",
        "departure": "2027-02-07",
    }
    data = await seeded.data(query, {"input": application}, token=admin)
    found: dict[str, Any] = data["applyForStay"]
    return found


async def test_an_application_that_comes_too_late_is_told_what_cannot_be_done_and_when_it_could(
    late: dict[str, Any],
) -> None:
    onboarding = late["stay"]["onboarding"]
    assert onboarding["earliestArrival"] == "2027-02-20"
    assert onboarding["limitedBy"] == "imt_starter.lab_access"
    assert onboarding["criticalPath"] == [
        {
            "step": {"key": "imt_starter.lab_access"},
            "actOn": "2026-11-22",
            "usableOn": "2027-01-22",
        }
    ]
    keys = [step["key"] for step in onboarding["tooLate"]]
    assert {"imt_starter.lab_access", "common.agreement"} <= set(keys)
    assert late["notices"] == [
        {
            "code": "SHORT_NOTICE",
            "message": "With the arrival on 2027-01-11 these steps cannot be done in time:"
            f" {', '.join(keys)}.",
            "path": ["arrival"],
            "hint": "The earliest arrival that works is 2027-02-20.",
        }
    ]
    assert late["problems"] == []


async def test_the_history_of_a_stay_tells_its_transitions_and_their_reasons(
    seeded: House, admin: str, late: dict[str, Any]
) -> None:
    withdraw = """mutation($id: ID!) { withdrawStay(input: {id: $id, reason: "Too soon"}) {
      stay { history { revision actor action detail } } problems { message } } }"""
    answer = await seeded.data(withdraw, {"id": late["stay"]["id"]}, token=admin)
    assert answer["withdrawStay"]["stay"]["history"] == [
        {"revision": 1, "actor": "Ada Admin", "action": "apply", "detail": ""},
        {"revision": 2, "actor": "Ada Admin", "action": "withdraw", "detail": "Too soon"},
    ]


async def test_a_form_is_json_schema_with_titles_and_an_example(seeded: House, admin: str) -> None:
    query = """query($slug: String!) { startup(slug: $slug) { stays { nodes { onboarding {
      steps { key form } } } } } }"""
    data = await seeded.data(query, {"slug": "gintaras-laser-lab"}, token=admin)
    (stay,) = data["startup"]["stays"]["nodes"]
    forms = {step["key"]: step["form"] for step in stay["onboarding"]["steps"]}
    goals = forms["common.goals"]
    assert goals["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert goals["$defs"]["Goal"]["properties"]["text"]["title"] == "Text"
    for form in forms.values():
        jsonschema.Draft202012Validator.check_schema(form)
    for example in goals["examples"]:
        jsonschema.Draft202012Validator(goals).validate(example)


async def test_the_example_of_a_form_is_what_submit_step_takes(seeded: House, admin: str) -> None:
    query = """query($slug: String!) { startup(slug: $slug) { stays { nodes { id onboarding {
      steps { key form } } } } } }"""
    data = await seeded.data(query, {"slug": "gintaras-laser-lab"}, token=admin)
    (stay,) = data["startup"]["stays"]["nodes"]
    submit = """mutation($input: SubmitStepInput!) { submitStep(input: $input) {
      step { answers } problems { code message path } } }"""
    for step in stay["onboarding"]["steps"]:
        if step["form"] is None:
            continue
        (example, *_) = step["form"]["examples"]
        plugin, name = step["key"].split(".")
        field = to_camel_case(f"{plugin}_{name}")
        answer = await seeded.data(
            submit, {"input": {"stay": stay["id"], "answers": {field: example}}}, token=admin
        )
        codes = {problem["code"] for problem in answer["submitStep"]["problems"]}
        assert codes <= {"STEP_BLOCKED"}, (step["key"], answer)
        if answer["submitStep"]["step"]:
            answers = answer["submitStep"]["step"]["answers"]
            jsonschema.Draft202012Validator(step["form"]).validate(answers)
            assert example.keys() <= answers.keys()

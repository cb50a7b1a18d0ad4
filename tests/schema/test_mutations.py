"""Mutations: what is wrong, where, and what to do; and that nothing was changed."""

from typing import Any

import pytest

from softlanding.contract.form_schemas import nested_models
from softlanding.predicates import EVERYTHING
from softlanding.storage.models import new_id
from softlanding.testing.house import House
from softlanding_schema.mutations.inputs import INPUTS
from softlanding_schema.reads.global_ids import encode

PROBLEMS = "problems { code message path hint }"


@pytest.fixture
async def ids(seeded: House, admin: str) -> dict[str, str]:
    """Ids of a start-up, two incubators, an accepted stay and its steps by key."""
    query = """{ startup(slug: "gintaras-laser-lab") { id stays { nodes { id onboarding {
      steps { id key } } } } } incubator(slug: "gtec") { id }
      home: incubator(slug: "startup-division") { id } }"""
    data = await seeded.data(query, token=admin)
    (stay,) = data["startup"]["stays"]["nodes"]
    steps = {step["key"]: step["id"] for step in stay["onboarding"]["steps"]}
    return {
        "startup": data["startup"]["id"],
        "gtec": data["incubator"]["id"],
        "home": data["home"]["id"],
        "stay": stay["id"],
        **steps,
    }


async def rows(house: House) -> Any:
    """Return all that a mutation could change."""
    tables = ("incubators", "startups", "stays", "onboarding_steps", "history", "records")
    return [await house.core.database.rows.select(table, EVERYTHING) for table in tables]


async def apply(house: House, token: str, **changes: Any) -> dict[str, Any]:
    query = f"""mutation($input: ApplyForStayInput!) {{ applyForStay(input: $input) {{
      stay {{ state }} {PROBLEMS} }} }}"""
    application = {"arrival": "2027-09-06", "departure": "2027-10-03", **changes}
    payload = (await house.data(query, {"input": application}, token=token))["applyForStay"]
    found: dict[str, Any] = payload
    return found


async def test_dates_out_of_order_are_refused_with_path_and_hint(
    seeded: House, admin: str, ids: dict[str, str]
) -> None:
    before = await rows(seeded)
    sides = {"startup": ids["startup"], "host": ids["gtec"]}
    assert await apply(seeded, admin, **sides, departure="2027-09-01") == {
        "stay": None,
        "problems": [
            {
                "code": "BAD_DATES",
                "message": "The departure 2027-09-01 lies before the arrival 2027-09-06.",
                "path": ["departure"],
                "hint": "Give the departure as a day on or after the arrival.",
            }
        ],
    }
    assert await rows(seeded) == before


async def test_all_that_is_wrong_with_an_application_is_told_at_once(
    seeded: House, admin: str, ids: dict[str, str]
) -> None:
    refused = await apply(
        seeded,
        admin,
        startup=ids["startup"],
        host=ids["home"],
        arrival="2026-01-05",
        departure="2026-01-06",
    )
    assert [problem["code"] for problem in refused["problems"]] == [
        "SAME_INCUBATOR",
        "BAD_DATES",
        "BAD_DATES",
    ]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"arrival": "0001-01-01"}, ["arrival"]),
        ({"departure": "9999-12-31"}, ["departure"]),
        (
            {"travellers": [{"name": " ", "nationalities": ["FR"]}]},
            ["travellers", "0", "name"],
        ),
        (
            {"travellers": [{"name": "A\u202eB", "nationalities": ["FR"]}]},
            ["travellers", "0", "name"],
        ),
        (
            {"travellers": [{"name": "A", "nationalities": []}]},
            ["travellers", "0", "nationalities"],
        ),
        (
            {"travellers": [{"name": "A", "nationalities": ["UK"]}]},
            ["travellers", "0", "nationalities", "0"],
        ),
        ({"goals": ["a", "b", "c", "d"]}, ["goals"]),
    ],
)
async def test_a_bad_value_is_refused_with_the_path_of_its_field(
    seeded: House, admin: str, ids: dict[str, str], changes: dict[str, Any], path: list[str]
) -> None:
    sides = {"startup": ids["startup"], "host": ids["gtec"]}
    refused = await apply(seeded, admin, **sides, **changes)
    assert [(problem["code"], problem["path"]) for problem in refused["problems"]] == [
        ("INVALID", path)
    ]


async def test_unknown_and_wrong_ids_are_refused_with_their_path(
    seeded: House, admin: str, ids: dict[str, str]
) -> None:
    unknown = encode("Startup", new_id())
    for startup, code in ((unknown, "NOT_FOUND"), (ids["gtec"], "INVALID"), ("x", "INVALID")):
        refused = await apply(seeded, admin, startup=startup, host=ids["gtec"])
        assert [(problem["code"], problem["path"]) for problem in refused["problems"]] == [
            (code, ["startup"])
        ]


SUBMIT = f"""mutation($input: SubmitStepInput!) {{ submitStep(input: $input) {{
  step {{ state }} {PROBLEMS} }} }}"""
PROFILE = {"keywords": ["laser", "dust", "optics"], "trl": 6, "need": "EXPERTISE"}


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({}, "must specify exactly one key"),
        ({"imtStarterResearchProfile": PROFILE, "commonAgreement": None}, "exactly one key"),
        ({"imtStarterResearchProfile": None}, "must be non-null"),
        ({"imtStarterResearchProfile": {"trl": 6}}, "required field 'keywords'"),
        ({"imtStarterResearchProfile": {**PROFILE, "secret": 1}}, "unknown field 'secret'"),
        ({"imtStarterResearchProfile": {**PROFILE, "trl": "six"}}, "Int cannot represent"),
        ({"imtStarterResearchProfile": {**PROFILE, "need": "MONEY"}}, "MONEY"),
        ({"nowhere": {}}, "unknown field 'nowhere'"),
    ],
)
async def test_answers_that_do_not_fit_the_form_are_refused_and_nothing_changes(
    seeded: House, admin: str, ids: dict[str, str], answers: dict[str, Any], message: str
) -> None:
    before = await rows(seeded)
    variables = {"input": {"stay": ids["stay"], "answers": answers}}
    answer = await seeded.ask(SUBMIT, variables, token=admin)
    assert "data" not in answer
    assert message in answer["errors"][0]["message"]
    assert await rows(seeded) == before


async def test_a_list_above_its_maximum_is_a_problem_at_its_path(
    seeded: House, admin: str, ids: dict[str, str]
) -> None:
    grant = {
        "grantorName": "Demo Agency",
        "grantorState": "FR",
        "amount": {"amount": "1"},
        "grantedOn": "2026-05-04",
        "regime": "DE_MINIMIS",
    }
    answers = {
        "grants": [grant] * 201,
        "stayValue": {"deskPerDay": {"amount": "40"}, "days": 28, "mentorRate": {"amount": "0"}},
        "declaredComplete": True,
    }
    before = await rows(seeded)
    given = {"input": {"stay": ids["stay"], "answers": {"imtStarterDeMinimis": answers}}}
    payload = (await seeded.data(SUBMIT, given, token=admin))["submitStep"]
    assert payload == {
        "step": None,
        "problems": [
            {
                "code": "INVALID",
                "message": "List should have at most 200 items after validation, not 201.",
                "path": ["answers", "imtStarterDeMinimis", "grants"],
                "hint": "Correct this field and send the form again.",
            }
        ],
    }
    assert await rows(seeded) == before


@pytest.mark.parametrize("name", INPUTS)
def test_every_list_of_an_input_has_a_maximum_of_at_most_200(name: str) -> None:
    for model in nested_models(INPUTS[name]):
        for field_name, field in model.model_fields.items():
            if "list[" in str(field.annotation):
                limits = [one.max_length for one in field.metadata if hasattr(one, "max_length")]
                assert limits, (model.__name__, field_name)
                assert max(limits) <= 200


async def test_a_step_that_waits_for_another_cannot_be_answered(seeded: House, admin: str) -> None:
    data = await seeded.data(
        '{ startup(slug: "thistle-and-loom-ai") { stays { nodes { id } } } }', token=admin
    )
    (stay,) = data["startup"]["stays"]["nodes"]
    answers = {
        "imtStarterCampusPass": {
            "liabilityInsurance": {
                "insurer": "Demo",
                "cover": {"amount": "1"},
                "validFrom": "2027-01-01",
                "validTo": "2027-12-31",
            },
            "persons": ["Tess Demo"],
            "residentProjects": 1,
        }
    }
    variables = {"input": {"stay": stay["id"], "answers": answers}}
    payload = (await seeded.data(SUBMIT, variables, token=admin))["submitStep"]
    assert payload == {
        "step": None,
        "problems": [
            {
                "code": "STEP_BLOCKED",
                "message": "imt_starter.campus_pass cannot be answered yet."
                " It waits for common.agreement.",
                "path": ["answers"],
                "hint": "Settle the steps it waits for first.",
            }
        ],
    }


async def test_a_step_is_answered_by_those_who_fill_it_and_waived_by_the_host(
    seeded: House, admin: str, ids: dict[str, str]
) -> None:
    founder = await seeded.person("Gabija", founder_of=["gintaras-laser-lab"])
    host = await seeded.person("Iris", staff_of=["imt-starter"])
    answers = {"imtStarterResearchProfile": PROFILE}
    variables = {"input": {"stay": ids["stay"], "answers": answers}}
    refused = (await seeded.data(SUBMIT, variables, token=host))["submitStep"]["problems"]
    assert [problem["message"] for problem in refused] == [
        "imt_starter.research_profile is filled by STARTUP."
    ]
    answered = (await seeded.data(SUBMIT, variables, token=founder))["submitStep"]
    assert answered == {"step": {"state": "DONE"}, "problems": []}
    waive = f"""mutation($step: ID!, $reason: String!) {{
      waiveStep(input: {{step: $step, reason: $reason}}) {{ step {{ state waivedReason }}
      {PROBLEMS} }} }}"""
    step = ids["imt_starter.campus_pass"]
    refused = (await seeded.data(waive, {"step": step, "reason": "please"}, token=founder))[
        "waiveStep"
    ]["problems"]
    assert [problem["message"] for problem in refused] == ["A step is waived by staff of the host."]
    nothing = (await seeded.data(waive, {"step": step, "reason": "  "}, token=host))["waiveStep"]
    assert [problem["path"] for problem in nothing["problems"]] == [["reason"]]
    waived = await seeded.data(waive, {"step": step, "reason": "no badge needed"}, token=host)
    assert waived["waiveStep"] == {
        "step": {"state": "WAIVED", "waivedReason": "no badge needed"},
        "problems": [],
    }


async def test_new_answers_take_signatures_and_waivers_back(
    seeded: House, admin: str, ids: dict[str, str]
) -> None:
    agreement = {
        "objectives": ["Something new"],
        "activityPlan": "Another plan.",
        "startupResponsibilities": ["a"],
        "homeResponsibilities": ["b"],
        "hostResponsibilities": ["c"],
        "expectedOutcomes": ["d"],
    }
    variables = {"input": {"stay": ids["stay"], "answers": {"commonAgreement": agreement}}}
    payload = (await seeded.data(SUBMIT, variables, token=admin))["submitStep"]
    assert payload == {"step": {"state": "AWAITING_SIGNATURES"}, "problems": []}


async def test_the_day_of_the_demonstration_is_moved_by_administrators_only(
    seeded: House, admin: str
) -> None:
    query = f"""mutation {{ setToday(input: {{today: "2027-01-20"}}) {{
      viewer {{ today }} {PROBLEMS} }} }}"""
    host = await seeded.person("Iris", staff_of=["imt-starter"])
    refused = (await seeded.data(query, token=host))["setToday"]
    assert [problem["code"] for problem in refused["problems"]] == ["FORBIDDEN"]
    moved = (await seeded.data(query, token=admin))["setToday"]
    assert moved == {"viewer": {"today": "2027-01-20"}, "problems": []}
    state = """{ startup(slug: "gintaras-laser-lab") { stays { nodes { onboarding { steps {
      key verdict { code } } } } } } }"""
    (stay,) = (await seeded.data(state, token=admin))["startup"]["stays"]["nodes"]
    verdicts = {step["key"]: step["verdict"] for step in stay["onboarding"]["steps"]}
    assert verdicts["imt_starter.lab_access"] == {"code": "FAVOURABLE_BY_SILENCE"}

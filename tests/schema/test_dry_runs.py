"""Trying a mutation: all rules run, what would change is told, nothing does; on both databases."""

from typing import Any
from uuid import UUID

import pytest
from tests.schema.walls.world import World

from softlanding.actors import operator
from softlanding.predicates import EVERYTHING
from softlanding.services.api_keys import NewApiKey, create_api_key
from softlanding.testing.house import House

CHANGES = "changes { kind type id fields { field before after } }"
STAYS = """{ stays(first: 100) { nodes { id state revision startup { slug }
  onboarding { steps { id key state } } } } }"""


def mutation(name: str, input_type: str) -> str:
    return (
        f"mutation($input: {input_type}!) {{ {name}(input: $input)"
        f" {{ problems {{ code message }} {CHANGES} }} }}"
    )


async def tried(house: House, token: str, mutated: str, input_type: str, /, **given: Any) -> Any:
    """Try a mutation; whatever it answers, no row is different afterwards."""
    before = await World.of(house.core.database)
    entries = await house.core.database.rows.select("record_entries", EVERYTHING)
    data = await house.data(
        mutation(mutated, input_type), {"input": {**given, "dryRun": True}}, token=token
    )
    assert before.changes_to(await World.of(house.core.database)) == []
    assert await house.core.database.rows.select("record_entries", EVERYTHING) == entries
    return data[mutated]


@pytest.fixture
async def admin(seeded: House) -> str:
    return await seeded.person("Ada Admin", admin=True)


async def stay_in(house: House, token: str, state: str) -> Any:
    nodes = (await house.data(STAYS, token=token))["stays"]["nodes"]
    return next(one for one in nodes if one["state"] == state)


async def test_a_change_is_told_field_by_field_and_not_made(seeded: House, admin: str) -> None:
    found = await seeded.data('{ incubator(slug: "gtec") { id name } }')
    gtec = found["incubator"]
    answer = await tried(
        seeded, admin, "updateIncubator", "UpdateIncubatorInput", id=gtec["id"], name="New"
    )
    assert answer == {
        "problems": [],
        "changes": [
            {
                "kind": "CHANGED",
                "type": "Incubator",
                "id": gtec["id"],
                "fields": [{"field": "name", "before": gtec["name"], "after": "New"}],
            }
        ],
    }


async def test_what_would_be_refused_is_refused(seeded: House, admin: str) -> None:
    gtec = (await seeded.data('{ incubator(slug: "gtec") { id } }'))["incubator"]["id"]
    answer = await tried(
        seeded,
        admin,
        "createStartup",
        "CreateStartupInput",
        home=gtec,
        slug="polderlens",
        name="New",
        country="DE",
    )
    assert answer == {
        "problems": [{"code": "SLUG_TAKEN", "message": "The slug polderlens is taken."}],
        "changes": None,
    }
    stranger = await seeded.person("Olga Other", staff_of=["imt-starter"])
    answer = await tried(
        seeded, stranger, "publishIncubator", "PublishIncubatorInput", id=gtec, published=False
    )
    assert [one["code"] for one in answer["problems"]] == ["FORBIDDEN"]


async def test_an_application_is_tried_with_all_its_steps(seeded: House, admin: str) -> None:
    found = await seeded.data(
        '{ startup(slug: "polderlens") { id } incubator(slug: "gtec") { id } }'
    )
    answer = await tried(
        seeded,
        admin,
        "applyForStay",
        "ApplyForStayInput",
        startup=found["startup"]["id"],
        host=found["incubator"]["id"],
        arrival="2028-06-05",
        departure="2028-07-02",
        goals=["Meet people"],
    )
    assert answer["problems"] == []
    kinds = [(one["kind"], one["type"]) for one in answer["changes"]]
    assert kinds[0] == ("CREATED", "Stay")
    assert set(kinds[1:]) == {("CREATED", "OnboardingStep")}
    told = {one["field"]: one["after"] for one in answer["changes"][0]["fields"]}
    assert (told["state"], told["startup"], told["goals"]) == (
        "DRAFT",
        found["startup"]["id"],
        ["Meet people"],
    )


async def test_units_of_work_that_follow_each_other_are_tried_together(
    seeded: House, admin: str
) -> None:
    stay = await stay_in(seeded, admin, "ACCEPTED")
    for step in stay["onboarding"]["steps"]:
        waived = await seeded.data(
            "mutation($input: WaiveStepInput!) { waiveStep(input: $input) { problems { code } } }",
            {"input": {"step": step["id"], "reason": "Settled on paper"}},
            token=admin,
        )
        assert waived["waiveStep"]["problems"] == []
    answer = await tried(seeded, admin, "confirmStay", "MoveStayInput", id=stay["id"])
    assert answer["problems"] == []
    (moved,) = [one for one in answer["changes"] if one["type"] == "Stay"]
    assert {one["field"]: (one["before"], one["after"]) for one in moved["fields"]} == {
        "state": ("ACCEPTED", "CONFIRMED")
    }
    assert (await stay_in(seeded, admin, "ACCEPTED"))["id"] == stay["id"]


async def test_nothing_is_sent_told_or_made_that_lasts(
    seeded: House, admin: str, capsys: pytest.CaptureFixture[str]
) -> None:
    gtec = (await seeded.data('{ incubator(slug: "gtec") { id } }'))["incubator"]["id"]
    capsys.readouterr()
    answer = await tried(
        seeded,
        admin,
        "inviteMember",
        "InviteMemberInput",
        incubator=gtec,
        name="Ina Invited",
        email="ina@example.org",
        role="STAFF",
    )
    assert [one["type"] for one in answer["changes"]] == ["Invitation"]
    assert "ina@example.org" not in capsys.readouterr().err
    made = await seeded.data(
        """mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) {
          secret apiKey { id } changes { type } problems { code } } }""",
        {"input": {"incubator": gtec, "label": "site", "dryRun": True}},
        token=admin,
    )
    assert made["createApiKey"] == {
        "secret": None,
        "apiKey": None,
        "changes": [{"type": "ApiKey"}],
        "problems": [],
    }
    today = await seeded.data("{ viewer { today } }")
    await tried(seeded, admin, "setToday", "SetTodayInput", today="2027-03-01")
    assert await seeded.data("{ viewer { today } }") == today


async def test_a_key_is_told_no_more_of_a_trial_than_it_reads(seeded: House) -> None:
    home = await seeded.core.database.rows.by_slug("incubators", "crosspring-lab")
    assert home is not None
    new = NewApiKey(
        label="site", types=["Startup"], mutations=["updateStartup", "applyForStay"], drafts=True
    )
    key, _ = await create_api_key(
        seeded.core, operator("test"), new, incubator_id=UUID(str(home["id"]))
    )
    found = await seeded.data(
        '{ startup(slug: "polderlens") { id name } incubator(slug: "gtec") { id } }'
    )
    startup = found["startup"]
    answer = await tried(
        seeded, key, "updateStartup", "UpdateStartupInput", id=startup["id"], name="New"
    )
    assert answer["changes"] == [
        {
            "kind": "CHANGED",
            "type": "Startup",
            "id": startup["id"],
            "fields": [{"field": "name", "before": startup["name"], "after": "New"}],
        }
    ]
    answer = await tried(
        seeded,
        key,
        "applyForStay",
        "ApplyForStayInput",
        startup=startup["id"],
        host=found["incubator"]["id"],
        arrival="2028-06-05",
        departure="2028-07-02",
    )
    assert answer == {"problems": [], "changes": []}

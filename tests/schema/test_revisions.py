"""Revisions: who changed what, and changes made against an older one; on both databases."""

from typing import Any

import pytest

from softlanding.testing.house import House

REVISIONS = """query($slug: String!, $from: Int!, $to: Int!) { startup(slug: $slug) {
  id revision
  revisions { revision actor action erased changes { field before after } }
  changesBetween(from: $from, to: $to) { field before after } } }"""
UPDATE = """mutation($input: UpdateStartupInput!) { updateStartup(input: $input) {
  startup { revision } problems { code message path revision fields } } }"""


class Editor:
    """Somebody who changes a start-up."""

    def __init__(self, house: House, token: str, startup: str) -> None:
        self.house = house
        self.token = token
        self.startup = startup

    async def change(self, **given: Any) -> Any:
        data = await self.house.data(
            UPDATE, {"input": {"id": self.startup, **given}}, token=self.token
        )
        return data["updateStartup"]

    async def told(self, older: int = 0, newer: int = 99, *, token: str | None = None) -> Any:
        variables = {"slug": "polderlens", "from": older, "to": newer}
        data = await self.house.data(REVISIONS, variables, token=token or self.token)
        return data["startup"]


@pytest.fixture
async def editor(seeded: House) -> Editor:
    token = await seeded.person("Stan Staff", staff_of=["crosspring-lab"])
    found = await seeded.data('{ startup(slug: "polderlens") { id } }')
    return Editor(seeded, token, found["startup"]["id"])


async def test_a_revision_tells_who_changed_what(editor: Editor) -> None:
    await editor.change(name="Polderlens B.V.", trl=7)
    await editor.change(website="https://polderlens.example")
    before = (await editor.told())["revisions"][:2]
    assert [(one["revision"], one["actor"], one["action"]) for one in before] == [
        (1, "command line", "seed"),
        (2, "command line", "seed"),
    ]
    created = {one["field"]: (one["before"], one["after"]) for one in before[0]["changes"]}
    home = await editor.house.data('{ incubator(slug: "crosspring-lab") { id } }')
    assert created["slug"] == (None, "polderlens")
    assert created["home"] == (None, home["incubator"]["id"])
    assert before[1]["changes"] == [{"field": "published", "before": False, "after": True}]
    assert (await editor.told())["revisions"][2:] == [
        {
            "revision": 3,
            "actor": "Stan Staff",
            "action": "update_startup",
            "erased": False,
            "changes": [
                {"field": "name", "before": "Polderlens", "after": "Polderlens B.V."},
                {"field": "trl", "before": created["trl"][1], "after": 7},
            ],
        },
        {
            "revision": 4,
            "actor": "Stan Staff",
            "action": "update_startup",
            "erased": False,
            "changes": [
                {"field": "website", "before": None, "after": "https://polderlens.example"}
            ],
        },
    ]


async def test_two_revisions_differ_in_the_first_and_the_last_value_of_each_field(
    editor: Editor,
) -> None:
    for given in ({"name": "A"}, {"name": "B", "trl": 3}, {"name": "Polderlens"}, {"trl": 9}):
        assert (await editor.change(**given))["problems"] == []
    assert (await editor.told(3, 4))["changesBetween"][0] == {
        "field": "name",
        "before": "A",
        "after": "B",
    }
    between = (await editor.told(2, 6))["changesBetween"]
    assert [(one["field"], one["after"]) for one in between] == [("trl", 9)]
    assert (await editor.told(6, 2))["changesBetween"] == []


async def test_only_who_may_change_an_object_reads_its_revisions(editor: Editor) -> None:
    for token in (
        None,
        await editor.house.person("Olga Other", staff_of=["gtec"]),
        await editor.house.person("Rita Reviewer", reviewer_of=["crosspring-lab"]),
    ):
        variables = {"slug": "polderlens", "from": 1, "to": 2}
        data = await editor.house.data(REVISIONS, variables, token=token)
        told = data["startup"]
        assert (told["revision"], told["revisions"], told["changesBetween"]) == (None, None, None)


async def test_a_change_against_an_older_revision_is_told_what_differs(editor: Editor) -> None:
    assert (await editor.change(name="A", revision=2))["problems"] == []
    assert (await editor.change(trl=9, revision=3))["problems"] == []
    before = await editor.told()
    answer = await editor.change(name="B", revision=2)
    assert answer == {
        "startup": None,
        "problems": [
            {
                "code": "CONFLICT",
                "message": "The object is at revision 4, your change was made against revision 2;"
                " name and trl changed since.",
                "path": ["revision"],
                "revision": 4,
                "fields": ["name", "trl"],
            }
        ],
    }
    ahead = (await editor.change(name="B", revision=9))["problems"]
    assert [(one["code"], one["revision"], one["fields"]) for one in ahead] == [("CONFLICT", 4, [])]
    assert await editor.told() == before


STAYS = """{ stays(first: 100) { nodes { id state revision
  host { slug } onboarding { steps { id key state revision } } } } }"""


def _mutation(name: str, input_type: str) -> str:
    return (
        f"mutation($input: {input_type}!) {{ {name}(input: $input)"
        " { problems { code revision } } }"
    )


@pytest.mark.parametrize(
    ("name", "input_type", "given", "on"),
    [
        ("publishIncubator", "PublishIncubatorInput", {"published": False}, "incubator"),
        ("publishStartup", "PublishStartupInput", {"published": False}, "startup"),
        ("updateStay", "UpdateStayInput", {"goals": ["Other"]}, "stay"),
        ("declineStay", "MoveStayInput", {}, "stay"),
        ("confirmStay", "MoveStayInput", {}, "stay"),
        ("recheckStep", "RecheckStepInput", {}, "step"),
        ("waiveStep", "WaiveStepInput", {"reason": "Not needed"}, "step"),
    ],
)
async def test_every_change_of_an_editable_object_can_name_its_revision(
    seeded: House, name: str, input_type: str, given: dict[str, Any], on: str
) -> None:
    admin = await seeded.person("Ada Admin", admin=True)
    states = {"declineStay": "IN_REVIEW", "confirmStay": "ACCEPTED"}
    stays = (await seeded.data(STAYS, token=admin))["stays"]["nodes"]
    stay = next(one for one in stays if one["state"] == states.get(name, "ACCEPTED"))
    step = next(one for one in stay["onboarding"]["steps"] if one["state"] == "OPEN")
    places = await seeded.data(
        '{ incubator(slug: "gtec") { id revision } startup(slug: "polderlens") { id revision } }',
        token=admin,
    )
    row = {**places, "stay": stay, "step": step}[on]
    named = {"step" if on == "step" else "id": row["id"], **given}
    stale = {**named, "revision": row["revision"] - 1}
    answer = await seeded.data(_mutation(name, input_type), {"input": stale}, token=admin)
    assert answer[name]["problems"] == [{"code": "CONFLICT", "revision": row["revision"]}]
    fresh = {**named, "revision": row["revision"]}
    answer = await seeded.data(_mutation(name, input_type), {"input": fresh}, token=admin)
    assert "CONFLICT" not in {one["code"] for one in answer[name]["problems"]}

"""How operations are answered: by which way, with how many statements and calls of loaders."""

from typing import Any

import pytest

from softlanding.testing.house import House

# Each with one parent and with three.
OPERATIONS: dict[str, tuple[str, int, list[str]]] = {
    "scalars": ("query($n: Int!) { incubators(first: $n) { nodes { id name } } }", 1, []),
    "a list in a list in a list": (
        """query($n: Int!) { incubators(first: $n) { totalCount nodes { name
          startups(first: 2) { totalCount pageInfo { endCursor hasNextPage }
            nodes { name stays { nodes { arrival host { name } } } } } } } }""",
        1,
        [],
    ),
    "stays with their steps": (
        """query($n: Int!) { stays(first: $n) { nodes { arrival startup { name }
          onboarding { steps { key title(locale: "fr") { value } state dueOn } } } } }""",
        1,
        [],
    ),
    "two roots": (
        """query($n: Int!) { stays(first: $n) { nodes { id } } incubator(slug: "gtec") { name }
          viewer { name } }""",
        1,
        [],
    ),
    "a plugin at two levels": (
        """query($n: Int!) { stays(first: $n) { nodes { common { meetingsBooked }
          startup { imtStarter { smeClass } } again: common { mentor } } } }""",
        # The page, the sides of the stays that a loader is given, and what loaders read.
        10,
        ["common Stay", "imt_starter Startup"],
    ),
}


async def explained(
    house: House, query: str, variables: dict[str, Any], token: str | None
) -> dict[str, Any]:
    headers = {"x-softlanding-plan": "1"} | ({"authorization": f"Bearer {token}"} if token else {})
    body = {"query": query, "variables": variables}
    answer = (await house.http.post("/graphql", json=body, headers=headers)).json()
    assert "errors" not in answer, answer
    plan: dict[str, Any] = answer.get("extensions", {}).get("plan", {})
    return plan


@pytest.mark.parametrize("name", list(OPERATIONS))
async def test_the_work_does_not_grow_with_the_number_of_parents(
    seeded: House, admin: str, name: str
) -> None:
    query, statements, calls = OPERATIONS[name]
    for first in (1, 3):
        plan = await explained(seeded, query, {"n": first}, admin)
        assert (plan["path"], len(plan["statements"]), sorted(plan["loaderCalls"])) == (
            "plan",
            statements,
            calls,
        )


async def test_only_staff_is_told_how_an_operation_was_answered(seeded: House, admin: str) -> None:
    founder = await seeded.person("Fay", founder_of=["polderlens"])
    staff = await seeded.person("Sue", staff_of=["gtec"])
    query = "{ incubators { totalCount } }"
    told = [
        sorted(await explained(seeded, query, {}, token)) for token in (None, founder, staff, admin)
    ]
    asked = ["loaderCalls", "milliseconds", "path", "statements"]
    assert told == [[], [], asked, asked]


async def test_introspection_is_answered_by_graphql_core(seeded: House, admin: str) -> None:
    plan = await explained(seeded, "{ __schema { queryType { name } } }", {}, admin)
    assert (plan["path"], plan["statements"]) == ("graphql-core", [])


async def test_a_mutation_answers_its_selection_by_a_plan(seeded: House, admin: str) -> None:
    query = """mutation { publishIncubator(input: {id: "%s"}) {
      incubator { name startups { totalCount } } problems { code } } }"""
    key = (await seeded.data('{ incubator(slug: "gtec") { id } }'))["incubator"]["id"]
    plan = await explained(seeded, query % key, {}, admin)
    assert plan["path"] == "plan"
    assert "startups" in plan["statements"][-1]

"""What operations cost, and that costly ones are refused before anything is read."""

import pytest
from graphql import get_introspection_query

from softlanding.testing.house import House
from softlanding_schema.introspection import MAX_INTROSPECTION


async def cost_of(house: House, query: str, **variables: object) -> dict[str, int]:
    answer = await house.http.post("/graphql", json={"query": query, "variables": variables})
    found: dict[str, int] = answer.json()["extensions"]["cost"]
    return found


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        ("{ __typename }", 1),
        ("{ viewer { name kind } }", 3),
        ("{ incubators { nodes { name } } }", 12),
        ("{ incubators(first: 3) { totalCount nodes { id name } } }", 9),
        ("{ incubators(first: 3) { edges { cursor node { id } } } }", 11),
        ("{ incubators(first: 2) { nodes { startups(first: 5) { nodes { id } } } } }", 16),
        ("query($n: Int = 7) { incubators(first: $n) { nodes { id } } }", 9),
        ("{ ruleSets { key figures { name } } }", 121),
        ("{ ...a ...a } fragment a on Query { viewer { name } }", 4),
    ],
)
async def test_a_field_costs_1_times_the_length_of_the_lists_around_it(
    house: House, query: str, cost: int
) -> None:
    assert await cost_of(house, query) == {"requested": cost, "limit": 20_000}


async def test_the_whole_schema_costs_the_same_however_large_it_is(house: House) -> None:
    assert await cost_of(house, get_introspection_query()) == {"requested": 10_000, "limit": 20_000}
    assert (await cost_of(house, '{ __type(name: "Query") { name } }'))["requested"] < 20
    everything = get_introspection_query(
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
    )
    assert (await cost_of(house, everything))["requested"] < MAX_INTROSPECTION


async def test_variables_size_pages(house: House) -> None:
    query = "query($n: Int) { startups(first: $n) { nodes { id } } }"
    costs = [(await cost_of(house, query, n=n))["requested"] for n in (1, 50, 100, 50.0)]
    assert costs == [3, 52, 102, 52]


async def test_an_operation_above_the_limit_is_refused_and_nothing_is_read(house: House) -> None:
    query = """{ incubators(first: 100) { nodes { startups(first: 100) { nodes {
      stays(first: 100) { nodes { id } } } } } } }"""
    with house.core.database.statements() as statements:
        answer = await house.http.post("/graphql", json={"query": query})
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "errors": [
                {
                    "message": "The operation costs 1020202; at most 20000.",
                    "extensions": {
                        "code": "COST_TOO_HIGH",
                        "hint": "Ask for shorter pages (`first`), fewer lists inside of lists, or"
                        " in several requests.",
                    },
                }
            ],
            "extensions": {"cost": {"requested": 1_020_202, "limit": 20_000}},
        },
    )
    assert statements == []


async def test_whoever_is_registered_may_ask_for_more(house: House) -> None:
    token = await house.person("Ada")
    answer = await house.http.post(
        "/graphql", json={"query": "{ __typename }"}, headers={"authorization": f"Bearer {token}"}
    )
    assert answer.json()["extensions"]["cost"] == {"requested": 1, "limit": 50_000}

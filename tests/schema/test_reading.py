"""Reading: pages, batches, filters, languages; on both databases."""

from typing import Any

import pytest

from softlanding.testing.house import House

NEW = """mutation($input: CreateIncubatorInput!) { createIncubator(input: $input) {
  incubator { id } problems { code message path } } }"""
PUBLISH = """mutation($id: ID!) { publishIncubator(input: {id: $id}) { problems { code } } }"""


async def add_incubator(house: House, token: str, slug: str, name: str) -> str:
    new = {"slug": slug, "name": name, "country": "FR"}
    data = await house.data(NEW, {"input": new}, token=token)
    key: str = data["createIncubator"]["incubator"]["id"]
    await house.data(PUBLISH, {"id": key}, token=token)
    return key


async def walk(house: House, first: int) -> list[str]:
    """Return all names, page after page."""
    query = """query($first: Int!, $after: String) { incubators(first: $first, after: $after) {
      nodes { name } pageInfo { hasNextPage endCursor } } }"""
    names: list[str] = []
    after: str | None = None
    while True:
        page = (await house.data(query, {"first": first, "after": after}))["incubators"]
        names += [node["name"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return names
        after = page["pageInfo"]["endCursor"]


NAMES = ["Alpha", "Beta", "Beta", "Gamma", "beta", "Éclair", "Ūkas"]


async def test_pages_hold_every_row_once_in_one_stable_order(house: House) -> None:
    token = await house.person("Ada", admin=True)
    for number, name in enumerate(reversed(NAMES)):
        await add_incubator(house, token, f"slug-{number}", name)
    for first in (1, 2, 3, 100):
        assert await walk(house, first) == NAMES


async def test_a_cursor_survives_rows_that_come_and_go(house: House) -> None:
    token = await house.person("Ada", admin=True)
    for name in ("B", "D", "F"):
        await add_incubator(house, token, f"slug-{name.lower()}", name)
    query = """query($after: String) { incubators(first: 1, after: $after) {
      nodes { name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
    first = (await house.data(query))["incubators"]
    for name in ("A", "C", "E"):
        await add_incubator(house, token, f"slug-{name.lower()}", name)
    after = first["pageInfo"]["endCursor"]
    second = (await house.data(query, {"after": after}))["incubators"]
    assert (first["nodes"], second["nodes"]) == ([{"name": "B"}], [{"name": "C"}])
    assert second["pageInfo"]["hasNextPage"] is True
    assert second["pageInfo"]["hasPreviousPage"] is True
    assert second["pageInfo"]["startCursor"] == second["pageInfo"]["endCursor"]


async def test_a_list_holds_ten_nodes_unless_asked_for_more(seeded: House) -> None:
    data = await seeded.data("{ startups { nodes { name } totalCount totalCountIsExact } }")
    assert len(data["startups"]["nodes"]) == 10
    assert (data["startups"]["totalCount"], data["startups"]["totalCountIsExact"]) == (12, True)


@pytest.mark.parametrize("first", [0, -1, 101, 2147483647])
async def test_a_page_has_1_to_100_nodes(seeded: House, first: int) -> None:
    answer = await seeded.ask(f"{{ startups(first: {first}) {{ nodes {{ name }} }} }}")
    assert answer == {
        "data": None,
        "errors": [
            {
                "message": f"first is {first}; a page has 1 to 100 nodes.",
                "extensions": {
                    "code": "INVALID",
                    "hint": "Ask for a smaller page and go on with `after`.",
                    "argument": ["first"],
                },
                "locations": [{"line": 1, "column": 3}],
                "path": ["startups"],
            }
        ],
    }


@pytest.mark.parametrize("after", ["", "x", "WyJpbmN1YmF0b3JzIl0=", "bnVsbA==", "é", "W10="])
async def test_a_malformed_cursor_is_refused(seeded: House, after: str) -> None:
    query = "query($after: String) { startups(after: $after) { nodes { name } } }"
    answer = await seeded.ask(query, {"after": after})
    assert answer["data"] is None
    assert answer["errors"][0]["message"] == f"{after!r} is not a cursor of this list."
    assert answer["errors"][0]["extensions"]["code"] == "INVALID"


async def test_a_cursor_of_another_list_is_refused(seeded: House) -> None:
    page = (await seeded.data("{ incubators(first: 1) { pageInfo { endCursor } } }"))["incubators"]
    query = "query($after: String) { startups(after: $after) { nodes { name } } }"
    answer = await seeded.ask(query, {"after": page["pageInfo"]["endCursor"]})
    assert "is not a cursor of this list" in answer["errors"][0]["message"]


LISTS = """query($first: Int!) { incubators(first: $first) { totalCount nodes { name
  startups(first: 2) { totalCount nodes { name stays { totalCount nodes { arrival } } } }
  hostedStays { totalCount nodes { arrival } } sentStays { totalCount nodes { departure } } } } }"""
OBJECTS = """query($first: Int!) { stays(first: $first) { totalCount nodes { arrival
  startup { name imtStarter { smeClass aidGrants { form } } }
  home { name } host { name imtStarter { labs { name } } }
  imtStarter { aidPosition { state } researchMatches { score } }
  onboarding { ready steps { key verdict { outcome } history { action } } } } } }"""


@pytest.mark.parametrize("query", [LISTS, OBJECTS])
async def test_the_number_of_statements_does_not_grow_with_the_number_of_parents(
    seeded: House, admin: str, query: str
) -> None:
    counted = []
    for first in (1, 3, 5):
        with seeded.core.database.statements() as statements:
            data = await seeded.data(query, {"first": first}, token=admin)
        assert [len(page["nodes"]) for page in data.values()] == [first]
        counted.append(len(statements))
    assert counted == [counted[0]] * 3


async def test_total_counts_are_read_only_when_asked_for(seeded: House) -> None:
    with seeded.core.database.statements() as statements:
        await seeded.data("{ incubators { nodes { startups { nodes { name } } } } }")
    assert [sql for sql in statements if "COUNT" in sql] == []


async def test_the_page_of_each_parent_is_its_own(seeded: House) -> None:
    query = """{ incubators { nodes { slug startups(first: 2) { totalCount
      nodes { name } pageInfo { hasNextPage } } } } }"""
    found = {
        node["slug"]: (
            [startup["name"] for startup in node["startups"]["nodes"]],
            node["startups"]["totalCount"],
            node["startups"]["pageInfo"]["hasNextPage"],
        )
        for node in (await seeded.data(query))["incubators"]["nodes"]
    }
    assert found == {
        "crosspring-lab": (["Kanaal Robotics", "Polderlens"], 3, True),
        "f6s-network": (["Copperway Logistics", "Thistle & Loom AI"], 2, False),
        "gtec": (["Havelwerk 3D", "Spreekern Energie"], 2, False),
        "imt-starter": (["Aubaine Réseau", "Cordée Mobile"], 3, True),
        "startup-division": (["Gintaras Laser Lab", "Rūkas Fintech"], 2, False),
    }


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ('{country: {eq: "LT"}}', ["Gintaras Laser Lab", "Rūkas Fintech"]),
        ('{country: {in: ["LT", "DE"]}, nace: {eq: "28.97"}}', ["Havelwerk 3D"]),
        ("{stage: {eq: SCALE}}", []),
        ("{country: {in: []}}", []),
        ('{nace: {in: ["26.51", "28.97"]}}', ["Gintaras Laser Lab", "Havelwerk 3D"]),
    ],
)
async def test_filters_select_startups(seeded: House, where: str, names: list[str]) -> None:
    data = await seeded.data(f"{{ startups(where: {where}) {{ nodes {{ name }} totalCount }} }}")
    assert data["startups"] == {
        "nodes": [{"name": name} for name in names],
        "totalCount": len(names),
    }


async def test_a_list_in_a_filter_has_at_most_250_values(seeded: House) -> None:
    query = "query($in: [String!]) { startups(where: {country: {in: $in}}) { totalCount } }"
    assert "errors" not in await seeded.ask(query, {"in": ["FR"] * 250})
    answer = await seeded.ask(query, {"in": ["FR"] * 251})
    assert answer["errors"][0]["message"] == "The list has 251 values; at most 250."


async def test_texts_come_in_the_language_asked_for_and_say_which_answered(seeded: House) -> None:
    query = """query($locale: String!) { incubator(slug: "imt-starter") {
      summary(locale: $locale) { locale value } } }"""

    async def summary(locale: str) -> Any:
        return (await seeded.data(query, {"locale": locale}))["incubator"]["summary"]

    french = await summary("fr")
    assert french["locale"] == "fr"
    assert french["value"].startswith("Incubateur commun")
    assert await summary("fr-CA") == french
    english = await summary("en")
    assert await summary("lt") == english
    assert english["locale"] == "en"


@pytest.mark.parametrize("locale", ["", "xx", "english", "fr_FR_FR_FR", "*", "fr; DROP"])
async def test_an_unknown_locale_is_refused(seeded: House, locale: str) -> None:
    query = """query($locale: String!) { incubator(slug: "imt-starter") {
      slug summary(locale: $locale) { value } } }"""
    answer = await seeded.ask(query, {"locale": locale})
    assert answer["data"] == {"incubator": {"slug": "imt-starter", "summary": None}}
    assert answer["errors"][0]["extensions"] == {
        "code": "UNKNOWN_LOCALE",
        "hint": "Any known language is fine; English answers where a text is missing.",
        "argument": ["locale"],
    }


@pytest.mark.parametrize(
    "global_id",
    [
        "x",
        "",
        "1",
        "SW5jdWJhdG9y",
        "SW5jdWJhdG9yOjE=",
        "SW5jdWJhdG9yOjAxOGYwMDAwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMA",
        "é",
    ],
)
async def test_what_is_not_an_id_is_refused(seeded: House, global_id: str) -> None:
    for field in ("node", "stay"):
        query = f"query($id: ID!) {{ {field}(id: $id) {{ id }} }}"
        answer = await seeded.ask(query, {"id": global_id})
        assert answer["data"] == {field: None}
        assert answer["errors"][0]["message"] == f"{global_id[:60]!r} is not an id."


async def test_an_id_of_another_type_is_refused(seeded: House) -> None:
    found = (await seeded.data('{ incubator(slug: "gtec") { id } }'))["incubator"]["id"]
    answer = await seeded.ask("query($id: ID!) { stay(id: $id) { id } }", {"id": found})
    assert answer["errors"][0]["message"] == "This is the id of a Incubator; a Stay is needed."


async def test_an_unknown_object_is_null(seeded: House) -> None:
    from softlanding.storage.models import new_id
    from softlanding_schema.reads.global_ids import encode

    data = await seeded.data(
        """query($stay: ID!, $startup: ID!) { stay(id: $stay) { id } node(id: $startup) { id }
        startup(slug: "nobody") { id } incubator(slug: "") { id } }""",
        {"stay": encode("Stay", new_id()), "startup": encode("Startup", new_id())},
    )
    assert data == {"stay": None, "node": None, "startup": None, "incubator": None}


async def test_a_node_is_the_object_its_id_came_from(seeded: House) -> None:
    query = '{ incubator(slug: "gtec") { id } startup(slug: "polderlens") { id } }'
    for found in (await seeded.data(query)).values():
        node = await seeded.data(
            "query($id: ID!) { node(id: $id) { __typename id } }", {"id": found["id"]}
        )
        assert node["node"]["id"] == found["id"]


async def test_the_viewer_says_who_asks(seeded: House) -> None:
    query = "{ viewer { kind name isAdmin today founderOf { slug } staffOf { slug } } }"
    token = await seeded.person("Fay", founder_of=["polderlens", "plume-sante"], staff_of=["gtec"])
    assert (await seeded.data(query, token=token))["viewer"] == {
        "kind": "PERSON",
        "name": "Fay",
        "isAdmin": False,
        "today": "2026-11-22",
        "founderOf": [{"slug": "plume-sante"}, {"slug": "polderlens"}],
        "staffOf": [{"slug": "gtec"}],
    }
    assert (await seeded.data(query))["viewer"] == {
        "kind": "ANONYMOUS",
        "name": "anonymous",
        "isAdmin": False,
        "today": "2026-11-22",
        "founderOf": [],
        "staffOf": [],
    }

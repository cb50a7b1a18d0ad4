"""Filters of lists: operators, null, relations, what they must not tell; on both databases."""

from typing import Any

import pytest
from tests.schema.listed import Network

from softlanding.testing.house import House

STARTUPS = "query($where: StartupWhere) { startups(where: $where) { nodes { slug } totalCount } }"
INCUBATORS = "query($where: IncubatorWhere) { incubators(where: $where) { nodes { slug } } }"
STAYS = """query($where: StayWhere) { stays(where: $where) {
  nodes { arrival startup { slug } } totalCount } }"""

EVERY = {"accent", "large", "small", "twin", "zebra"}


async def startups(house: House, where: Any, token: str | None = None) -> set[str]:
    """Return the slugs of the start-ups found; the count agrees."""
    page = (await house.data(STARTUPS, {"where": where}, token=token))["startups"]
    assert page["totalCount"] == len(page["nodes"])
    return {node["slug"] for node in page["nodes"]}


async def incubators(house: House, where: Any, token: str | None = None) -> set[str]:
    page = (await house.data(INCUBATORS, {"where": where}, token=token))["incubators"]
    return {node["slug"] for node in page["nodes"]}


async def stays(house: House, where: Any, token: str | None = None) -> list[tuple[str, str]]:
    """Return the start-ups and arrivals of the stays found, sorted; the count agrees."""
    page = (await house.data(STAYS, {"where": where}, token=token))["stays"]
    assert page["totalCount"] == len(page["nodes"])
    return sorted((node["startup"]["slug"], node["arrival"]) for node in page["nodes"])


@pytest.mark.parametrize(
    ("column", "operators", "slugs"),
    [
        ("name", {"eq": "Zebra"}, {"zebra", "twin"}),
        ("name", {"ne": "Zebra"}, EVERY - {"zebra", "twin"}),
        ("name", {"in": ["Zebra", "Éclair", "zebra"]}, {"zebra", "twin", "accent"}),
        ("name", {"notIn": ["Zebra", "Éclair"]}, {"small", "large"}),
        ("name", {"in": []}, set()),
        ("name", {"notIn": []}, EVERY),
        ("name", {"contains": "lpha"}, {"small", "large"}),
        ("name", {"contains": "Alpha"}, {"large"}),
        ("name", {"contains": "%"}, {"small"}),
        ("name", {"contains": "_"}, {"large"}),
        ("name", {"contains": "\\"}, set()),
        ("name", {"contains": ""}, EVERY),
        ("name", {"contains": "e"}, {"zebra", "twin"}),
        ("name", {"startsWith": "alpha 50%"}, {"small"}),
        ("name", {"startsWith": "É"}, {"accent"}),
        ("name", {"startsWith": "E"}, set()),
        ("name", {"startsWith": "Zebra and more"}, set()),
        ("name", {"startsWith": "Z", "contains": "ra", "ne": "x"}, {"zebra", "twin"}),
        ("nace", {"eq": "62.10"}, {"zebra"}),
        ("nace", {"isNull": True}, {"small", "accent", "twin"}),
        ("nace", {"isNull": False}, {"zebra", "large"}),
        ("website", {"startsWith": "https:"}, {"accent"}),
        ("trl", {"eq": 5}, {"small"}),
        ("trl", {"ne": 5}, {"zebra", "accent"}),
        ("trl", {"in": [3, 9, 4]}, {"zebra", "accent"}),
        ("trl", {"gte": 5}, {"small", "accent"}),
        ("trl", {"lte": 5}, {"small", "zebra"}),
        ("trl", {"gt": 5}, {"accent"}),
        ("trl", {"lt": 5}, {"zebra"}),
        ("trl", {"isNull": True}, {"large", "twin"}),
        ("foundedOn", {"eq": "2020-01-01"}, {"zebra"}),
        ("foundedOn", {"gte": "2020-01-01"}, {"zebra", "large"}),
        ("foundedOn", {"gt": "2020-01-01"}, {"large"}),
        ("foundedOn", {"lte": "2022-02-02"}, {"zebra", "large"}),
        ("foundedOn", {"lt": "2022-02-02"}, {"zebra"}),
        ("foundedOn", {"isNull": True}, {"small", "accent", "twin"}),
        ("stage", {"eq": "SEED"}, {"small", "accent"}),
        ("stage", {"ne": "SEED"}, {"zebra"}),
        ("stage", {"in": ["SEED", "MVP"]}, {"small", "accent", "zebra"}),
        ("stage", {"notIn": ["SEED"]}, {"zebra"}),
        ("stage", {"isNull": True}, {"large", "twin"}),
        ("demo", {"eq": False}, EVERY),
        ("demo", {"eq": True}, set()),
        ("country", {}, EVERY),
        ("country", {"eq": None}, EVERY),
    ],
)
async def test_operators(
    house: House, network: Network, column: str, operators: Any, slugs: set[str]
) -> None:
    assert await startups(house, {column: operators}) == slugs


async def test_every_public_column_of_an_incubator_can_be_asked_for(
    house: House, network: Network
) -> None:
    south = [
        {"id": {"eq": network.id("Incubator", "south")}},
        {"id": {"in": [network.id("Incubator", "south"), network.id("Incubator", "hidden")]}},
        {"slug": {"startsWith": "s"}},
        {"name": {"eq": "South"}},
        {"country": {"ne": "FR"}},
        {"city": {"isNull": True}},
        {"publicFunding": {"eq": False}},
        {"stayCapacity": {"isNull": True}},
        {"projectCapacity": {"gt": 39}},
    ]
    for where in south:
        assert await incubators(house, where) == {"south"}, where
    assert await incubators(house, {"publicFunding": {"isNull": True}}) == set()
    assert await incubators(house, {"website": {"isNull": True}}) == {"north", "south"}


async def test_every_public_column_of_a_stay_can_be_asked_for(
    house: House, network: Network
) -> None:
    cases: list[tuple[Any, list[tuple[str, str]]]] = [
        ({"state": {"eq": "ACTIVE"}}, [("small", "2027-01-04")]),
        ({"state": {"notIn": ["ACTIVE", "CONFIRMED"]}}, [("large", "2027-03-01")]),
        ({"arrival": {"gt": "2027-01-04"}}, [("accent", "2027-03-01"), ("large", "2027-03-01")]),
        ({"arrival": {"eq": "2027-01-04"}}, [("small", "2027-01-04"), ("zebra", "2027-01-04")]),
        ({"departure": {"lt": "2027-03-01"}}, [("zebra", "2027-01-04")]),
        ({"demo": {"eq": True}}, []),
    ]
    for where, found in cases:
        assert await stays(house, where) == found, where


async def test_a_comparison_with_null_is_false_and_its_negation_true(
    house: House, network: Network
) -> None:
    for comparison in (
        {"trl": {"eq": 5}},
        {"trl": {"gte": 5, "lte": 5}},
        {"trl": {"in": [5]}},
        {"and": [{"trl": {"eq": 5}}, {"demo": {"eq": False}}]},
        {"or": [{"trl": {"eq": 5}}, {"trl": {"gt": 100}}]},
    ):
        assert await startups(house, comparison) == {"small"}
        assert await startups(house, {"not": comparison}) == EVERY - {"small"}
        assert await startups(house, {"not": {"not": comparison}}) == {"small"}
    assert await startups(house, {"not": {"trl": {"ne": 5}}}) == {"small", "large", "twin"}
    assert await startups(house, {"not": {"stage": {"notIn": []}}}) == {"large", "twin"}


async def test_conditions_are_combined(house: House, network: Network) -> None:
    cases: list[tuple[Any, set[str]]] = [
        ({}, EVERY),
        ({"and": []}, EVERY),
        ({"or": []}, set()),
        ({"not": {}}, set()),
        ({"or": [{}]}, EVERY),
        ({"or": [{"slug": {"eq": "twin"}}, {"trl": {"lt": 4}}]}, {"twin", "zebra"}),
        ({"or": [{"slug": {"eq": "twin"}}], "country": {"eq": "FR"}}, set()),
        (
            {"and": [{"name": {"eq": "Zebra"}}, {"not": {"country": {"eq": "LT"}}}]},
            {"zebra"},
        ),
    ]
    for where, found in cases:
        assert await startups(house, where) == found, where


async def test_relations_are_filtered(house: House, network: Network) -> None:
    assert await startups(house, {"home": {"slug": {"eq": "south"}}}) == {
        "large",
        "accent",
        "twin",
    }
    assert await startups(house, {"stays": {"none": {}}}) == {"twin"}
    assert await startups(house, {"stays": {"some": {"state": {"eq": "ACTIVE"}}}}) == {"small"}
    assert await startups(
        house,
        {
            "stays": {
                "some": {"arrival": {"gte": "2027-01-01"}},
                "none": {"host": {"country": {"eq": "DE"}}},
            }
        },
    ) == {"large", "accent"}
    assert await stays(
        house, {"startup": {"trl": {"isNull": True}}, "home": {"slug": {"eq": "south"}}}
    ) == [("large", "2027-03-01")]
    assert await stays(house, {"not": {"host": {"country": {"eq": "DE"}}}}) == [
        ("accent", "2027-03-01"),
        ("large", "2027-03-01"),
    ]
    assert await incubators(house, {"startups": {"some": {"trl": {"gt": 5}}}}) == {"south"}
    assert await incubators(house, {"hostedStays": {"some": {"state": {"eq": "CLOSED"}}}}) == {
        "north"
    }
    assert await incubators(house, {"sentStays": {"none": {"state": {"eq": "ACTIVE"}}}}) == {
        "south"
    }
    nested = {"startups": {"some": {"stays": {"some": {"host": {"slug": {"eq": "north"}}}}}}}
    assert await incubators(house, nested) == {"south"}


async def test_lists_of_a_parent_are_filtered(house: House, network: Network) -> None:
    query = """query($startup: StartupWhere, $stay: StayWhere) { incubators { nodes { slug
      startups(where: $startup) { totalCount nodes { slug stays(where: $stay) { totalCount } } }
      hostedStays(where: $stay) { totalCount } sentStays(where: $stay) { totalCount } } } }"""
    variables = {
        "startup": {"stays": {"some": {}}, "stage": {"isNull": False}},
        "stay": {"startup": {"trl": {"gte": 5}}},
    }
    assert (await house.data(query, variables))["incubators"]["nodes"] == [
        {
            "slug": "north",
            "startups": {
                "totalCount": 2,
                "nodes": [
                    {"slug": "zebra", "stays": {"totalCount": 0}},
                    {"slug": "small", "stays": {"totalCount": 1}},
                ],
            },
            "hostedStays": {"totalCount": 1},
            "sentStays": {"totalCount": 1},
        },
        {
            "slug": "south",
            "startups": {
                "totalCount": 1,
                "nodes": [{"slug": "accent", "stays": {"totalCount": 1}}],
            },
            "hostedStays": {"totalCount": 1},
            "sentStays": {"totalCount": 1},
        },
    ]


SECRET: Any = {"name": {"startsWith": "Sec"}}
HIDDEN: Any = {"slug": {"eq": "hidden"}}


async def test_a_filter_tells_nothing_about_a_hidden_row(house: House, network: Network) -> None:
    """A condition on a row that one does not see is as if the row were not there."""
    stranger = await house.person("Sara", staff_of=["hidden"])
    for token in (None, stranger):
        all_stays = await stays(house, {}, token)
        assert "secret" not in dict(all_stays)
        assert await startups(house, SECRET, token) == set()
        assert await startups(house, {"not": SECRET}, token) == EVERY
        assert await startups(house, {"or": [SECRET, {"trl": {"eq": 3}}]}, token) == {"zebra"}
        assert await stays(house, {"startup": SECRET}, token) == []
        assert await stays(house, {"not": {"startup": SECRET}}, token) == all_stays
        assert await stays(house, {"startup": {"not": SECRET}}, token) == all_stays
        for relation in ("sentStays", "hostedStays"):
            some = {relation: {"some": {"startup": SECRET}}}
            none = {relation: {"none": {"startup": SECRET}}}
            visible = await incubators(house, {}, token)
            assert await incubators(house, some, token) == set()
            assert await incubators(house, none, token) == visible
            assert await incubators(house, {"not": some}, token) == visible
        assert await incubators(house, {"startups": {"some": SECRET}}, token) == set()
        assert await incubators(house, {"startups": {"none": {"not": SECRET}}}, token) == (
            set() if token is None else {"hidden"}
        )
        draft = {"stays": {"some": {"state": {"eq": "DRAFT"}}}}
        assert await startups(house, draft, token) == set()
        assert await startups(house, {"not": draft}, token) == EVERY
    assert await stays(house, {"host": HIDDEN}) == []
    assert await startups(house, {"home": {"not": HIDDEN}}) == EVERY
    by_id = {"id": {"in": [network.id("Startup", "secret"), network.id("Startup", "twin")]}}
    assert await startups(house, by_id) == {"twin"}
    assert await stays(house, {"startup": by_id}) == []


async def test_a_filter_finds_what_its_asker_sees(house: House, network: Network) -> None:
    founder = await house.person("Fay", founder_of=["secret"])
    assert await startups(house, SECRET, founder) == {"secret"}
    assert await stays(house, {"startup": SECRET}, founder) == [("secret", "2027-04-05")]
    assert await incubators(house, {"startups": {"some": SECRET}}, founder) == {"north"}


async def test_what_parties_read_is_filtered_on_their_rows_only(
    house: House, network: Network
) -> None:
    admin = await house.person("Ada", admin=True)
    founder = await house.person("Fay", founder_of=["zebra"])
    staff = await house.person("Nora", staff_of=["north"])
    stranger = await house.person("Sara", staff_of=["hidden"])
    drafted = {"submittedAt": {"isNull": True}}
    handed_in = {"submittedAt": {"gte": "2026-11-01T13:30:00+01:00", "lt": "2026-11-01T12:31:00"}}
    zebra = ("zebra", "2027-01-04")
    draft = ("zebra", "2027-02-01")
    rest = [("accent", "2027-03-01"), ("large", "2027-03-01"), ("small", "2027-01-04")]
    secret = ("secret", "2027-04-05")
    assert await stays(house, drafted, admin) == [draft]
    assert await stays(house, drafted, founder) == [draft]
    assert await stays(house, drafted, staff) == [draft]
    assert await stays(house, drafted, stranger) == []
    assert await stays(house, handed_in, admin) == sorted([*rest, secret, zebra])
    assert await stays(house, handed_in, founder) == [zebra]
    assert await stays(house, handed_in, staff) == sorted([*rest, secret, zebra])
    assert await stays(house, {"not": handed_in}, founder) == sorted([*rest, draft])
    unpublished = {"published": {"eq": False}}
    published = {"published": {"eq": True}}
    assert await startups(house, unpublished, admin) == {"secret"}
    assert await startups(house, unpublished, staff) == {"secret"}
    assert await startups(house, unpublished, founder) == set()
    assert await startups(house, published, founder) == {"zebra"}
    assert await startups(house, published, staff) == {"zebra", "small"}
    assert await incubators(house, unpublished, staff) == set()
    assert await incubators(house, unpublished, stranger) == {"hidden"}
    assert await incubators(house, {"not": published}, stranger) == {"hidden", "north", "south"}


@pytest.mark.parametrize(
    ("query", "where", "path"),
    [
        (STAYS, {"submittedAt": {"isNull": True}}, ["where", "submittedAt"]),
        (STAYS, {"not": {"submittedAt": {}}}, ["where", "not", "submittedAt"]),
        (
            STAYS,
            {"startup": {"published": {"eq": False}}},
            ["where", "startup", "published"],
        ),
        (STARTUPS, {"or": [{}, {"published": {"eq": False}}]}, ["where", "or", "1", "published"]),
        (
            INCUBATORS,
            {"startups": {"none": {"published": {"eq": False}}}},
            ["where", "startups", "none", "published"],
        ),
    ],
)
async def test_what_only_parties_read_is_refused_to_those_who_never_are(
    house: House, network: Network, query: str, where: Any, path: list[str]
) -> None:
    from softlanding.services.tokens import create_token

    website = await create_token(house.core, label="site", incubator_slug="south")
    field = "stays" if query == STAYS else "startups" if query == STARTUPS else "incubators"
    for token in (None, website):
        answer = await house.ask(query, {"where": where}, token=token)
        place = answer["errors"][0].pop("locations")
        assert len(place) == 1
        assert answer == {
            "data": None,
            "errors": [
                {
                    "message": f"{path[-1]} is not for you to read, so you cannot filter by it.",
                    "extensions": {
                        "code": "FORBIDDEN",
                        "hint": "Leave it out, or send a token of somebody who may read it.",
                        "argument": path,
                    },
                    "path": [field],
                }
            ],
        }


async def refusal(house: House, query: str, where: Any) -> tuple[str, list[str] | None]:
    answer = await house.ask(query, {"where": where})
    assert answer["data"] is None
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "INVALID"
    return error["message"], error["extensions"].get("argument")


def deep(levels: int) -> Any:
    return {"not": deep(levels - 1)} if levels else {}


async def test_filters_have_limits(house: House, network: Network) -> None:
    assert await refusal(house, STARTUPS, {"trl": {"in": [1] * 251}}) == (
        "The list has 251 values; at most 250.",
        ["where", "trl", "in"],
    )
    assert await refusal(house, STARTUPS, {"not": {"name": {"notIn": ["x"] * 251}}}) == (
        "The list has 251 values; at most 250.",
        ["where", "not", "name", "notIn"],
    )
    assert await refusal(house, STARTUPS, {"or": [{}] * 21}) == (
        "The list has 21 values; at most 20.",
        ["where", "or"],
    )
    assert await refusal(house, STARTUPS, deep(10)) == (
        "The filter has more than 10 levels.",
        ["where"],
    )
    assert await startups(house, deep(9)) == set()
    assert await refusal(house, STARTUPS, deep(200)) == (
        "The filter has more than 10 levels.",
        ["where"],
    )
    wide = {"or": [{"or": [{"trl": {"eq": 1}}] * 20}] * 5}
    assert await refusal(house, STARTUPS, wide) == (
        "The filter has more than 100 conditions.",
        ["where"],
    )
    assert await refusal(house, STARTUPS, of_each_other(3)) == (
        "The filter has more than 3 relations in each other.",
        ["where"],
    )
    assert await startups(house, of_each_other(1)) == set()


def of_each_other(times: int) -> Any:
    """Return a filter of start-ups through stays, and of those through start-ups."""
    inner = of_each_other(times - 1) if times > 1 else {}
    return {"stays": {"some": {"startup": {**inner, "name": {"eq": "nobody"}}}}}


async def test_an_id_in_a_filter_is_one_of_the_right_type(house: House, network: Network) -> None:
    stay_id = network.id("Startup", "twin")
    assert await refusal(house, STAYS, {"id": {"eq": stay_id}}) == (
        "This is the id of a Startup; a Stay is needed.",
        ["where", "id", "eq"],
    )
    assert await refusal(house, STAYS, {"startup": {"id": {"in": ["x"]}}}) == (
        "'x' is not an id.",
        ["where", "startup", "id", "in"],
    )


async def test_statements_do_not_grow_with_the_number_of_parents(
    house: House, network: Network
) -> None:
    query = """query($first: Int, $where: StayWhere) { startups(first: $first) { nodes { slug
      stays(last: 2, where: $where, orderBy: [{field: STATE}, {field: ARRIVAL, direction: DESC}])
      { totalCount nodes { arrival host { name } } } } } }"""
    where = {"host": {"startups": {"some": {"trl": {"gte": 3}}}}}
    counted = []
    for first in (1, 3, 5):
        with house.core.database.statements() as statements:
            data = await house.data(query, {"first": first, "where": where})
        assert len(data["startups"]["nodes"]) == first
        counted.append(len(statements))
    assert counted == [counted[0]] * 3

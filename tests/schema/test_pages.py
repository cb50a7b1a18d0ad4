"""Orders and pages: every order walked from both ends gives the whole list; on both databases."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from tests.schema.listed import Network, startup, stay

from softlanding.host.registry import Registry
from softlanding.storage.database import Transaction
from softlanding.storage.engines import sqlite_file
from softlanding.storage.tables import Row
from softlanding.testing.house import House, open_house
from softlanding_schema.reads.global_ids import encode
from tests.conftest import Templates

PAGE = """nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"""
ARGUMENTS = "first: $first, after: $after, last: $last, before: $before, orderBy: $order"
VARIABLES = "$first: Int, $after: String, $last: Int, $before: String"
TYPES = {"startups": "Startup", "stays": "Stay"}
LISTS = {
    which: f"query({VARIABLES}, $order: [{kind}Order!]) {{ {which}({ARGUMENTS}) {{ {PAGE} }} }}"
    for which, kind in TYPES.items()
}


async def page(house: House, which: str, order: Any, token: str | None, **part: Any) -> Any:
    return (await house.data(LISTS[which], {"order": order, **part}, token=token))[which]


async def forward(house: House, which: str, order: Any, token: str, size: int) -> list[str]:
    """Return all ids, page after page, and check what each page says about its sides."""
    found: list[str] = []
    after = None
    while True:
        part = await page(house, which, order, token, first=size, after=after)
        found += [node["id"] for node in part["nodes"]]
        assert part["pageInfo"]["hasPreviousPage"] is (after is not None)
        after = part["pageInfo"]["endCursor"]
        if not part["pageInfo"]["hasNextPage"]:
            return found


async def backward(house: House, which: str, order: Any, token: str, size: int) -> list[str]:
    """Return all ids in the order of the list, page before page."""
    found: list[str] = []
    before = None
    while True:
        part = await page(house, which, order, token, last=size, before=before)
        found = [node["id"] for node in part["nodes"]] + found
        assert part["pageInfo"]["hasNextPage"] is (before is not None)
        before = part["pageInfo"]["startCursor"]
        if not part["pageInfo"]["hasPreviousPage"]:
            return found


def in_order(rows: list[Row], order: list[tuple[str, str]], type_name: str) -> list[str]:
    """Return the ids as they should come: texts by code point, ties by id."""
    ordered = list(rows)
    last_direction = order[-1][1]
    for column, direction in reversed([*order, ("id", last_direction)]):
        ordered.sort(key=lambda row: row[column], reverse=direction == "DESC")
    return [encode(type_name, row["id"]) for row in ordered]


ORDERS: dict[str, list[list[tuple[str, str]]]] = {
    "startups": [
        [("name", "ASC")],
        [("name", "DESC")],
        [("slug", "DESC")],
        [("country", "ASC"), ("name", "ASC")],
        [("country", "DESC"), ("name", "ASC")],
        [("name", "ASC"), ("country", "DESC")],
        [("country", "ASC"), ("name", "DESC"), ("slug", "ASC")],
    ],
    "stays": [
        [("arrival", "DESC")],
        [("state", "ASC")],
        [("departure", "DESC"), ("arrival", "ASC")],
        [("state", "DESC"), ("arrival", "DESC")],
        [("state", "ASC"), ("arrival", "DESC"), ("departure", "ASC")],
    ],
}


async def more_ties(house: House, network: Network) -> None:
    """Add rows that only the id tells apart."""
    north = network.one("incubators", "north")
    south = network.one("incubators", "south")
    more = [
        startup(f"tie-{number}", name, north, country=country)
        for number, (name, country) in enumerate(
            [("Zebra", "FR"), ("zebra", "LT"), ("Zebra", "LT"), ("Ž", "FR"), ("𝄞", "DE")]
        )
    ]
    first = network.rows["stays"][0]
    ties = [stay(more[0], south, first["arrival"], state=state) for state in ("ACTIVE", "CLOSED")]
    ties += [stay(more[1], south, first["arrival"]) for _ in range(3)]

    async def work(transaction: Transaction) -> None:
        await transaction.insert("startups", *more)
        await transaction.insert("stays", *ties)

    await house.core.database.transact(work)
    network.rows["startups"] += more
    network.rows["stays"] += ties


@pytest.mark.parametrize("which", ["startups", "stays"])
async def test_every_order_gives_every_row_once_from_both_ends(
    house: House, network: Network, which: str
) -> None:
    token = await house.person("Ada", admin=True)
    await more_ties(house, network)
    for order in ORDERS[which]:
        asked = [{"field": column.upper(), "direction": way} for column, way in order]
        whole = in_order(network.rows[which], order, TYPES[which])
        assert await forward(house, which, asked, token, 100) == whole, order
        for size in (1, 2, 3):
            assert await forward(house, which, asked, token, size) == whole, (order, size)
            assert await backward(house, which, asked, token, size) == whole, (order, size)


async def test_without_an_order_a_list_keeps_its_own(house: House, network: Network) -> None:
    token = await house.person("Ada", admin=True)
    own = in_order(network.rows["startups"], [("name", "ASC")], "Startup")
    for order in (None, [], [{"field": "NAME"}], [{"field": "NAME", "direction": "ASC"}]):
        assert await forward(house, "startups", order, token, 2) == own
    cursor = (await page(house, "startups", None, token, first=1))["pageInfo"]["endCursor"]
    second = await page(house, "startups", [{"field": "NAME"}], token, first=1, after=cursor)
    assert [node["id"] for node in second["nodes"]] == [own[1]]


async def test_a_part_between_two_cursors_is_read_from_either_end(
    house: House, network: Network
) -> None:
    token = await house.person("Ada", admin=True)
    order = [{"field": "COUNTRY", "direction": "DESC"}, {"field": "NAME"}]
    whole = in_order(network.rows["startups"], [("country", "DESC"), ("name", "ASC")], "Startup")
    after = (await page(house, "startups", order, token, first=1))["pageInfo"]["endCursor"]
    before = (await page(house, "startups", order, token, last=1))["pageInfo"]["startCursor"]
    for size, more in ((3, True), (4, False)):
        part = {"after": after, "before": before}
        found = await page(house, "startups", order, token, first=size, **part)
        assert [node["id"] for node in found["nodes"]] == whole[1 : size + 1]
        assert found["pageInfo"]["hasNextPage"] is more
        assert found["pageInfo"]["hasPreviousPage"] is True
        found = await page(house, "startups", order, token, last=size, **part)
        assert [node["id"] for node in found["nodes"]] == whole[5 - size : 5]
        assert found["pageInfo"]["hasPreviousPage"] is more
        assert found["pageInfo"]["hasNextPage"] is True


async def test_lists_of_parents_are_ordered_and_read_from_either_end(
    house: House, network: Network
) -> None:
    query = """query($order: [StartupOrder!]) { incubators { nodes { slug
      first: startups(first: 2, orderBy: $order) { ...page }
      last: startups(last: 2, orderBy: $order) { ...page } } } }
      fragment page on StartupConnection { nodes { slug }
        pageInfo { hasNextPage hasPreviousPage } }"""
    order = [{"field": "COUNTRY", "direction": "DESC"}, {"field": "SLUG", "direction": "DESC"}]
    nodes = (await house.data(query, {"order": order}))["incubators"]["nodes"]
    shown = {
        node["slug"]: {
            end: (
                [one["slug"] for one in node[end]["nodes"]],
                node[end]["pageInfo"]["hasNextPage"],
                node[end]["pageInfo"]["hasPreviousPage"],
            )
            for end in ("first", "last")
        }
        for node in nodes
    }
    assert shown == {
        "north": {
            "first": (["zebra", "small"], False, False),
            "last": (["zebra", "small"], False, False),
        },
        "south": {
            "first": (["twin", "large"], True, False),
            "last": (["large", "accent"], False, True),
        },
    }


@pytest.mark.parametrize(
    ("arguments", "message", "path", "hint"),
    [
        (
            "first: 1, last: 1",
            "first and last cannot be asked for together.",
            ["last"],
            "Leave one of them out: first reads forward, last reads backward.",
        ),
        (
            "last: 0",
            "last is 0; a page has 1 to 100 nodes.",
            ["last"],
            "Ask for a smaller page and go on with `before`.",
        ),
        (
            "last: 101",
            "last is 101; a page has 1 to 100 nodes.",
            ["last"],
            "Ask for a smaller page and go on with `before`.",
        ),
        (
            'before: "x"',
            "'x' is not a cursor of this list.",
            ["before"],
            "Take `before` from pageInfo.startCursor of another page of the same list, in the"
            " same order.",
        ),
        (
            "orderBy: [{field: NAME}, {field: SLUG}, {field: NAME, direction: DESC}]",
            "The order names NAME more than once.",
            ["orderBy"],
            "Name each field once, the most important one first.",
        ),
        (
            "orderBy: [{field: NAME}, {field: SLUG}, {field: NAME}, {field: COUNTRY}]",
            "The order has 4 fields; at most 3.",
            ["orderBy"],
            "Name each field once, the most important one first.",
        ),
    ],
)
async def test_what_makes_no_page_is_refused(
    house: House, arguments: str, message: str, path: list[str], hint: str
) -> None:
    answer = await house.ask(f"{{ startups({arguments}) {{ nodes {{ id }} }} }}")
    assert answer == {
        "data": None,
        "errors": [
            {
                "message": message,
                "extensions": {"code": "INVALID", "hint": hint, "argument": path},
                "locations": [{"line": 1, "column": 3}],
                "path": ["startups"],
            }
        ],
    }


async def test_a_cursor_of_another_order_is_refused(house: House, network: Network) -> None:
    token = await house.person("Ada", admin=True)
    orders: list[Any] = [
        None,
        [{"field": "NAME", "direction": "DESC"}],
        [{"field": "SLUG"}],
        [{"field": "NAME"}, {"field": "COUNTRY"}],
    ]
    for own in orders:
        cursor = (await page(house, "startups", own, token, first=1))["pageInfo"]["endCursor"]
        for other in orders:
            for part in ({"after": cursor}, {"before": cursor}):
                answer = await house.ask(LISTS["startups"], {"order": other, **part}, token=token)
                refused = [error["extensions"]["code"] for error in answer.get("errors", [])]
                assert refused == ([] if own == other else ["INVALID"]), (own, other)


INDEXED = [
    "stays",
    "stays(last: 5)",
    'stays(where: {arrival: {gte: "2027-01-01"}})',
    "stays(where: {state: {eq: CONFIRMED}})",
    "stays(where: {state: {in: [CONFIRMED, ACTIVE]}})",
    "stays(orderBy: [{field: DEPARTURE, direction: DESC}])",
    "startups",
    'startups(where: {country: {eq: "FR"}})',
    "startups(where: {stage: {eq: SEED}})",
    'startups(where: {nace: {eq: "62.10"}})',
    "startups(orderBy: [{field: COUNTRY}, {field: NAME}])",
    "incubators",
    "incubators(orderBy: [{field: SLUG, direction: DESC}])",
]


async def test_pages_likely_to_be_asked_for_are_read_in_the_order_of_an_index(
    templates: Templates, registry: Registry
) -> None:
    """SQLite tells how it reads; where it would sort, a page would cost as much as its list."""
    url = templates.fresh("sqlite", seeded=False)
    async with open_house(database_url=url, registry=registry, migrated=True) as house:
        staff = await house.person("Nora")
        with house.core.database.statements() as statements:
            for field in INDEXED:
                for token in (None, staff):
                    await house.data(f"{{ {field} {{ nodes {{ id }} }} }}", token=token)
    pages = [sql for sql in statements if " ORDER BY " in sql and " LIMIT " in sql]
    assert len(pages) == 2 * len(INDEXED)
    with closing(sqlite3.connect(sqlite_file(url))) as connection:
        for sql in pages:
            told = connection.execute(f"EXPLAIN QUERY PLAN {sql}", [None] * sql.count("?"))
            assert [line[3] for line in told if "TEMP B-TREE" in line[3]] == [], sql

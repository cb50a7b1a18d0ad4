"""Pages of a list that changes while it is walked: no row is skipped, none is seen twice."""

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise
from random import Random
from threading import Event
from typing import Any

import pytest
from tests.counts import count
from tests.schema.changing import Asked, ChangingList, Key

from softlanding.host.registry import Registry
from softlanding.storage.database import DEADLINE_SECONDS, Database
from softlanding.storage.tables import table
from softlanding.testing.house import House, open_house
from softlanding_schema.reads.global_ids import key_of
from softlanding_schema.types import orders

TYPES = {"startups": "Startup", "stays": "Stay"}

ASKED = {
    "own order": Asked("startups"),
    "one direction, what everybody sees": Asked(
        "startups", [("name", "DESC"), ("country", "DESC")], anonymous=True
    ),
    "mixed, where a value is null": Asked(
        "startups",
        [("country", "DESC"), ("name", "ASC")],
        {"stage": {"isNull": True}},
        lambda row: row["stage"] is None,
    ),
    "three mixed, where a value is null or large": Asked(
        "startups",
        [("country", "ASC"), ("name", "DESC"), ("slug", "ASC")],
        {"or": [{"trl": {"isNull": True}}, {"trl": {"gte": 5}}]},
        lambda row: row["trl"] is None or row["trl"] >= 5,
    ),
    "days and states": Asked(
        "stays", [("state", "ASC"), ("arrival", "DESC"), ("departure", "ASC")]
    ),
    "days, where a value of another table is null": Asked(
        "stays",
        [("departure", "DESC"), ("arrival", "ASC")],
        {"startup": {"stage": {"isNull": True}}},
        lambda row: row["startup"]["stage"] is None,
    ),
    "of a parent": Asked("startups", [("name", "ASC"), ("country", "DESC")], of_parent=True),
}


class Walk:
    """A client that reads page after page."""

    def __init__(self, house: House, listed: ChangingList, token: str | None) -> None:
        self._house = house
        self._listed = listed
        self._token = token
        self._type = TYPES[listed.asked.table]
        self._cursor: str | None = None
        self.limit: Key | None = None
        self.seen: list[Key] = []

    def _query(self) -> str:
        which, kind = self._listed.asked.table, self._type
        field = f"""{which}(first: $first, after: $after, last: $last, before: $before,
          orderBy: $order, where: $where) {{ nodes {{ id }} edges {{ cursor }}
          pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }}"""
        if self._listed.asked.of_parent:
            field = f'incubator(slug: "north") {{ {field} }}'
        return f"""query($first: Int, $after: String, $last: Int, $before: String,
          $order: [{kind}Order!], $where: {kind}Where) {{ {field} }}"""

    async def page(self, size: int, *, backward: bool) -> tuple[list[Key], bool]:
        """Read the next page; return its rows, and whether the list goes on."""
        asked = self._listed.asked
        variables: dict[str, Any] = {
            "last" if backward else "first": size,
            "before" if backward else "after": self._cursor,
            "order": [{"field": name.upper(), "direction": way} for name, way in asked.order],
            "where": asked.where,
        }
        data = await self._house.data(self._query(), variables, token=self._token)
        found = (data["incubator"] if asked.of_parent else data)[asked.table]
        told = found["pageInfo"]
        cursors = [edge["cursor"] for edge in found["edges"]] or [None]
        assert (told["startCursor"], told["endCursor"]) == (cursors[0], cursors[-1])
        more, other = told["hasNextPage"], told["hasPreviousPage"]
        if backward:
            more, other = other, more
        assert other is (self._cursor is not None)
        ids = [key_of(node["id"], self._type, "id") for node in found["nodes"]]
        keys = [asked.key(self._listed.rows[key]) for key in ids]
        if keys:
            self._cursor = cursors[0 if backward else -1]
            self.limit = keys[0 if backward else -1]
            self.seen = [*keys, *self.seen] if backward else [*self.seen, *keys]
        return keys, more

    def assert_all_seen_once(self) -> None:
        """In order, so none twice; all that stayed; none that never was."""
        assert all(one < next_one for one, next_one in pairwise(self.seen))
        assert self._listed.stayed <= set(self.seen) <= self._listed.ever


@pytest.fixture(params=[True, False], ids=["plans", "graphql-core"])
def planned(request: pytest.FixtureRequest) -> bool:
    """Both ways to answer."""
    return bool(request.param)


@pytest.fixture
async def house(database_url: str, registry: Registry, planned: bool) -> AsyncIterator[House]:
    """The product over an empty database, answering in one of the ways."""
    async with open_house(
        database_url=database_url, registry=registry, migrated=True, planned=planned
    ) as opened:
        yield opened


async def filled(house: House, asked: Asked, size: int, dice: Random) -> tuple[ChangingList, Any]:
    listed = ChangingList(asked, size, dice)
    await listed.fill(house.core.database.url)
    return listed, None if asked.anonymous else await house.person("Ada", admin=True)


def rows_of(planned: bool) -> int:
    return count("rows paged through by plans" if planned else "rows paged through by graphql-core")


async def assert_pages(house: House, name: str, rows: int, sizes: tuple[int, int]) -> None:
    """Walk from both ends, writing before each page; the list in memory tells what it shows."""
    dice = Random(name)
    listed, token = await filled(house, ASKED[name], rows, dice)
    for backward in (False, True):
        walk = Walk(house, listed, token)
        listed.begin()
        more = True
        while more:
            await listed.change(house.core.database, walk.limit)
            size = dice.randint(*sizes)
            expected = listed.part(walk.limit, size, backward=backward)
            keys, more = await walk.page(size, backward=backward)
            assert (keys, more) == expected
        walk.assert_all_seen_once()


@pytest.mark.parametrize("name", ASKED)
async def test_each_page_is_what_lies_beyond_its_cursor_whatever_was_written_between(
    house: House, planned: bool, name: str
) -> None:
    await assert_pages(house, name, rows_of(planned), (50, 100))


@pytest.mark.parametrize("name", ASKED)
async def test_it_is_so_where_something_is_written_at_nearly_every_row(
    house: House, name: str
) -> None:
    await assert_pages(house, name, count("rows on small pages"), (1, 4))


@pytest.mark.parametrize("backward", [False, True], ids=["forward", "backward"])
@pytest.mark.parametrize("name", ["three mixed, where a value is null or large", "days and states"])
async def test_a_writer_at_the_same_time_neither_hides_nor_doubles_a_row(
    house: House, planned: bool, name: str, backward: bool
) -> None:
    dice = Random(name)
    listed, token = await filled(house, ASKED[name], rows_of(planned), dice)
    walk = Walk(house, listed, token)
    listed.begin()
    written, ended = Event(), Event()

    async def write() -> None:
        database = Database(house.core.database.url)
        try:
            while not ended.is_set():
                await listed.change(database, walk.limit)
                written.set()
        finally:
            written.set()
            await database.close()

    async def read() -> None:
        more = True
        try:
            while more:
                # At least one change for each page, however fast pages are read.
                written.clear()
                await asyncio.to_thread(written.wait, DEADLINE_SECONDS)
                _, more = await walk.page(100, backward=backward)
        finally:
            ended.set()

    # The writer has a loop of its own: SQLite is read in the thread of the product's loop, where
    # no other task would get on meanwhile.
    async with asyncio.TaskGroup() as group:
        group.create_task(asyncio.to_thread(asyncio.run, write()))
        group.create_task(read())
    walk.assert_all_seen_once()


def test_lists_are_sorted_by_what_is_never_null() -> None:
    """No comparison with a null holds, so rows with one would be skipped."""
    fields = {
        "incubators": orders.IncubatorOrderField,
        "startups": orders.StartupOrderField,
        "stays": orders.StayOrderField,
    }
    nullable = [
        (name, one.value)
        for name, enum in fields.items()
        for one in enum
        if table(name).columns[one.value].nullable
    ]
    assert nullable == []

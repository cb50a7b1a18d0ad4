"""A long list that changes while it is read: its rows in a database and, the same, in memory."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import total_ordering
from random import Random
from typing import Any, TypeAlias
from uuid import UUID

from tests.benchmarks.copying import copying
from tests.schema.tied_rows import TiedRows

from softlanding.predicates import Equals
from softlanding.storage.database import Database, Transaction
from softlanding.storage.tables import Row

Key: TypeAlias = tuple[Any, ...]
"""The values by which a row is sorted: smaller keys come first, whatever the directions."""

_OWN_ORDERS = {"startups": [("name", "ASC")], "stays": [("arrival", "ASC")]}


@total_ordering
@dataclass(frozen=True)
class Falling:
    """A value that is sorted from large to small."""

    value: Any

    def __lt__(self, other: "Falling") -> bool:
        return bool(other.value < self.value)


@dataclass(frozen=True)
class Asked:
    """A list, an order and a condition; `holds` tells the condition for a row in memory.

    `of_parent`: the list of the incubator `north`. `anonymous`: without a token.
    """

    table: str
    order: Sequence[tuple[str, str]] = ()
    where: Mapping[str, Any] | None = None
    holds: Callable[[Row], bool] = field(default=lambda row: True)
    of_parent: bool = False
    anonymous: bool = False

    def key(self, row: Row) -> Key:
        """Return what a row is sorted by; the id, in the last direction, decides ties."""
        terms = self.order or _OWN_ORDERS[self.table]
        return tuple(
            row[column] if direction == "ASC" else Falling(row[column])
            for column, direction in [*terms, ("id", terms[-1][1])]
        )


class ChangingList:
    """A list as it is asked for. What is drawn comes from `dice`.

    `keys` are those of the list as it is now; since the walk began, `stayed` are those that never
    left it, and `ever` all that were in it at any time.
    """

    def __init__(self, asked: Asked, size: int, dice: Random) -> None:
        self.asked = asked
        self._dice = dice
        self._tied = TiedRows(dice)
        self.rows: dict[UUID, Row] = {}
        self._here: set[UUID] = set()
        self.keys: list[Key] = []
        self.stayed: set[Key] = set()
        self.ever: set[Key] = set()
        for _ in range(size):
            self._comes(self._made())

    async def fill(self, url: str) -> None:
        """Write all rows into an empty database, past the product."""
        async with copying(url) as copy:
            await copy.insert("incubators", [self._tied.north, self._tied.south])
            if self.asked.table == "stays":
                await copy.insert("startups", self._tied.travellers)
            await copy.insert(self.asked.table, self.rows.values())

    def begin(self) -> None:
        """Begin a walk: what is here now has been here from the beginning."""
        self.stayed = set(self.keys)
        self.ever = set(self.keys)

    def part(self, limit: Key | None, size: int, *, backward: bool) -> tuple[list[Key], bool]:
        """Return the page beyond a key, as the list is now, and whether more follow."""
        if backward:
            end = len(self.keys) if limit is None else bisect_left(self.keys, limit)
            return self.keys[max(end - size, 0) : end], end > size
        start = 0 if limit is None else bisect_right(self.keys, limit)
        return self.keys[start : start + size], start + size < len(self.keys)

    async def change(self, database: Database, limit: Key | None) -> None:
        """Write in one transaction, anywhere and right where the last page ended.

        What is drawn goes where it is here, and comes, or comes back, where it is not.
        """
        draws = self._dice.sample(self._draws(limit), self._dice.randint(1, 3))
        drawn = {row["id"]: row for draw in draws for row in draw()}
        gone = [row for key, row in drawn.items() if key in self._here]
        come = [row for key, row in drawn.items() if key not in self._here]
        for row in gone:
            self._goes(row)
        for row in come:
            self._comes(row)

        async def work(transaction: Transaction) -> None:
            await transaction.insert(self.asked.table, *come)
            for row in gone:
                await transaction.delete(self.asked.table, Equals("id", row["id"]))

        await database.transact(work)

    def _draws(self, limit: Key | None) -> list[Callable[[], list[Row]]]:
        anywhere = [lambda: [self._made()], self._any, self._any]
        if limit is None:
            return anywhere
        row = self._row(limit)
        return [
            *anywhere,
            lambda: [row],
            lambda: self._beyond(limit, backward=False),
            lambda: self._beyond(limit, backward=True),
            lambda: [self._tied.twin(row, 1)],
            lambda: [self._tied.twin(row, -1)],
        ]

    def _made(self) -> Row:
        return self._tied.made(self.asked.table)

    def _any(self) -> list[Row]:
        return [self._row(self._dice.choice(self.keys))] if self.keys else []

    def _beyond(self, limit: Key, *, backward: bool) -> list[Row]:
        return [self._row(key) for key in self.part(limit, 1, backward=backward)[0]]

    def _row(self, key: Key) -> Row:
        last = key[-1]
        return self.rows[last.value if isinstance(last, Falling) else last]

    def _comes(self, row: Row) -> None:
        self.rows[row["id"]] = row
        self._here.add(row["id"])
        if self._listed(row):
            key = self.asked.key(row)
            insort(self.keys, key)
            self.ever.add(key)

    def _goes(self, row: Row) -> None:
        self._here.remove(row["id"])
        if self._listed(row):
            key = self.asked.key(row)
            del self.keys[bisect_left(self.keys, key)]
            self.stayed.discard(key)

    def _listed(self, row: Row) -> bool:
        if self.asked.of_parent and row["home_id"] != self._tied.north["id"]:
            return False
        if self.asked.anonymous and not row["published"]:
            return False
        if self.asked.table == "stays":
            row = row | {"startup": self._tied.traveller(row)}
        return self.asked.holds(row)

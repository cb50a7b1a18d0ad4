"""A long list that changes while it is read: its rows in a database and, the same, in memory."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import total_ordering
from random import Random
from typing import Any, TypeAlias
from uuid import UUID

from tests.benchmarks.copying import copying
from tests.schema.listed import incubator, startup, stay

from softlanding.access import Equals
from softlanding.storage.database import Database, Transaction
from softlanding.storage.tables import Row

Key: TypeAlias = tuple[Any, ...]
"""The values by which a row is sorted: smaller keys come first, whatever the directions."""

COUNTRIES = ["DE", "FR", "LT"]
NAMES = ["Zebra", "zebra", "Žebra", "Z\u030cebra", "𝄞", "\uffee", 'a "b"', "a \\ b", " ", "a\tb"]
STATES = ["DRAFT", "SUBMITTED", "CONFIRMED", "ACTIVE"]
_KEYS = {"startups": ("Startup", "name"), "stays": ("Stay", "arrival")}


@total_ordering
@dataclass(frozen=True)
class Falling:
    """A value that is sorted from large to small."""

    value: Any

    def __lt__(self, other: "Falling") -> bool:
        return bool(other.value < self.value)


@dataclass(frozen=True)
class Asked:
    """A list, an order and a condition; `holds` tells the condition for a row in memory."""

    table: str
    order: Sequence[tuple[str, str]] = ()
    where: Mapping[str, Any] | None = None
    holds: Callable[[Row], bool] = field(default=lambda row: True)
    parent: bool = False
    anonymous: bool = False

    def key(self, row: Row) -> Key:
        """Return what a row is sorted by; the id, in the last direction, decides ties."""
        terms = self.order or [(_KEYS[self.table][1], "ASC")]
        return tuple(
            row[column] if direction == "ASC" else Falling(row[column])
            for column, direction in [*terms, ("id", terms[-1][1])]
        )


class ChangingList:
    """Rows with many ties and nulls. Whatever is drawn comes from `dice`.

    `keys` are those of the list as it is, `stayed` those that were in it from the beginning,
    `ever` all that were in it at any time.
    """

    def __init__(self, asked: Asked, size: int, dice: Random) -> None:
        self.asked = asked
        self._dice = dice
        self.north, self.south = incubator("north"), incubator("south")
        self._travellers = [
            startup(f"traveller-{number}", "T", self.north, stage=stage)
            for number, stage in enumerate([None, "SEED", None, "MVP"])
        ]
        self.rows: dict[UUID, Row] = {}
        self.here: set[UUID] = set()
        self.keys: list[Key] = []
        for row in (self._made() for _ in range(size)):
            self._comes(row)
        self.stayed = set(self.keys)
        self.ever = set(self.keys)

    async def fill(self, url: str) -> None:
        """Write all rows into an empty database, past the product."""
        async with copying(url) as copy:
            await copy.insert("incubators", [self.north, self.south])
            if self.asked.table == "stays":
                await copy.insert("startups", self._travellers)
            await copy.insert(self.asked.table, self.rows.values())

    def begin(self) -> None:
        """Begin a walk: what is here now has been here from the beginning."""
        self.stayed = set(self.keys)
        self.ever = set(self.keys)

    def key_of(self, key: UUID) -> Key:
        """Return what the row with an id is sorted by."""
        return self.asked.key(self.rows[key])

    def part(self, limit: Key | None, size: int, *, backward: bool) -> tuple[list[Key], bool]:
        """Return the page beyond a key, as the list is now, and whether more follow."""
        if backward:
            end = len(self.keys) if limit is None else bisect_left(self.keys, limit)
            return self.keys[max(end - size, 0) : end], end > size
        start = 0 if limit is None else bisect_right(self.keys, limit)
        return self.keys[start : start + size], start + size < len(self.keys)

    async def change(self, database: Database, limit: Key | None) -> None:
        """Write, in one transaction, anywhere and right where the last page ended."""
        gone: list[UUID] = []
        come: list[Row] = []
        for draw in self._dice.sample(self._draws(limit), self._dice.randint(1, 3)):
            row = draw()
            if row is None:
                continue
            if row["id"] in self.rows:
                if row["id"] in self.here:
                    gone.append(row["id"])
                    self._goes(row)
            else:
                come.append(row)
                self._comes(row)

        async def work(transaction: Transaction) -> None:
            await transaction.insert(self.asked.table, *come)
            for key in gone:
                await transaction.delete(self.asked.table, Equals("id", key))

        await database.transact(work)

    def _draws(self, limit: Key | None) -> list[Callable[[], Row | None]]:
        """Return what may happen: a row that is known goes, another one comes."""
        anywhere: list[Callable[[], Row | None]] = [self._made, self._any, self._any]
        if limit is None:
            return anywhere
        return [
            *anywhere,
            lambda: self._row(limit),
            lambda: self._neighbour(limit, 0),
            lambda: self._neighbour(limit, -1),
            lambda: self._twin(limit, 1),
            lambda: self._twin(limit, -1),
        ]

    def _any(self) -> Row | None:
        return self._row(self._dice.choice(self.keys)) if self.keys else None

    def _row(self, key: Key) -> Row:
        return self.rows[key[-1].value if isinstance(key[-1], Falling) else key[-1]]

    def _neighbour(self, limit: Key, step: int) -> Row | None:
        """Return the row next to a place that may itself be empty by now."""
        place = bisect_left(self.keys, limit) + step
        if step == 0 and place < len(self.keys) and self.keys[place] == limit:
            place += 1
        return self._row(self.keys[place]) if 0 <= place < len(self.keys) else None

    def _twin(self, limit: Key, step: int) -> Row:
        """Return a row so near to another that none fits between them."""
        row = self._row(limit)
        return self._named(row | {"id": UUID(int=row["id"].int + step)})

    def _made(self) -> Row:
        dice = self._dice
        key = UUID(int=dice.getrandbits(128), version=4)
        if self.asked.table == "startups":
            home = dice.choice([self.north, self.south])
            row = startup("", dice.choice(NAMES), home, country=dice.choice(COUNTRIES))
            row |= {"stage": dice.choice([None, None, "SEED", "MVP"])}
            row |= {"trl": dice.choice([None, 1, 5, 9]), "published": dice.random() < 0.8}
            return self._named(row | {"id": key})
        arrival = date(2027, 1, 1) + timedelta(days=dice.randrange(6))
        departure = arrival + timedelta(days=dice.choice([30, 31, 60]))
        row = stay(dice.choice(self._travellers), self.south, arrival, departure=departure)
        return row | {"id": key, "state": dice.choice(STATES)}

    def _named(self, row: Row) -> Row:
        """Give a start-up its slug, which is sorted as its id is."""
        return row | {"slug": f"s-{row['id'].hex}"} if "slug" in row else row

    def traveller(self, row: Row) -> Row:
        """Return the start-up of a stay."""
        return next(one for one in self._travellers if one["id"] == row["startup_id"])

    def _holds(self, row: Row) -> bool:
        if self.asked.parent and row["home_id"] != self.north["id"]:
            return False
        if self.asked.anonymous and not row["published"]:
            return False
        if self.asked.table == "stays":
            row = row | {"startup": self.traveller(row)}
        return self.asked.holds(row)

    def _comes(self, row: Row) -> None:
        self.rows[row["id"]] = row
        self.here.add(row["id"])
        if self._holds(row):
            key = self.asked.key(row)
            insort(self.keys, key)
            if hasattr(self, "ever"):
                self.ever.add(key)

    def _goes(self, row: Row) -> None:
        self.here.remove(row["id"])
        if self._holds(row):
            key = self.asked.key(row)
            del self.keys[bisect_left(self.keys, key)]
            self.stayed.discard(key)

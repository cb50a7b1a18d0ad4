"""Rows that orders hardly tell apart: few names, countries, days and states, and many nulls."""

from datetime import date, timedelta
from random import Random
from uuid import UUID

from tests.schema.listed import incubator, startup, stay

from softlanding.storage.tables import Row

# Texts that sort differently by code point, by UTF-16, by letter; and that JSON escapes.
_NAMES = ["Zebra", "zebra", "Žebra", "Z\u030cebra", "𝄞", "\uffee", 'a "b"', "a \\ b", " ", "a\tb"]
_COUNTRIES = ["DE", "FR", "LT"]
_STAGES = [None, None, "SEED", "MVP"]
_STATES = ["DRAFT", "SUBMITTED", "CONFIRMED", "ACTIVE"]
_FIRST = date(2027, 1, 1)


class TiedRows:
    """Makes start-ups of two incubators, and stays of four start-ups, as `dice` falls."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self.north, self.south = incubator("north"), incubator("south")
        self.travellers = [
            startup(f"traveller-{number}", "T", self.north, stage=stage)
            for number, stage in enumerate(_STAGES)
        ]

    def made(self, table: str) -> Row:
        """Return a new row."""
        key = UUID(int=self._dice.getrandbits(128), version=4)
        return self._startup(key) if table == "startups" else self._stay(key)

    def twin(self, row: Row, step: int) -> Row:
        """Return a row so near to another in every order that none fits between them."""
        return _with_key(row, UUID(int=row["id"].int + step))

    def traveller(self, row: Row) -> Row:
        """Return the start-up of a stay."""
        return next(one for one in self.travellers if one["id"] == row["startup_id"])

    def _startup(self, key: UUID) -> Row:
        dice = self._dice
        home = dice.choice([self.north, self.south])
        row = startup("", dice.choice(_NAMES), home, country=dice.choice(_COUNTRIES))
        row |= {"stage": dice.choice(_STAGES), "trl": dice.choice([None, 1, 5, 9])}
        return _with_key(row | {"published": dice.random() < 0.8}, key)

    def _stay(self, key: UUID) -> Row:
        dice = self._dice
        arrival = _FIRST + timedelta(days=dice.randrange(6))
        departure = arrival + timedelta(days=dice.choice([30, 31, 60]))
        row = stay(dice.choice(self.travellers), self.south, arrival, departure=departure)
        return _with_key(row | {"state": dice.choice(_STATES)}, key)


def _with_key(row: Row, key: UUID) -> Row:
    """Give a row its id, and a start-up the slug that sorts as its id does."""
    return row | {"id": key} | ({"slug": f"s-{key.hex}"} if "slug" in row else {})

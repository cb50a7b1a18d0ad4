"""The rows of the bench's data set, as plain values: the same dice always give the same rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import NamedTuple
from uuid import UUID

from softlanding.storage.tables import Row
from softlanding.testing.house import TODAY

_CITIES = (
    ("FR", "Alès"), ("LT", "Kaunas"), ("NL", "Delft"), ("DE", "Jena"), ("ES", "Gijón"),
    ("IT", "Trento"), ("PT", "Braga"), ("SE", "Luleå"), ("FI", "Oulu"), ("PL", "Gdynia"),
    ("IE", "Cork"), ("AT", "Graz"),
)  # fmt: skip
_STAGES = ("IDEA", "MVP", "SEED", "EARLY_REVENUE", "SCALE")
_PAST = (("COMPLETED", 75), ("CLOSED", 10), ("CANCELLED", 5), ("DECLINED", 5), ("WITHDRAWN", 5))
_AHEAD = (
    ("CONFIRMED", 70), ("ACCEPTED", 8), ("SUBMITTED", 6), ("IN_REVIEW", 6), ("DRAFT", 6),
    ("DECLINED", 2), ("CANCELLED", 2),
)  # fmt: skip
_FIRST_ARRIVAL, _DAYS, _LONGEST = date(2025, 1, 1), 1_100, 90
LAST_DAY = _FIRST_ARRIVAL + timedelta(days=_DAYS + _LONGEST)
"""Every stay is over by then."""


@dataclass(frozen=True)
class Size:
    """How many rows of each kind; every stay has eight steps."""

    incubators: int
    startups: int
    stays: int

    def times(self, scale: int) -> "Size":
        """Return a network of as many incubators with so much more to do."""
        return Size(self.incubators, self.startups * scale, self.stays * scale)


class Travelling(NamedTuple):
    """What the stays of a start-up need to know of it, little enough to keep for all."""

    id: UUID
    home_id: UUID
    country: str

    @classmethod
    def of(cls, startup: Row) -> "Travelling":
        """Keep what is needed of a row."""
        return cls(startup["id"], startup["home_id"], startup["country"])


FULL = Size(incubators=50, startups=2_000, stays=5_000)
SMALL = Size(incubators=10, startups=40, stays=100)


class Dice:
    """Chance that can be repeated, and keys shaped like those of the product (UUIDv7)."""

    def __init__(self) -> None:
        self.random = Random(20261122)
        self._made = 0

    def key(self) -> UUID:
        """Return the next key; keys sort by creation."""
        self._made += 1
        chance = self.random.getrandbits(62)
        return UUID(int=(1_760_000_000_000 + self._made) << 80 | 0x7 << 76 | 0b10 << 62 | chance)

    def weighted(self, choices: Sequence[tuple[str, int]]) -> str:
        """Return one of some words by weight."""
        words, weights = zip(*choices, strict=True)
        return str(self.random.choices(words, weights)[0])


def _editable(dice: Dice, on: date) -> Row:
    at = datetime.combine(on, time(9, 30, tzinfo=UTC)) + timedelta(
        microseconds=dice.random.getrandbits(30)
    )
    return {"id": dice.key(), "revision": 1, "created_at": at, "updated_at": at}


def incubators(dice: Dice, size: Size) -> list[Row]:
    """Return incubators; every twelfth is not published, the first one is."""
    made = []
    for number in range(size.incubators):
        country, city = _CITIES[number % len(_CITIES)]
        slug = f"incubator-{number:02d}"
        made.append(
            {
                **_editable(dice, date(2024, 1, 1)),
                "slug": slug,
                "name": f"{city} House of Ventures {dice.random.randrange(1000):03d}-{number}",
                "country": country,
                "city": city if number % 7 else None,
                "website": f"https://{slug}.example.org/en",
                "summary": {"en": f"Start-ups in {city}.", "fr": f"Jeunes pousses à {city}."},
                "languages": ["en", country.lower()],
                "public_funding": (True, False, None)[number % 3],
                "stay_capacity": None if number % 4 else 40,
                "project_capacity": 10 + number,
                "published": number % 12 != 11,
                "demo": False,
            }
        )
    return made


def startups(dice: Dice, size: Size, homes: Sequence[Row]) -> Iterator[Row]:
    """Yield start-ups spread evenly over their homes; nine in ten are published."""
    for number in range(size.startups):
        home = homes[number % len(homes)]
        slug = f"startup-{number:04d}"
        first, second = dice.random.choice("BDKLMNRST"), dice.random.choice("aeiou")
        yield {
            **_editable(dice, date(2024, 6, 1)),
            "slug": slug,
            "name": f"{first}o{second}ra {number}",
            "country": home["country"],
            "website": f"https://{slug}.example.org",
            "summary": {"en": f"What number {number} makes, in a sentence."},
            "founded_on": date(2019, 1, 1) + timedelta(days=dice.random.randrange(2000)),
            "nace": dice.random.choice(("62.10", "72.10", "26.51", "58.29")),
            "trl": dice.random.randrange(1, 10),
            "stage": dice.random.choice(_STAGES),
            "registrations": [],
            "home_id": home["id"],
            "published": number % 10 != 9,
            "demo": False,
        }


def stays(
    dice: Dice, size: Size, travelling: Sequence[Travelling], houses: Sequence[Row]
) -> Iterator[Row]:
    """Yield stays across borders in all states, most of them CONFIRMED or COMPLETED."""
    by_id = {house["id"]: house for house in houses}
    abroad = {
        country: [house["id"] for house in houses if house["country"] != country]
        for country in {house["country"] for house in houses}
    }
    for number in range(size.stays):
        startup = travelling[dice.random.randrange(len(travelling))]
        home = by_id[startup.home_id]
        arrival = _FIRST_ARRIVAL + timedelta(days=dice.random.randrange(_DAYS))
        departure = arrival + timedelta(days=dice.random.randrange(6, _LONGEST))
        state = dice.weighted(_PAST if departure < TODAY else _AHEAD)
        if state == "CONFIRMED" and arrival <= TODAY:
            state = "ACTIVE"
        row = _editable(dice, arrival - timedelta(days=120))
        yield {
            **row,
            "startup_id": startup.id,
            "home_id": home["id"],
            "host_id": dice.random.choice(abroad[home["country"]]),
            "arrival": arrival,
            "departure": departure,
            "state": state,
            "travellers": [{"name": f"Traveller {number}", "nationalities": ["FR", "LT"]}],
            "goals": ["Meet customers", f"Goal {number}"],
            "motivation": f"We would like to stay, for reason {number}.",
            "report": None,
            "submitted_at": None if state == "DRAFT" else row["updated_at"],
            "onboarding_revision": 1,
            "demo": False,
        }

"""A small network for tests of lists: texts that sort and match oddly, nulls, hidden rows."""

from datetime import UTC, date, datetime
from typing import Any

from softlanding.storage.database import Transaction
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row
from softlanding.testing.house import House
from softlanding_schema.reads.global_ids import encode

MOMENT = datetime(2026, 11, 1, 12, 30, tzinfo=UTC)
_EDITABLE = {"revision": 1, "created_at": MOMENT, "updated_at": MOMENT, "demo": False}


def incubator(slug: str, **columns: Any) -> Row:
    unset = dict.fromkeys(
        ("city", "website", "public_funding", "stay_capacity", "project_capacity")
    )
    row = {"id": new_id(), "slug": slug, "name": slug.title(), "country": "FR", "published": True}
    return row | unset | {"summary": {}, "languages": []} | _EDITABLE | columns


def startup(slug: str, name: str, home: Row, **columns: Any) -> Row:
    unset = dict.fromkeys(("website", "founded_on", "nace", "trl", "stage"))
    row = {"id": new_id(), "slug": slug, "name": name, "home_id": home["id"], "country": "FR"}
    return (
        row | unset | {"summary": {}, "registrations": [], "published": True} | _EDITABLE | columns
    )


def stay(startup: Row, host: Row, arrival: date, **columns: Any) -> Row:
    row = {
        "id": new_id(),
        "startup_id": startup["id"],
        "home_id": startup["home_id"],
        "host_id": host["id"],
        "arrival": arrival,
        "departure": arrival.replace(day=28),
        "state": "CONFIRMED",
        "travellers": [],
        "goals": [],
        "motivation": None,
        "report": None,
        "submitted_at": MOMENT,
        "onboarding_revision": 0,
    }
    return row | _EDITABLE | columns


class Network:
    """Three incubators, six start-ups, six stays; one of each is hidden, and one stay a draft."""

    def __init__(self) -> None:
        north = incubator("north", city="Lille", stay_capacity=2, public_funding=True)
        south = incubator("south", country="DE", project_capacity=40, public_funding=False)
        hidden = incubator("hidden", published=False)
        zebra = startup(
            "zebra", "Zebra", north, trl=3, stage="MVP", nace="62.10", founded_on=date(2020, 1, 1)
        )
        small = startup("small", "alpha 50%", north, trl=5, stage="SEED", country="DE")
        large = startup("large", "Alpha 50_", south, nace="62.20", founded_on=date(2022, 2, 2))
        accent = startup("accent", "Éclair", south, trl=9, stage="SEED", website="https://e.fr")
        twin = startup("twin", "Zebra", south, country="LT")
        secret = startup("secret", "Secret", north, trl=9, published=False)
        self.rows = {
            "incubators": [north, south, hidden],
            "startups": [zebra, small, large, accent, twin, secret],
            "stays": [
                stay(zebra, south, date(2027, 1, 4)),
                stay(zebra, south, date(2027, 2, 1), state="DRAFT", submitted_at=None),
                stay(small, south, date(2027, 1, 4), departure=date(2027, 3, 1), state="ACTIVE"),
                stay(large, north, date(2027, 3, 1), state="CLOSED"),
                stay(accent, north, date(2027, 3, 1)),
                stay(secret, south, date(2027, 4, 5)),
            ],
        }

    async def write(self, house: House) -> None:
        async def work(transaction: Transaction) -> None:
            for table, rows in self.rows.items():
                await transaction.insert(table, *rows)

        await house.core.database.transact(work)

    def one(self, table: str, slug: str) -> Row:
        return next(row for row in self.rows[table] if row["slug"] == slug)

    def id(self, type_name: str, slug: str) -> str:
        return encode(type_name, self.one(f"{type_name.lower()}s", slug)["id"])

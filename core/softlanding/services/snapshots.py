"""From rows to snapshots, the frozen shapes that rules and plugins see."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from softlanding.domain.snapshots import (
    IncubatorSnapshot,
    Registration,
    StartupSnapshot,
    StaySnapshot,
    Traveller,
)
from softlanding.domain.vocabulary import StayState
from softlanding.predicates import OneOf
from softlanding.storage.database import Rows
from softlanding.storage.tables import Row

SNAPSHOT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "incubators": (
        "id",
        "slug",
        "name",
        "country",
        "public_funding",
        "stay_capacity",
        "project_capacity",
    ),
    "startups": (
        "id",
        "slug",
        "name",
        "country",
        "founded_on",
        "nace",
        "trl",
        "stage",
        "registrations",
        "home_id",
    ),
    "stays": (
        "id",
        "startup_id",
        "home_id",
        "host_id",
        "arrival",
        "departure",
        "state",
        "travellers",
        "goals",
    ),
}
"""The columns that a snapshot of a table's row is made of."""


def incubator_snapshot(row: Mapping[str, Any]) -> IncubatorSnapshot:
    """Return the snapshot of an incubator's row."""
    return IncubatorSnapshot(
        id=row["id"],
        slug=row["slug"],
        name=row["name"],
        country=row["country"],
        public_funding=row["public_funding"],
        stay_capacity=row["stay_capacity"],
        project_capacity=row["project_capacity"],
    )


def startup_snapshot(row: Mapping[str, Any]) -> StartupSnapshot:
    """Return the snapshot of a start-up's row."""
    return StartupSnapshot(
        id=row["id"],
        slug=row["slug"],
        name=row["name"],
        country=row["country"],
        founded_on=row["founded_on"],
        nace=row["nace"],
        trl=row["trl"],
        stage=row["stage"],
        registrations=tuple(
            Registration(scheme=one["scheme"], value=one["value"]) for one in row["registrations"]
        ),
        home_id=row["home_id"],
    )


def stay_snapshot(
    row: Mapping[str, Any],
    *,
    startup: StartupSnapshot,
    home: IncubatorSnapshot,
    host: IncubatorSnapshot,
) -> StaySnapshot:
    """Return the snapshot of a stay's row."""
    return StaySnapshot(
        id=row["id"],
        startup=startup,
        home=home,
        host=host,
        arrival=row["arrival"],
        departure=row["departure"],
        state=StayState(row["state"]),
        travellers=tuple(
            Traveller(name=one["name"], nationalities=tuple(one["nationalities"]))
            for one in row["travellers"]
        ),
        goals=tuple(row["goals"]),
    )


async def by_id(rows: Rows, table: str, keys: Iterable[UUID]) -> dict[UUID, Row]:
    """Return rows by key; one statement."""
    wanted = tuple(sorted(set(keys)))
    return {row["id"]: row for row in await rows.select(table, OneOf("id", wanted))}


async def snapshots(rows: Rows, table: str, found: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Return the snapshots of rows, which need only have the columns these are made of."""
    if table == "stays":
        return list(await stay_snapshots(rows, found))
    return [(startup_snapshot if table == "startups" else incubator_snapshot)(row) for row in found]


async def stay_snapshots(rows: Rows, stays: Sequence[Mapping[str, Any]]) -> list[StaySnapshot]:
    """Return the snapshots of stays; two statements for all of them."""
    if not stays:
        return []
    startups = await by_id(rows, "startups", (stay["startup_id"] for stay in stays))
    incubators = await by_id(
        rows, "incubators", (stay[side] for stay in stays for side in ("home_id", "host_id"))
    )
    return [
        stay_snapshot(
            stay,
            startup=startup_snapshot(startups[stay["startup_id"]]),
            home=incubator_snapshot(incubators[stay["home_id"]]),
            host=incubator_snapshot(incubators[stay["host_id"]]),
        )
        for stay in stays
    ]

"""Snapshots: what an incubator, a start-up and a stay are at one moment. Frozen, no I/O."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from softlanding.domain.vocabulary import StayState


@dataclass(frozen=True, kw_only=True)
class IncubatorSnapshot:
    """An incubator. `country` is ISO 3166-1 alpha-2 (`GB` for the United Kingdom)."""

    id: UUID
    slug: str
    name: str
    country: str
    public_funding: bool | None
    stay_capacity: int | None
    project_capacity: int | None


@dataclass(frozen=True, kw_only=True)
class Registration:
    """A number of a company in a register: `scheme` as in `RegistrationScheme`."""

    scheme: str
    value: str


@dataclass(frozen=True, kw_only=True)
class StartupSnapshot:
    """A start-up. `nace` is a NACE Rev. 2.1 class, `trl` a technology readiness level 1 to 9."""

    id: UUID
    slug: str
    name: str
    country: str
    founded_on: date | None
    nace: str | None
    trl: int | None
    stage: str | None
    registrations: tuple[Registration, ...]
    home_id: UUID


@dataclass(frozen=True, kw_only=True)
class Traveller:
    """A person who travels. `nationalities` are ISO 3166-1 alpha-2 codes, at least one."""

    name: str
    nationalities: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class StaySnapshot:
    """A stay from `arrival` to `departure`, both days included."""

    id: UUID
    startup: StartupSnapshot
    home: IncubatorSnapshot
    host: IncubatorSnapshot
    arrival: date
    departure: date
    state: StayState
    travellers: tuple[Traveller, ...]
    goals: tuple[str, ...]

    @property
    def days(self) -> int:
        """Length in days, arrival and departure included."""
        return (self.departure - self.arrival).days + 1


@dataclass(frozen=True, kw_only=True)
class Period:
    """A stay's days, for questions of capacity and overlap."""

    stay_id: UUID
    arrival: date
    departure: date

"""The stay: its public face, and what only its parties read."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import strawberry

from softlanding.contract.forms import Money
from softlanding.domain.vocabulary import StayState
from softlanding.services.calendars import calendar_text
from softlanding.services.reports import OutcomeReport, SettlementDecision
from softlanding.storage.tables import Row
from softlanding_schema.context import Info
from softlanding_schema.reads.json_text import Printer, Text
from softlanding_schema.reads.readings import (
    Column,
    Computed,
    Steps,
    ToOne,
    WriteColumn,
    WriteDay,
    Written,
    read_by,
)
from softlanding_schema.types.calendars import CalendarAddress
from softlanding_schema.types.history import HistoryEntry, history_of
from softlanding_schema.types.incubators import Incubator
from softlanding_schema.types.node import Node
from softlanding_schema.types.onboarding import Onboarding
from softlanding_schema.types.startups import Startup
from softlanding_schema.types.texts import LocaleArgument


def _days(printer: Printer, column: WriteColumn, today: WriteDay) -> Text:
    between = printer.days_between(column("arrival"), column("departure"))
    return printer.number(f"({between} + 1)", null=False)


@strawberry.type(description="A person who travels.")
class Traveller:
    """A traveller."""

    name: str = strawberry.field(description="Name of the person.")
    nationalities: list[str] = strawberry.field(description="ISO 3166-1 alpha-2 codes.")


@strawberry.type(description="What came of a stay, as the start-up declares it.")
class Report:
    """An outcome report."""

    summary: str = strawberry.field(description="What was done and learnt.")
    meetings_held: int = strawberry.field(description="Number of meetings held.")
    meetings_useful: int = strawberry.field(description="How many of them were useful.")
    leads: int = strawberry.field(description="New leads.")
    pilots: int = strawberry.field(description="Letters of intent and pilots.")
    customers: int = strawberry.field(description="New customers.")
    investors_met: int = strawberry.field(description="Investors met.")
    raised: Money | None = strawberry.field(description="Money raised, as declared.")
    researchers_met: int = strawberry.field(description="Researchers met.")
    settlement: SettlementDecision = strawberry.field(
        description="Whether the start-up settles there."
    )
    recommendation: int = strawberry.field(description="How likely it recommends a stay, 0 to 10.")
    mentor_hours: int = strawberry.field(description="Hours with mentors.")
    days_present: int = strawberry.field(description="Days present at the host.")

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Report":
        """Return the report as it was handed in."""
        report = OutcomeReport.model_validate(stored)
        return cls(**{name: getattr(report, name) for name in OutcomeReport.model_fields})


@strawberry.type(description="One start-up at one host incubator, from arrival to departure.")
class Stay(Node):
    """A stay."""

    table: ClassVar[str] = "stays"
    type_name: ClassVar[str] = "Stay"

    arrival: date = strawberry.field(description="First day at the host.")
    departure: date = strawberry.field(description="Last day at the host, included.")
    state: StayState = strawberry.field(description="Where it stands in its lifecycle.")
    demo: bool = strawberry.field(description="Whether it belongs to the demonstration data.")
    startup_id: strawberry.Private[UUID]
    home_id: strawberry.Private[UUID]
    host_id: strawberry.Private[UUID]

    @classmethod
    def shown(cls, row: Row) -> dict[str, Any]:
        """Convert the enumerations; what only parties read goes through resolvers."""
        return {**row, "state": StayState(row["state"])}

    @strawberry.field(
        description="Length in days, arrival and departure included.",
        metadata=read_by(Written(_days)),
    )
    def days(self) -> int:
        """Count."""
        return (self.departure - self.arrival).days + 1

    @strawberry.field(
        description="The start-up that travels.",
        metadata=read_by(ToOne("startup_id", "Startup")),
    )
    async def startup(self, info: Info) -> Startup:
        """Return the start-up."""
        row = await info.context.batches.row("startups", self.startup_id)
        assert row is not None  # noqa: S101 - whoever sees a stay sees its three sides
        return Startup.of(row)

    @strawberry.field(
        description="The incubator it comes from.",
        metadata=read_by(ToOne("home_id", "Incubator")),
    )
    async def home(self, info: Info) -> Incubator:
        """Return the home."""
        return await self._incubator(info, self.home_id)

    @strawberry.field(
        description="The incubator that receives it.",
        metadata=read_by(ToOne("host_id", "Incubator")),
    )
    async def host(self, info: Info) -> Incubator:
        """Return the host."""
        return await self._incubator(info, self.host_id)

    async def _incubator(self, info: Info, key: UUID) -> Incubator:
        row = await info.context.batches.row("incubators", key)
        assert row is not None  # noqa: S101 - whoever sees a stay sees its three sides
        return Incubator.of(row)

    @strawberry.field(
        name="travellers",
        description="Who travels.",
        metadata=read_by(Computed()),
    )
    def the_travellers(self, info: Info) -> list[Traveller] | None:
        """Return them to the parties."""
        if not self.shows("travellers", info):
            return None
        return [Traveller(**one) for one in self.row["travellers"]]

    @strawberry.field(
        name="goals",
        description="Up to three goals.",
        metadata=read_by(Column("goals")),
    )
    def the_goals(self, info: Info) -> list[str] | None:
        """Return them to the parties."""
        return list(self.row["goals"]) if self.shows("goals", info) else None

    @strawberry.field(
        name="motivation",
        description="Why this host.",
        metadata=read_by(Column("motivation")),
    )
    def the_motivation(self, info: Info) -> str | None:
        """Return it to the parties."""
        return self.row["motivation"] if self.shows("motivation", info) else None

    @strawberry.field(
        name="submittedAt",
        description="When it was handed in.",
        metadata=read_by(Column("submitted_at")),
    )
    def the_submission(self, info: Info) -> datetime | None:
        """Return it to the parties."""
        return self.row["submitted_at"] if self.shows("submitted_at", info) else None

    @strawberry.field(
        name="revision",
        description="Counts its changes.",
        metadata=read_by(Column("revision")),
    )
    def the_revision(self, info: Info) -> int | None:
        """Return it to the parties."""
        return int(self.row["revision"]) if self.shows("revision", info) else None

    @strawberry.field(
        name="report",
        description="The outcome report, once it is in.",
        metadata=read_by(Computed()),
    )
    def the_report(self, info: Info) -> Report | None:
        """Return it to the parties."""
        stored = self.row["report"]
        return Report.of(stored) if stored and self.shows("report", info) else None

    @strawberry.field(
        description="Its onboarding steps and what they allow.",
        metadata=read_by(Steps()),
    )
    async def onboarding(self, info: Info) -> Onboarding | None:
        """Return it to the parties."""
        if not self.shows("onboarding", info):
            return None
        return await Onboarding.of(info, self.key, self.arrival)

    @strawberry.field(
        name="calendar",
        description="The plan as iCalendar, RFC 5545 (.ics).",
        metadata=read_by(Computed()),
    )
    async def the_calendar(self, info: Info, locale: LocaleArgument = "en") -> str | None:
        """Return it to the parties."""
        if not self.shows("calendar", info):
            return None
        startup, host = await self.startup(info), await self.host(info)
        steps = await info.context.batches.steps(self.key)
        return calendar_text(
            info.context.core,
            self.row,
            steps,
            startup=startup.name,
            host=host.name,
            locale=locale,
        )

    @strawberry.field(
        name="calendarAddresses",
        description="The private addresses at which calendars read the plan.",
        metadata=read_by(Computed()),
    )
    async def the_calendar_addresses(self, info: Info) -> list[CalendarAddress] | None:
        """Return them to the parties."""
        if not self.shows("calendar_addresses", info):
            return None
        found = await info.context.batches.children("calendar_addresses", "stay_id", self.key)
        return [CalendarAddress.of(row) for row in found]

    @strawberry.field(
        name="history",
        description="What happened to it, oldest first.",
        metadata=read_by(Computed()),
    )
    async def the_history(self, info: Info) -> list[HistoryEntry] | None:
        """Return it to the parties."""
        return await history_of(info, self.key) if self.shows("history", info) else None

"""What Startup Division adds to the schema: output types, each begins with its name."""

from datetime import date, datetime
from decimal import Decimal

import strawberry

from softlanding import Money
from softlanding_startup_division.discovery_agenda.form import MeetingType


@strawberry.type(description="A number of the start-up in a register.")
class StartupDivisionRegistration:
    """A number of the start-up in a register."""

    scheme: str = strawberry.field(description="The register or scheme, such as LT_COMPANY_CODE.")
    value: str = strawberry.field(description="The number.")
    valid: bool | None = strawberry.field(
        description="Do its digits hold? Null for numbers that are not Lithuanian."
    )


@strawberry.type(description="A row of the latest extract of the Lithuanian State-aid register.")
class StartupDivisionAidGrant:
    """A row of the register."""

    registration_number: str = strawberry.field(description="Number in the register.")
    registered_on: date = strawberry.field(description="Day of the entry.")
    grantor_code: str = strawberry.field(description="Code of the authority that grants.")
    form: str = strawberry.field(description="Form of the aid, as the register names it.")
    amount: Money = strawberry.field(description="The amount.")
    legal_basis: str = strawberry.field(description="The act or scheme.")
    beneficiary_code: str = strawberry.field(description="Code of the company that receives.")
    granted_on: date | None = strawberry.field(
        description="Day of the grant; may be null while the amount is reserved."
    )
    reserved: bool = strawberry.field(description="Is the amount reserved, not yet granted?")


@strawberry.type(description="A key figure of a plan over two years.")
class StartupDivisionKpi:
    """A key figure of a plan."""

    name: str = strawberry.field(description="What is measured, and its unit.")
    base: Decimal | None = strawberry.field(description="The value at the beginning.")
    m6: Decimal | None = strawberry.field(description="The value after 6 months.")
    m12: Decimal | None = strawberry.field(description="The value after 12 months.")
    m24: Decimal | None = strawberry.field(description="The value after 24 months.")


@strawberry.type(description="A pitch on video, and a plan of key figures over two years.")
class StartupDivisionKpiPlan:
    """A pitch and a plan of key figures."""

    video_url: str = strawberry.field(description="Address of the video.")
    seconds: int = strawberry.field(description="Length of the video in seconds.")
    kpis: list[StartupDivisionKpi] = strawberry.field(description="The key figures.")


@strawberry.type(
    description="What Startup Division knows about a Lithuanian start-up, or one with a stay there."
)
class StartupDivisionStartup:
    """What Startup Division knows about a start-up."""

    registrations: list[StartupDivisionRegistration] = strawberry.field(
        description="Its numbers, those of its latest answers first."
    )
    aid_grants: list[StartupDivisionAidGrant] | None = strawberry.field(
        description="Aid from Lithuania by the latest extract that can be read; null without one."
    )
    kpi_plan: StartupDivisionKpiPlan | None = strawberry.field(
        description="The plan of its latest stay at Startup Division that has one."
    )


@strawberry.type(description="A meeting of an agenda.")
class StartupDivisionMeeting:
    """A meeting of an agenda."""

    type: MeetingType = strawberry.field(description="Which part of the ecosystem it opens.")
    org: str = strawberry.field(description="The organisation.")
    at: datetime = strawberry.field(description="The beginning, time of Vilnius.")
    minutes: int = strawberry.field(description="Length in minutes.")
    goal: str = strawberry.field(description="Key of the goal it serves.")


@strawberry.type(description="A goal of the stay, and how many meetings serve it.")
class StartupDivisionGoalCoverage:
    """A goal and its meetings."""

    key: str = strawberry.field(description="Key of the goal.")
    text: str = strawberry.field(description="The goal.")
    meetings: int = strawberry.field(description="Number of meetings that serve it.")


@strawberry.type(description="What an agenda covers.")
class StartupDivisionCoverage:
    """What an agenda covers."""

    meetings: int = strawberry.field(description="Number of meetings.")
    types: list[MeetingType] = strawberry.field(
        description="The parts of the ecosystem that are met, each once."
    )
    goals: list[StartupDivisionGoalCoverage] | None = strawberry.field(
        description="The goals of the stay; null when there are none."
    )


@strawberry.type(description="What Startup Division knows about a stay at its place.")
class StartupDivisionStay:
    """What Startup Division knows about a stay."""

    agenda: list[StartupDivisionMeeting] | None = strawberry.field(
        description="The meetings by beginning; null before there is an agenda."
    )
    agenda_coverage: StartupDivisionCoverage | None = strawberry.field(
        description="What the agenda covers; null before there is one."
    )
    agenda_calendar: str | None = strawberry.field(
        description="The agenda as iCalendar (.ics), the evidence of the step; null before."
    )

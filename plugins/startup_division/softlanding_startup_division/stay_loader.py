"""The batch loader of `Stay.startupDivision`: one reading for all stays."""

from collections.abc import Sequence

from softlanding import PluginContext, StaySnapshot
from softlanding_common.goals.form import Goals
from softlanding_common.reading import Steps, answers_of
from softlanding_startup_division.discovery_agenda.check import AGENDA, GOALS
from softlanding_startup_division.discovery_agenda.form import DiscoveryAgenda, MeetingType
from softlanding_startup_division.discovery_agenda.meetings import (
    agenda_calendar,
    begins,
    coverage,
    in_time,
)
from softlanding_startup_division.house import SLUG
from softlanding_startup_division.types import (
    StartupDivisionCoverage,
    StartupDivisionGoalCoverage,
    StartupDivisionMeeting,
    StartupDivisionStay,
)


async def load_stays(
    stays: Sequence[StaySnapshot], ctx: PluginContext
) -> list[StartupDivisionStay | None]:
    """Return one value per stay; null for stays at other hosts."""
    here = [stay.id for stay in stays if stay.host.slug == SLUG]
    found = await ctx.read.steps(here, [AGENDA, GOALS]) if here else {}
    return [_stay(stay, found[stay.id]) if stay.host.slug == SLUG else None for stay in stays]


def _stay(stay: StaySnapshot, steps: Steps) -> StartupDivisionStay:
    agenda = answers_of(steps, AGENDA, DiscoveryAgenda)
    if agenda is None:
        return StartupDivisionStay(agenda=None, agenda_coverage=None, agenda_calendar=None)
    return StartupDivisionStay(
        agenda=[
            StartupDivisionMeeting(
                type=meeting.type,
                org=meeting.org,
                at=begins(meeting),
                minutes=meeting.minutes,
                goal=meeting.goal,
            )
            for meeting in in_time(agenda.meetings)
        ],
        agenda_coverage=_coverage(agenda, answers_of(steps, GOALS, Goals)),
        agenda_calendar=agenda_calendar(agenda.meetings, stay),
    )


def _coverage(agenda: DiscoveryAgenda, goals: Goals | None) -> StartupDivisionCoverage:
    met = {meeting.type for meeting in agenda.meetings}
    return StartupDivisionCoverage(
        meetings=len(agenda.meetings),
        types=[kind for kind in MeetingType if kind in met],
        goals=None
        if goals is None
        else [
            StartupDivisionGoalCoverage(key=one.goal.key, text=one.goal.text, meetings=one.meetings)
            for one in coverage(agenda.meetings, goals.goals)
        ],
    )

"""The meetings of an agenda as moments, as a calendar, and by the goal they serve."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from softlanding import StaySnapshot, Text
from softlanding_common.agenda import Appointment, calendar_text, end_of
from softlanding_common.goals.form import Goal
from softlanding_startup_division.discovery_agenda.form import AgendaMeeting

VILNIUS = ZoneInfo("Europe/Vilnius")
COUNTRY = "LT"


def begins(meeting: AgendaMeeting) -> datetime:
    """Return the moment a meeting begins, time of Vilnius."""
    return datetime.combine(meeting.day, time.fromisoformat(meeting.starts_at), VILNIUS)


def in_time(meetings: Iterable[AgendaMeeting]) -> list[AgendaMeeting]:
    """Return meetings by beginning; those that begin together as they were given."""
    return sorted(meetings, key=lambda meeting: begins(meeting).timestamp())


def appointments(meetings: Iterable[AgendaMeeting], stay: StaySnapshot) -> list[Appointment]:
    """Return meetings as appointments, in time; the n-th that begins at a moment is `…-n`."""
    seen: Counter[datetime] = Counter()
    found = []
    for meeting in in_time(meetings):
        start = begins(meeting)
        seen[start] += 1
        found.append(
            Appointment(
                uid=f"{stay.id}-{start:%Y%m%dT%H%M}-{seen[start]}",
                begins=start,
                ends=end_of(start, meeting.minutes),
                title=f"{stay.startup.name}: {meeting.org}",
            )
        )
    return found


def agenda_calendar(meetings: Iterable[AgendaMeeting], stay: StaySnapshot) -> str:
    """Return the agenda as iCalendar; the same meetings always give the same text."""
    return calendar_text(appointments(meetings, stay), "Startup Division")


@dataclass(frozen=True, kw_only=True)
class GoalCoverage:
    """A goal of the stay, and how many meetings serve it."""

    goal: Goal
    meetings: int


def coverage(meetings: Iterable[AgendaMeeting], goals: Sequence[Goal]) -> list[GoalCoverage]:
    """Return each goal with its number of meetings."""
    counted = Counter(meeting.goal for meeting in meetings)
    return [GoalCoverage(goal=goal, meetings=counted[goal.key]) for goal in goals]


def holiday(day: date) -> Text | None:
    """Return the name of the Lithuanian public holiday on `day`, or None."""
    names = {language: calendar.get(day) for language, calendar in _calendars().items()}
    return {language: name for language, name in names.items() if name} or None


@cache
def _calendars() -> dict[str, holidays.HolidayBase]:
    # Named, because without a language the library takes that of the machine it runs on.
    return {
        "en": holidays.country_holidays(COUNTRY, language="en_US"),
        "lt": holidays.country_holidays(COUNTRY, language="lt"),
    }

"""What an agenda cannot be (failed), and what it should be (a warning)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from softlanding import RulesInForce, StaySnapshot
from softlanding_common.agenda import Appointment, overlapping
from softlanding_common.findings import Finding, failed, warning
from softlanding_common.goals.form import Goal
from softlanding_startup_division.discovery_agenda.form import AgendaMeeting
from softlanding_startup_division.discovery_agenda.meetings import (
    appointments,
    coverage,
    holiday,
    in_time,
)
from softlanding_startup_division.texts import told


def contradictions(meetings: Sequence[AgendaMeeting], stay: StaySnapshot) -> Iterator[Finding]:
    """Yield what cannot take place: two meetings at once, a meeting outside the stay."""
    if pair := overlapping(appointments(meetings, stay)):
        yield failed(
            "MEETINGS_OVERLAP",
            told(
                "Two meetings overlap: {first} and {second}.",
                first=_shown(pair[0]),
                second=_shown(pair[1]),
            ),
        )
    outside = [
        meeting
        for meeting in in_time(meetings)
        if not stay.arrival <= meeting.day <= stay.departure
    ]
    if outside:
        yield failed(
            "OUTSIDE_STAY",
            told(
                "The stay is from {arrival} to {departure}; outside of it lies {meetings}.",
                arrival=stay.arrival,
                departure=stay.departure,
                meetings=[f"{meeting.org} ({meeting.day})" for meeting in outside],
            ),
        )


def goal_faults(
    meetings: Sequence[AgendaMeeting], goals: Sequence[Goal], rules: RulesInForce
) -> Iterator[Finding]:
    """Yield goals that no meeting serves, and meetings that serve no goal of the stay."""
    least = rules.integer("meetings_per_goal")
    for one in coverage(meetings, goals):
        if one.meetings == 0 < least:
            yield failed("GOAL_UNSERVED", told("Goal '{goal}' has no meeting.", goal=one.goal.text))
        elif one.meetings < least:
            yield failed(
                "GOAL_UNSERVED",
                told(
                    "Goal '{goal}' has {count} of {least} meetings.",
                    goal=one.goal.text,
                    count=one.meetings,
                    least=least,
                ),
            )
    unknown = sorted({meeting.goal for meeting in meetings} - {goal.key for goal in goals})
    if unknown:
        yield failed(
            "GOAL_UNKNOWN", told("The stay has no goal with the key {keys}.", keys=unknown)
        )


def shortfalls(
    meetings: Sequence[AgendaMeeting], stay: StaySnapshot, rules: RulesInForce
) -> Iterator[Finding]:
    """Yield what deserves attention: holidays, few meetings or types, full days, a late start."""
    days = Counter(meeting.day for meeting in meetings)
    for day in sorted(days):
        if name := holiday(day):
            yield warning("ON_HOLIDAY", told("{day} is {holiday}.", day=day, holiday=name))
    least, types = rules.integer("meetings_minimum"), rules.integer("types_minimum")
    if len(meetings) < least:
        yield warning(
            "FEW_MEETINGS",
            told("Meetings: {count}; needed {least}.", count=len(meetings), least=least),
        )
    kinds = len({meeting.type for meeting in meetings})
    if kinds < types:
        yield warning(
            "FEW_TYPES",
            told("Types of meetings: {count}; needed {least}.", count=kinds, least=types),
        )
    most = rules.integer("meetings_per_day")
    for day in sorted(day for day, count in days.items() if count > most):
        yield warning(
            "FULL_DAY",
            told(
                "{day} has {count} meetings, at most {most}.", day=day, count=days[day], most=most
            ),
        )
    latest = first_meeting_until(stay, rules)
    if days and min(days) > latest:
        yield warning(
            "LATE_START",
            told(
                "The first meeting is on {day}; it should be by {latest}.",
                day=min(days),
                latest=latest,
            ),
        )


def first_meeting_until(stay: StaySnapshot, rules: RulesInForce) -> date:
    """Return the last day for the first meeting."""
    return stay.arrival + timedelta(days=rules.integer("first_meeting_days"))


def _shown(one: Appointment) -> str:
    return f"{one.begins:%Y-%m-%d %H:%M}-{one.ends:%H:%M} ({one.title})"

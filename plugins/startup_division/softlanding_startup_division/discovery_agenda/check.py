"""The check of `startup_division.discovery_agenda`."""

import hashlib
from collections import Counter
from collections.abc import Iterator

from softlanding import CheckContext, Evidence, Fact, StaySnapshot, Verdict
from softlanding_common.findings import Finding, passed, review, verdict_of
from softlanding_common.goals.form import Goals
from softlanding_startup_division.discovery_agenda.faults import (
    contradictions,
    first_meeting_until,
    goal_faults,
    shortfalls,
)
from softlanding_startup_division.discovery_agenda.form import DiscoveryAgenda
from softlanding_startup_division.discovery_agenda.meetings import (
    agenda_calendar,
    coverage,
    holiday,
)
from softlanding_startup_division.texts import told

AGENDA = "startup_division.discovery_agenda"
GOALS = "common.goals"


async def check_discovery_agenda(
    answers: DiscoveryAgenda, stay: StaySnapshot, ctx: CheckContext
) -> Verdict:
    """Hold the agenda against the stay, its goals, the calendar and the rules of the house.

    What cannot take place, and a goal that no meeting serves, fails; without goals a person
    decides; holidays, few meetings or types, full days and a late start are warnings.
    """
    meetings = answers.meetings
    goals = ctx.answers.get(GOALS)

    def findings() -> Iterator[Finding]:
        yield from contradictions(meetings, stay)
        if isinstance(goals, Goals):
            yield from goal_faults(meetings, goals.goals, ctx.rules)
        else:
            yield review("GOALS_MISSING", told("There are no goals to hold the agenda against."))
        yield from shortfalls(meetings, stay, ctx.rules)

    types = len({meeting.type for meeting in meetings})
    calendar = agenda_calendar(meetings, stay)
    return verdict_of(
        findings(),
        passed(
            "AGENDA_STANDS",
            told(
                "Meetings: {count}, of {types} types; every goal has one.",
                count=len(meetings),
                types=types,
            ),
        ),
        facts=_facts(answers, goals if isinstance(goals, Goals) else None, stay, ctx),
        evidence=(
            Evidence(
                kind="calendar",
                label=f"Agenda of {len(meetings)} meetings (.ics)",
                sha256=hashlib.sha256(calendar.encode()).hexdigest(),
            ),
        ),
    )


def _facts(
    answers: DiscoveryAgenda, goals: Goals | None, stay: StaySnapshot, ctx: CheckContext
) -> tuple[Fact, ...]:
    meetings, rules = answers.meetings, ctx.rules
    days = Counter(meeting.day for meeting in meetings)
    on_holidays = sum(count for day, count in days.items() if holiday(day))
    served = (
        None if goals is None else sum(one.meetings > 0 for one in coverage(meetings, goals.goals))
    )
    return (
        Fact(name="meetings", value=len(meetings), unit="meetings"),
        Fact(name="meetings_minimum", value=rules.integer("meetings_minimum"), unit="meetings"),
        Fact(name="types", value=len({meeting.type for meeting in meetings}), unit="types"),
        Fact(name="types_minimum", value=rules.integer("types_minimum"), unit="types"),
        Fact(name="goals", value=None if goals is None else len(goals.goals), unit="goals"),
        Fact(name="goals_served", value=served, unit="goals"),
        Fact(name="meetings_per_goal", value=rules.integer("meetings_per_goal"), unit="meetings"),
        Fact(name="on_holidays", value=on_holidays, unit="meetings"),
        Fact(name="fullest_day", value=max(days.values(), default=0), unit="meetings"),
        Fact(name="meetings_per_day", value=rules.integer("meetings_per_day"), unit="meetings"),
        Fact(name="first_meeting_on", value=min(days, default=None)),
        Fact(name="first_meeting_until", value=first_meeting_until(stay, rules)),
    )

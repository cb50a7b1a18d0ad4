"""The batch loader of `Stay.gtec`: one reading for all stays."""

from collections.abc import Sequence
from datetime import date

from softlanding import PluginContext, RuleUnknown, StaySnapshot
from softlanding_common.mobility_9090.count import count_days
from softlanding_common.mobility_9090.form import Mobility9090
from softlanding_common.reading import Steps, answers_of
from softlanding_common.roster import same_name
from softlanding_gtec.corporate_match.form import GtecCorporateMatch
from softlanding_gtec.corporate_match.overlap import overlaps
from softlanding_gtec.founder_school.attendance import attendance_of
from softlanding_gtec.founder_school.form import GtecFounderSchool
from softlanding_gtec.house import SLUG
from softlanding_gtec.schengen.check import DAYS
from softlanding_gtec.types import (
    GtecAttendance,
    GtecCorporateMatched,
    GtecNda,
    GtecSchengen,
    GtecStay,
    GtecTraveller,
)

MATCH = "gtec.corporate_match"
SCHOOL = "gtec.founder_school"


async def load_stays(stays: Sequence[StaySnapshot], ctx: PluginContext) -> list[GtecStay | None]:
    """Return one value per stay; null for stays at other hosts."""
    here = [stay.id for stay in stays if stay.host.slug == SLUG]
    found = await ctx.read.steps(here, [DAYS, MATCH, SCHOOL]) if here else {}
    return [_stay(stay, found[stay.id], ctx) if stay.host.slug == SLUG else None for stay in stays]


def _stay(stay: StaySnapshot, steps: Steps, ctx: PluginContext) -> GtecStay:
    match = answers_of(steps, MATCH, GtecCorporateMatch)
    school = answers_of(steps, SCHOOL, GtecFounderSchool)
    days = _schengen(stay, steps, ctx)
    return GtecStay(
        travellers=[
            GtecTraveller(name=one.name, schengen=days.get(same_name(one.name)))
            for one in stay.travellers
        ],
        corporate_matches=None if match is None else _matches(match, stay),
        ndas=None
        if match is None
        else [GtecNda(party=nda.party, signed_on=nda.signed_on) for nda in match.ndas],
        attendance=None if school is None else _attendance(school),
    )


def _schengen(stay: StaySnapshot, steps: Steps, ctx: PluginContext) -> dict[str, GtecSchengen]:
    """Return the days by `same_name`; nothing where they are not told or the rule is unknown."""
    told = answers_of(steps, DAYS, Mobility9090)
    rules = ctx.rule_sets.get("common.mobility")
    if rules is None or told is None:
        return {}
    try:
        counted = count_days(told, stay, rules)
    except RuleUnknown:
        return {}
    return {
        same_name(one.traveller.name): GtecSchengen(
            used_days=one.budget.used,
            remaining_days=one.budget.remaining,
            latest_exit=one.budget.latest_exit,
        )
        for one in counted
    }


def _matches(match: GtecCorporateMatch, stay: StaySnapshot) -> list[GtecCorporateMatched]:
    first: dict[str, date] = {}
    for meeting in sorted(match.meetings, key=lambda meeting: meeting.day):
        first.setdefault(same_name(meeting.party), meeting.day)
    return [
        GtecCorporateMatched(
            name=one.corporate.name,
            section=one.section,
            interests=list(one.interests),
            first_meeting_on=first.get(same_name(one.corporate.name)),
        )
        for one in overlaps(match, stay.startup.nace)
    ]


def _attendance(school: GtecFounderSchool) -> GtecAttendance:
    found = attendance_of(school)
    return GtecAttendance(
        hours=found.hours,
        topics=list(found.topics),
        missed_topics=list(found.missed),
        mentor_hours=school.mentor_hours,
        signed_on=school.signed_on,
    )

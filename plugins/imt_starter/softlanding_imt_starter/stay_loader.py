"""The batch loader of `Stay.imtStarter`: one reading for all stays."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from softlanding import Fact, Money, PluginContext, StaySnapshot
from softlanding_common.euros import euros
from softlanding_common.reading import Steps, answers_of
from softlanding_imt_starter.directory import Directory, Lab
from softlanding_imt_starter.house import SLUG
from softlanding_imt_starter.research_match.form import ResearchMatch
from softlanding_imt_starter.research_match.meetings import Slot, calendar_text, slots
from softlanding_imt_starter.research_match.score import ranked, shortlist
from softlanding_imt_starter.research_profile.form import ResearchProfile
from softlanding_imt_starter.settings import directory_of
from softlanding_imt_starter.types import (
    ImtStarterAidPosition,
    ImtStarterLab,
    ImtStarterMatch,
    ImtStarterResearcher,
    ImtStarterStay,
)

DE_MINIMIS = "imt_starter.de_minimis"
PROFILE = "imt_starter.research_profile"
MATCH = "imt_starter.research_match"


async def load_stays(
    stays: Sequence[StaySnapshot], ctx: PluginContext
) -> list[ImtStarterStay | None]:
    """Return one value per stay; null for stays at other hosts."""
    here = [stay.id for stay in stays if stay.host.slug == SLUG]
    found = await ctx.read.steps(here, [DE_MINIMIS, PROFILE, MATCH]) if here else {}
    return [_stay(stay, found[stay.id], ctx) if stay.host.slug == SLUG else None for stay in stays]


def lab_type(lab: Lab) -> ImtStarterLab:
    """Return a lab of the directory as its GraphQL type."""
    return ImtStarterLab(
        key=lab.key,
        name=lab.name,
        zrr=lab.zrr,
        ror=lab.ror,
        hal_struct_id=lab.hal_struct_id,
        demo=lab.demo,
    )


def aid_position(facts: Sequence[Fact]) -> ImtStarterAidPosition | None:
    """Return the position that a verdict rests on; stored facts are texts."""
    values = {fact.name: fact.value for fact in facts}
    if "aid_used" not in values:
        return None
    below = values["first_date_below"]

    def amount(name: str) -> Money:
        return euros(Decimal(str(values[name])))

    return ImtStarterAidPosition(
        state=str(values["state"]),
        granted_on=date.fromisoformat(str(values["granted_on"])),
        used=amount("aid_used"),
        stay_value=amount("stay_value"),
        ceiling=amount("ceiling"),
        headroom=amount("headroom"),
        first_date_below=None if below is None else date.fromisoformat(str(below)),
    )


def _stay(stay: StaySnapshot, steps: Steps, ctx: PluginContext) -> ImtStarterStay:
    directory = directory_of(ctx.settings)
    chosen = answers_of(steps, MATCH, ResearchMatch)
    meetings = [] if chosen is None else slots(chosen.contacts)
    names = {orcid: one.name for orcid, one in directory.researchers.items()}
    profile = answers_of(steps, PROFILE, ResearchProfile)
    return ImtStarterStay(
        aid_position=aid_position(steps[DE_MINIMIS].facts) if DE_MINIMIS in steps else None,
        research_matches=None if profile is None else _matches(profile, meetings, directory, ctx),
        meetings_calendar=calendar_text(meetings, stay, names) if meetings else None,
    )


def _matches(
    profile: ResearchProfile, meetings: Sequence[Slot], directory: Directory, ctx: PluginContext
) -> list[ImtStarterMatch]:
    rules = ctx.rule_sets[MATCH]
    matches = ranked(
        profile.keywords,
        profile.openalex_topic_ids,
        directory=directory,
        rules=rules,
        today=ctx.today,
    )
    first: dict[str, Slot] = {}
    for slot in meetings:
        first.setdefault(slot.orcid, slot)
    return [
        ImtStarterMatch(
            researcher=ImtStarterResearcher(
                name=match.researcher.name,
                orcid=match.researcher.orcid,
                lab=lab_type(directory.labs[match.researcher.lab]),
                demo=match.researcher.demo,
            ),
            score=match.score,
            matched_terms=list(match.matched_terms),
            meeting_at=first[match.researcher.orcid].begins
            if match.researcher.orcid in first
            else None,
        )
        for match in shortlist(matches, rules)
    ]

"""The check of `imt_starter.research_match`."""

import hashlib

from softlanding import CheckContext, Evidence, Fact, Outcome, StaySnapshot, Verdict
from softlanding_imt_starter.research_match.faults import contact_fault, meeting_fault
from softlanding_imt_starter.research_match.form import ResearchMatch
from softlanding_imt_starter.research_match.meetings import Slot, calendar_text, slots
from softlanding_imt_starter.research_match.score import ranked, shortlist, suggestions
from softlanding_imt_starter.research_profile.form import ResearchProfile
from softlanding_imt_starter.settings import directory_of
from softlanding_imt_starter.texts import told

PROFILE = "imt_starter.research_profile"
MATCH = "imt_starter.research_match"


async def check_research_match(
    answers: ResearchMatch, stay: StaySnapshot, ctx: CheckContext
) -> Verdict:
    """Rank the researchers by the profile, then look at the meetings.

    In this order: the profile must be there; the chosen researchers must be in the directory;
    no two meetings collide, here or with another start-up; one lies on a working day of the
    stay; enough researchers fit.
    """
    profile = ctx.answers.get(PROFILE)
    if not isinstance(profile, ResearchProfile):
        return Verdict(
            outcome=Outcome.NEEDS_REVIEW,
            code="PROFILE_MISSING",
            message=told(
                "There is no research profile to match with.",
            ),
        )
    directory = directory_of(ctx.settings)
    rules = ctx.rules
    own = slots(answers.contacts)
    if fault := contact_fault(answers, directory) or meeting_fault(
        own, await _others(own, stay, ctx), stay
    ):
        return fault
    matches = ranked(
        profile.keywords,
        profile.openalex_topic_ids,
        directory=directory,
        rules=rules,
        today=ctx.today,
    )
    best = shortlist(matches, rules)
    least = rules.integer("candidates_minimum")
    facts = (
        Fact(name="candidates", value=len(best), unit="researchers"),
        Fact(name="candidates_minimum", value=least, unit="researchers"),
        Fact(name="least_score", value=rules.decimal("least_score"), unit="score"),
        Fact(name="weight_topics", value=rules.decimal("weight_topics")),
        Fact(name="weight_keywords", value=rules.decimal("weight_keywords")),
        Fact(name="weight_recency", value=rules.decimal("weight_recency")),
        Fact(name="recent_years", value=rules.integer("recent_years"), unit="years"),
        Fact(name="meetings", value=len(own), unit="meetings"),
        *(Fact(name=f"score_{one.researcher.orcid}", value=one.score) for one in best),
    )
    ranking = "\n".join(
        f"{one.researcher.orcid} {one.score} {', '.join(one.matched_terms)}" for one in best
    )
    names = {orcid: one.name for orcid, one in directory.researchers.items()}
    calendar = calendar_text(own, stay, names)
    evidence = (
        Evidence(kind="ranking", label=f"{len(best)} researchers", sha256=_hash(ranking)),
        Evidence(kind="calendar", label=f"{len(own)} meetings (.ics)", sha256=_hash(calendar)),
    )
    if len(best) < least:
        return Verdict(
            outcome=Outcome.WARNING,
            code="FEW_MATCHES",
            message=told(
                "Only {count} matches; broaden keywords: {suggestions}.",
                count=len(best),
                suggestions=suggestions(matches, profile.keywords, rules.integer("suggestions")),
            ),
            facts=facts,
            evidence=evidence,
        )
    return Verdict(
        outcome=Outcome.PASSED,
        code="MATCHED",
        message=told(
            "{count} researchers fit; {meetings} meetings are agreed.",
            count=len(best),
            meetings=len(own),
        ),
        facts=facts,
        evidence=evidence,
    )


async def _others(own: list[Slot], stay: StaySnapshot, ctx: CheckContext) -> list[Slot]:
    """Return the meetings of other start-ups that are here at the same time."""
    if not own:
        return []
    hosted = await ctx.read.hosted(stay.host.id, stay.arrival, stay.departure)
    others = [other.id for other in hosted if other.id != stay.id]
    if not others:
        return []
    found: list[Slot] = []
    for answered in (await ctx.read.steps(others, [MATCH])).values():
        step = answered.get(MATCH)
        if step is not None and isinstance(step.answers, ResearchMatch):
            found += slots(step.answers.contacts)
    return found


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

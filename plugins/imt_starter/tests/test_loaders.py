from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from softlanding import AnsweredStep, Fact, Money, SavedRecord, StayState, StepState, Verdict
from softlanding.testing.checks import MemoryReader, a_stay, plugin_context
from softlanding_imt_starter import plugin
from softlanding_imt_starter.loaders import load_incubators, load_startups
from softlanding_imt_starter.research_match.form import ResearchMatch
from softlanding_imt_starter.research_profile.form import ResearchNeed, ResearchProfile
from softlanding_imt_starter.sme_health.size import SmeClass
from softlanding_imt_starter.stay_loader import load_stays
from softlanding_imt_starter.types import (
    ImtStarterAidGrant,
    ImtStarterAidPosition,
    ImtStarterResearchProfile,
    ImtStarterStartup,
    ImtStarterStay,
)

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]
TODAY = date(2026, 11, 22)
HERE = a_stay()
SECOND = a_stay(id=UUID(int=8), arrival=date(2027, 6, 1), departure=date(2027, 6, 30))
ELSEWHERE = a_stay(id=UUID(int=9), host=replace(HERE.host, id=UUID(int=10), slug="gtec"))


def step(stay_id: UUID, name: str, answers: Any = None, facts: tuple[Fact, ...] = ()) -> Any:
    return AnsweredStep(
        stay_id=stay_id,
        key=f"imt_starter.{name}",
        state=StepState.DONE,
        answers=answers,
        outcome=None,
        facts=facts,
    )


def context(read: MemoryReader) -> Any:
    return plugin_context(plugin, today=TODAY, read=read)


def stored(verdict: Verdict) -> tuple[Fact, ...]:
    """Facts as the core keeps them: values are texts."""
    return tuple(
        replace(fact, value=None if fact.value is None else str(fact.value))
        for fact in verdict.facts
    )


async def test_stays_are_read_in_one_call_and_null_elsewhere() -> None:
    read = MemoryReader()
    found = await load_stays([HERE, ELSEWHERE, SECOND], context(read))
    empty = ImtStarterStay(aid_position=None, research_matches=None, meetings_calendar=None)
    assert found == [empty, None, empty]
    assert read.calls == ["steps"]


async def test_no_call_is_made_for_stays_elsewhere() -> None:
    read = MemoryReader()
    assert await load_stays([ELSEWHERE], context(read)) == [None]
    assert read.calls == []


async def test_the_aid_position_is_that_of_the_verdict(check: Check, answers: Answers) -> None:
    verdict = await check("de_minimis", answers("de_minimis"))
    read = MemoryReader(answered=[step(HERE.id, "de_minimis", facts=stored(verdict))])
    (found,) = await load_stays([HERE], context(read))
    assert found is not None
    assert found.aid_position == ImtStarterAidPosition(
        state="FR",
        granted_on=date(2027, 3, 1),
        used=Money(amount=Decimal("0.00")),
        stay_value=Money(amount=Decimal("3200.00")),
        ceiling=Money(amount=Decimal("300000.00")),
        headroom=Money(amount=Decimal("300000.00")),
        first_date_below=date(2027, 3, 1),
    )


async def test_an_amount_that_never_fits_has_no_first_day(check: Check, answers: Answers) -> None:
    value = {"desk_per_day": {"amount": "300001"}, "days": 1, "mentor_rate": {"amount": "0"}}
    verdict = await check("de_minimis", answers("de_minimis", stay_value=value))
    read = MemoryReader(answered=[step(HERE.id, "de_minimis", facts=stored(verdict))])
    (found,) = await load_stays([HERE], context(read))
    assert found is not None
    assert found.aid_position is not None
    assert found.aid_position.first_date_below is None


async def test_matches_carry_score_terms_and_the_first_meeting(answers: Answers) -> None:
    profile = ResearchProfile.model_validate(answers("research_profile"))
    contacts = answers("research_match")["contacts"]
    later = {"orcid": contacts[0]["orcid"], "meeting": {"day": "2027-03-16", "starts_at": "09:00"}}
    match = ResearchMatch.model_validate({"contacts": [later, *contacts]})
    read = MemoryReader(
        answered=[
            step(HERE.id, "research_profile", profile),
            step(HERE.id, "research_match", match),
        ]
    )
    (found,) = await load_stays([HERE], context(read))
    assert found is not None
    assert found.research_matches is not None
    assert [
        (one.researcher.name, one.researcher.lab.key, one.meeting_at)
        for one in found.research_matches
    ] == [
        (
            "Fantin Gabarit",
            "demo-lab-photonics",
            datetime(2027, 3, 9, 10, tzinfo=ZoneInfo("Europe/Paris")),
        ),
        ("Églantine Prototype", "demo-lab-photonics", None),
        ("Clémence Maquette", "demo-lab-open-platforms", None),
        ("Aurore Fictive", "samovar", None),
        ("Basile Exemple", "samovar", None),
    ]
    best = found.research_matches[0]
    assert best.matched_terms[0] == "Advanced Fiber Laser Technologies"
    assert {"laser", "dust", "measurement", "particle", "sensor"} <= set(best.matched_terms)
    assert Decimal("0.25") <= best.score <= 1
    assert found.meetings_calendar is not None
    assert found.meetings_calendar.count("BEGIN:VEVENT") == 2


def saved(stay_id: UUID, check_data: Any) -> SavedRecord:
    return SavedRecord(
        kind="aid_grant",
        startup_id=HERE.startup.id,
        stay_id=stay_id,
        step_key="imt_starter.de_minimis",
        data=check_data,
    )


async def test_a_start_up_shows_aid_class_and_profile_of_its_stays_here(
    check: Check, answers: Answers
) -> None:
    grant = (await check("de_minimis", answers("de_minimis"))).records[0].data
    called_off = replace(SECOND, state=StayState.CANCELLED)
    sme = stored(await check("sme_health", answers("sme_health")))
    profile = ResearchProfile.model_validate(answers("research_profile"))
    read = MemoryReader(
        stays=[HERE, called_off],
        saved=[saved(HERE.id, grant), saved(called_off.id, grant)],
        answered=[
            step(HERE.id, "sme_health", facts=sme),
            step(HERE.id, "research_profile", profile),
        ],
    )
    other = replace(HERE.startup, id=UUID(int=99))
    found = await load_startups([other, HERE.startup], context(read))
    assert found == [
        None,
        ImtStarterStartup(
            aid_grants=[
                ImtStarterAidGrant(
                    state="FR",
                    source="STAY",
                    form="IN_KIND",
                    grantor_name="IMT Starter",
                    amount=Money(amount=Decimal("3200.00")),
                    legal_basis="Regulation (EU) 2023/2831",
                    beneficiary_name="Example Startup",
                    beneficiary_code="900000016",
                    granted_on=date(2027, 3, 1),
                    register_due_on=date(2027, 3, 30),
                    registration_number=None,
                    registered_on=None,
                    reserved=False,
                )
            ],
            sme_class=SmeClass.MICRO,
            research_profile=ImtStarterResearchProfile(
                keywords=["laser", "dust measurement", "particle sensors"],
                topic_ids=["T10988", "T12564"],
                trl=6,
                need=ResearchNeed.EXPERTISE,
                confidential=False,
                lab="demo-lab-photonics",
            ),
        ),
    ]
    assert read.calls == ["stays_of", "steps", "records"]


async def test_a_confidential_profile_keeps_its_words_for_the_stay(answers: Answers) -> None:
    profile = ResearchProfile.model_validate(answers("research_profile", confidential=True))
    read = MemoryReader(stays=[HERE], answered=[step(HERE.id, "research_profile", profile)])
    (found,) = await load_startups([HERE.startup], context(read))
    assert found is not None
    assert found.research_profile is not None
    assert (found.research_profile.keywords, found.research_profile.topic_ids) == ([], [])
    assert found.research_profile.confidential is True


async def test_a_start_up_without_a_stay_here_is_null() -> None:
    read = MemoryReader(stays=[ELSEWHERE])
    assert await load_startups([HERE.startup], context(read)) == [None]
    assert read.calls == ["stays_of"]


async def test_labs_are_those_of_imt_starter_alone() -> None:
    found = await load_incubators([HERE.home, HERE.host], context(MemoryReader()))
    assert found[0] is None
    assert found[1] is not None
    assert [(lab.key, lab.zrr, lab.ror, lab.hal_struct_id, lab.demo) for lab in found[1].labs] == [
        ("demo-lab-open-platforms", False, None, None, True),
        ("demo-lab-photonics", True, None, None, True),
        ("samovar", None, None, None, False),
    ]

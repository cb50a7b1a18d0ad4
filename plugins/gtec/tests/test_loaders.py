from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from softlanding import AnsweredStep, PluginContext, StaySnapshot, StepState, Traveller
from softlanding.testing.checks import MemoryReader, plugin_context
from softlanding_common import plugin as common
from softlanding_common.mobility_9090.form import Mobility9090
from softlanding_gtec import plugin
from softlanding_gtec.corporate_match.form import GtecCorporateMatch
from softlanding_gtec.founder_school.form import GtecFounderSchool
from softlanding_gtec.loaders import load_stays
from softlanding_gtec.types import (
    GtecAttendance,
    GtecCorporateMatched,
    GtecNda,
    GtecSchengen,
    GtecStay,
    GtecTraveller,
)

TODAY = date(2026, 11, 22)
CHANDRA = Traveller(name="Chandra Demo", nationalities=("IN",))
FREE = Traveller(name="Aude Demo", nationalities=("FR",))
DAYS = Mobility9090.model_validate(
    {
        "travellers": [
            {
                "name": "chandra demo",
                "prior_stays": [{"entry": "2027-03-01", "exit": "2027-04-09"}],
                "passport_issued_on": "2022-04-11",
                "passport_valid_to": "2032-04-11",
            }
        ]
    }
)
MATCH = GtecCorporateMatch.model_validate(
    {
        "corporates": [
            {"name": "Demo Works", "nace": ["28.22"], "interests": ["factory networks"]},
            {"name": "Demo Telecom", "nace": ["61"]},
            {"name": "Demo Bank", "nace": ["64.19"]},
        ],
        "offers": ["Factory networks"],
        "meetings": [
            {"party": "demo works", "day": "2027-05-20"},
            {"party": "Demo Works", "day": "2027-05-10", "confidential": True},
        ],
        "ndas": [{"party": "Demo Works", "signed_on": "2027-05-03"}],
    }
)
SCHOOL = GtecFounderSchool.model_validate(
    {
        "sessions": [
            {"topic": "Market", "hours": "4.5", "attended": True},
            {"topic": "Law", "hours": "3", "attended": False},
        ],
        "mentor_hours": "2",
    }
)


def answered(stay: StaySnapshot, key: str, answers: BaseModel | None) -> AnsweredStep:
    return AnsweredStep(
        stay_id=stay.id,
        key=key,
        state=StepState.DONE,
        answers=answers,
        outcome=None,
        facts=(),
    )


def context(read: MemoryReader, **more: Any) -> PluginContext:
    return plugin_context(plugin, today=TODAY, read=read, beside=[common], **more)


def empty(*names: str) -> GtecStay:
    return GtecStay(
        travellers=[GtecTraveller(name=name, schengen=None) for name in names],
        corporate_matches=None,
        ndas=None,
        attendance=None,
    )


async def test_one_and_three_stays_are_read_in_one_call(stay: StaySnapshot) -> None:
    elsewhere = replace(stay, id=UUID(int=9), host=stay.home)
    second = replace(stay, id=UUID(int=8))
    one, three = MemoryReader(), MemoryReader()
    found = empty("Example Founder")
    assert await load_stays([stay], context(one)) == [found]
    assert await load_stays([stay, elsewhere, second], context(three)) == [found, None, found]
    assert one.calls == three.calls == ["steps"]


async def test_no_call_is_made_for_stays_elsewhere(stay: StaySnapshot) -> None:
    read = MemoryReader()
    assert await load_stays([replace(stay, host=stay.home)], context(read)) == [None]
    assert read.calls == []


async def test_a_stay_shows_days_corporates_and_attendance(stay: StaySnapshot) -> None:
    here = replace(stay, travellers=(FREE, CHANDRA))
    read = MemoryReader(
        answered=[
            answered(here, "common.mobility_9090", DAYS),
            answered(here, "gtec.corporate_match", MATCH),
            answered(here, "gtec.founder_school", SCHOOL),
        ]
    )
    assert await load_stays([here], context(read)) == [
        GtecStay(
            travellers=[
                GtecTraveller(name="Aude Demo", schengen=None),
                GtecTraveller(
                    name="Chandra Demo",
                    schengen=GtecSchengen(
                        used_days=40, remaining_days=50, latest_exit=date(2027, 6, 21)
                    ),
                ),
            ],
            corporate_matches=[
                GtecCorporateMatched(
                    name="Demo Works",
                    section=None,
                    interests=["factory networks"],
                    first_meeting_on=date(2027, 5, 10),
                ),
                GtecCorporateMatched(
                    name="Demo Telecom", section="K", interests=[], first_meeting_on=None
                ),
            ],
            ndas=[GtecNda(party="Demo Works", signed_on=date(2027, 5, 3))],
            attendance=GtecAttendance(
                hours=Decimal("4.5"),
                topics=["Market"],
                missed_topics=["Law"],
                mentor_hours=Decimal(2),
                signed_on=None,
            ),
        )
    ]


async def test_one_who_may_not_enter_has_no_latest_exit(stay: StaySnapshot) -> None:
    here = replace(stay, travellers=(CHANDRA,))
    (one,) = DAYS.travellers
    wide = one.model_copy(
        update={
            "prior_stays": [
                one.prior_stays[0].model_copy(update={"entry": date(2027, 1, 1)}),
            ]
        }
    )
    answers = Mobility9090(travellers=[wide])
    read = MemoryReader(answered=[answered(here, "common.mobility_9090", answers)])
    (found,) = await load_stays([here], context(read))
    assert found is not None
    assert found.travellers[0].schengen == GtecSchengen(
        used_days=99, remaining_days=0, latest_exit=None
    )


async def test_days_that_are_not_told_or_no_longer_fit_are_null(stay: StaySnapshot) -> None:
    here = replace(stay, travellers=(CHANDRA,))
    read = MemoryReader(answered=[answered(here, "common.mobility_9090", None)])
    assert await load_stays([here], context(read)) == [empty("Chandra Demo")]


async def test_days_are_null_where_the_rule_is_not_known(stay: StaySnapshot) -> None:
    here = replace(stay, travellers=(CHANDRA,))
    read = MemoryReader(answered=[answered(here, "common.mobility_9090", DAYS)])
    before = plugin_context(plugin, today=date(2025, 12, 31), read=read, beside=[common])
    assert await load_stays([here], before) == [empty("Chandra Demo")]
    alone = plugin_context(plugin, today=TODAY, read=read)
    assert await load_stays([here], alone) == [empty("Chandra Demo")]

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from pydantic import BaseModel

from softlanding import (
    AnsweredStep,
    MoneyInput,
    PluginContext,
    Registration,
    StaySnapshot,
    StepState,
)
from softlanding.testing.checks import MemoryReader, a_stay, plugin_context
from softlanding_common.goals.form import Goals
from softlanding_startup_division import plugin
from softlanding_startup_division.company_code.form import CompanyCode
from softlanding_startup_division.discovery_agenda.form import DiscoveryAgenda, MeetingType
from softlanding_startup_division.discovery_agenda.meetings import agenda_calendar
from softlanding_startup_division.kotis.form import Kotis
from softlanding_startup_division.loaders import load_startups
from softlanding_startup_division.pitch.form import Pitch
from softlanding_startup_division.stay_loader import load_stays
from softlanding_startup_division.types import (
    StartupDivisionAidGrant,
    StartupDivisionCoverage,
    StartupDivisionGoalCoverage,
    StartupDivisionKpi,
    StartupDivisionKpiPlan,
    StartupDivisionMeeting,
    StartupDivisionRegistration,
    StartupDivisionStartup,
    StartupDivisionStay,
)

Example = Callable[..., dict[str, Any]]
TODAY = date(2026, 11, 22)
AWAY = a_stay()
LATER = a_stay(id=UUID(int=31), arrival=date(2027, 9, 6), departure=date(2027, 10, 5))
EMPTY = StartupDivisionStay(agenda=None, agenda_coverage=None, agenda_calendar=None)
OWN = StartupDivisionRegistration(scheme="LT_COMPANY_CODE", value="900000016", valid=True)
GRANT = StartupDivisionAidGrant(
    registration_number="DEMO-1",
    registered_on=date(2025, 6, 20),
    grantor_code="900000030",
    form="Grant",
    amount=MoneyInput(amount=Decimal("150000.00")),
    legal_basis="Regulation (EU) 2023/2831",
    beneficiary_code="900000016",
    granted_on=date(2025, 6, 16),
    reserved=False,
)


def step(stay: StaySnapshot, key: str, answers: BaseModel | None) -> AnsweredStep:
    return AnsweredStep(
        stay_id=stay.id,
        key=key if "." in key else f"startup_division.{key}",
        state=StepState.DONE,
        answers=answers,
        outcome=None,
        facts=(),
    )


def context(read: MemoryReader) -> PluginContext:
    return plugin_context(plugin, today=TODAY, read=read)


@pytest.mark.parametrize("count", [1, 3])
async def test_stays_are_read_in_one_call_whatever_their_number(
    here: StaySnapshot, count: int
) -> None:
    read = MemoryReader()
    stays = [replace(here, id=UUID(int=50 + number)) for number in range(count)]
    assert await load_stays([AWAY, *stays], context(read)) == [None, *[EMPTY] * count]
    assert read.calls == ["steps"]


async def test_no_call_is_made_for_stays_elsewhere() -> None:
    read = MemoryReader()
    assert await load_stays([AWAY], context(read)) == [None]
    assert read.calls == []


def an_agenda() -> DiscoveryAgenda:
    meetings = [
        ("INVESTOR", "Demo Fund", "2027-06-10", "14:30", "investor"),
        ("CUSTOMER", "Demo Farm", "2027-06-09", "10:00", "growers"),
        ("CUSTOMER", "Demo Dairy", "2027-06-11", "10:00", "growers"),
    ]
    names = ("type", "org", "day", "starts_at", "goal")
    return DiscoveryAgenda.model_validate(
        {"meetings": [dict(zip(names, meeting, strict=True)) for meeting in meetings]}
    )


def goals(*keys: str) -> Goals:
    return Goals.model_validate(
        {"goals": [{"key": key, "text": f"Meet {key}", "needs": ["PARTNERS"]} for key in keys]}
    )


def meeting(kind: MeetingType, org: str, day: int, clock: str, goal: str) -> StartupDivisionMeeting:
    hour, minute = (int(part) for part in clock.split(":"))
    at = datetime(2027, 6, day, hour, minute, tzinfo=ZoneInfo("Europe/Vilnius"))
    return StartupDivisionMeeting(type=kind, org=org, at=at, minutes=60, goal=goal)


async def test_an_agenda_is_shown_in_time_with_what_it_covers(here: StaySnapshot) -> None:
    agenda = an_agenda()
    read = MemoryReader(
        answered=[
            step(here, "discovery_agenda", agenda),
            step(here, "common.goals", goals("growers", "investor", "pilot")),
        ]
    )
    assert await load_stays([here], context(read)) == [
        StartupDivisionStay(
            agenda=[
                meeting(MeetingType.CUSTOMER, "Demo Farm", 9, "10:00", "growers"),
                meeting(MeetingType.INVESTOR, "Demo Fund", 10, "14:30", "investor"),
                meeting(MeetingType.CUSTOMER, "Demo Dairy", 11, "10:00", "growers"),
            ],
            agenda_coverage=StartupDivisionCoverage(
                meetings=3,
                types=[MeetingType.INVESTOR, MeetingType.CUSTOMER],
                goals=[
                    StartupDivisionGoalCoverage(key="growers", text="Meet growers", meetings=2),
                    StartupDivisionGoalCoverage(key="investor", text="Meet investor", meetings=1),
                    StartupDivisionGoalCoverage(key="pilot", text="Meet pilot", meetings=0),
                ],
            ),
            agenda_calendar=agenda_calendar(agenda.meetings, here),
        )
    ]


async def test_an_agenda_without_goals_covers_none_that_is_known(here: StaySnapshot) -> None:
    read = MemoryReader(answered=[step(here, "discovery_agenda", an_agenda())])
    (found,) = await load_stays([here], context(read))
    assert found is not None
    assert found.agenda_coverage is not None
    assert found.agenda_coverage.goals is None


@pytest.mark.parametrize("count", [1, 3])
async def test_start_ups_are_read_in_two_calls_whatever_their_number(count: int) -> None:
    stays = [
        a_stay(id=UUID(int=60 + number), startup=replace(AWAY.startup, id=UUID(int=70 + number)))
        for number in range(count)
    ]
    read = MemoryReader(stays=stays)
    startups = [stay.startup for stay in stays]
    known = StartupDivisionStartup(registrations=[OWN], aid_grants=None, kpi_plan=None)
    assert await load_startups(startups, context(read)) == [known] * count
    assert read.calls == ["stays_of", "steps"]


async def test_a_lithuanian_start_up_is_known_without_a_stay_and_others_are_null(
    here: StaySnapshot,
) -> None:
    read = MemoryReader()
    found = await load_startups([AWAY.startup, here.startup], context(read))
    assert found == [
        StartupDivisionStartup(registrations=[OWN], aid_grants=None, kpi_plan=None),
        None,
    ]
    assert read.calls == ["stays_of"]


async def test_a_start_up_that_stays_elsewhere_from_elsewhere_is_null(here: StaySnapshot) -> None:
    elsewhere = replace(here, host=AWAY.host)
    read = MemoryReader(stays=[elsewhere])
    assert await load_startups([here.startup], context(read)) == [None]
    assert read.calls == ["stays_of"]


async def test_registrations_are_those_answered_and_those_on_record(
    here: StaySnapshot, example: Example
) -> None:
    startup = replace(
        AWAY.startup,
        registrations=(
            Registration(scheme="LT_COMPANY_CODE", value="900000016"),
            Registration(scheme="LT_COMPANY_CODE", value="900000017"),
            Registration(scheme="VAT", value="LT304374938"),
            Registration(scheme="VAT", value="NL000000012B01"),
            Registration(scheme="LEI", value="98"),
        ),
    )
    stay = replace(AWAY, startup=startup)
    company = CompanyCode.model_validate(
        example("company_code", code="900 000 016", vat="990000012")
    )
    read = MemoryReader(stays=[stay], answered=[step(stay, "company_code", company)])
    (found,) = await load_startups([startup], context(read))
    assert found is not None
    assert [(one.scheme, one.value, one.valid) for one in found.registrations] == [
        ("LT_COMPANY_CODE", "900000016", True),
        ("VAT", "LT990000012", True),
        ("LT_COMPANY_CODE", "900000017", False),
        ("VAT", "LT304374938", False),
        ("VAT", "NL000000012B01", None),
        ("LEI", "98", None),
    ]


async def test_a_code_that_is_no_code_is_shown_as_it_was_answered(example: Example) -> None:
    company = CompanyCode.model_validate(example("company_code", code="many", vat=None))
    read = MemoryReader(stays=[AWAY], answered=[step(AWAY, "company_code", company)])
    (found,) = await load_startups([AWAY.startup], context(read))
    assert found is not None
    assert found.registrations[0] == StartupDivisionRegistration(
        scheme="LT_COMPANY_CODE", value="many", valid=False
    )


def extract(example: Example, day: str, **changes: Any) -> Kotis:
    return Kotis.model_validate(example("kotis", extracted_on=day, **changes))


async def test_aid_is_that_of_the_latest_extract(example: Example) -> None:
    reserved = {**example("kotis")["rows"][0], "granted_on": None, "reserved": True}
    read = MemoryReader(
        stays=[AWAY, LATER],
        answered=[
            step(AWAY, "kotis", extract(example, "2026-11-20", rows=[reserved])),
            step(LATER, "kotis", extract(example, "2026-11-19")),
        ],
    )
    (found,) = await load_startups([AWAY.startup], context(read))
    assert found is not None
    assert found.aid_grants == [replace(GRANT, granted_on=None, reserved=True)]


async def test_an_extract_that_cannot_be_read_is_passed_over(example: Example) -> None:
    read = MemoryReader(
        stays=[AWAY, LATER],
        answered=[
            step(AWAY, "kotis", extract(example, "2026-11-20")),
            step(LATER, "kotis", extract(example, "2026-11-21", rows=[], pasted="{")),
        ],
    )
    (found,) = await load_startups([AWAY.startup], context(read))
    assert found is not None
    assert found.aid_grants == [GRANT]


async def test_a_pasted_extract_is_shown_like_typed_rows(example: Example) -> None:
    pasted = (
        "reg_no,reg_date,grantor_code,form,amount,legal_basis,recipient_code,granted_on\n"
        "DEMO-1,2025-06-20,900000030,Grant,150000.00,Regulation (EU) 2023/2831,900000016,"
        "2025-06-16\n"
    )
    answers = extract(example, "2026-11-20", rows=[], pasted=pasted)
    read = MemoryReader(stays=[AWAY], answered=[step(AWAY, "kotis", answers)])
    (found,) = await load_startups([AWAY.startup], context(read))
    assert found is not None
    assert found.aid_grants == [GRANT]


async def test_the_plan_is_that_of_the_latest_stay_that_has_one(
    here: StaySnapshot, example: Example
) -> None:
    later = replace(here, id=UUID(int=41), arrival=date(2028, 6, 5), departure=date(2028, 7, 4))
    latest = replace(here, id=UUID(int=42), arrival=date(2029, 6, 4), departure=date(2029, 7, 3))
    kpis = [{"name": "Customers", "base": "1", "m6": "2.5", "m12": "3"}]
    read = MemoryReader(
        stays=[here, later, latest],
        answered=[
            step(here, "pitch", Pitch.model_validate(example("pitch"))),
            step(later, "pitch", Pitch.model_validate(example("pitch", seconds=200, kpis=kpis))),
            step(latest, "pitch", None),
        ],
    )
    assert await load_startups([here.startup], context(read)) == [
        StartupDivisionStartup(
            registrations=[],
            aid_grants=None,
            kpi_plan=StartupDivisionKpiPlan(
                video_url="https://video.example.org/pitch",
                seconds=200,
                kpis=[
                    StartupDivisionKpi(
                        name="Customers",
                        base=Decimal(1),
                        m6=Decimal("2.5"),
                        m12=Decimal(3),
                        m24=None,
                    )
                ],
            ),
        )
    ]

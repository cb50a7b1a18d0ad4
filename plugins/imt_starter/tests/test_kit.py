"""The part of the plugin author's kit that these tests rest on."""

from datetime import date
from uuid import UUID

import pytest

from softlanding import Outcome, SavedRecord, StayState
from softlanding.testing.checks import MemoryReader, a_stay, plugin_context, run_check
from softlanding_imt_starter import plugin
from softlanding_imt_starter.research_profile.form import ResearchNeed, ResearchProfile
from softlanding_imt_starter.settings import ImtStarterSettings

PROFILE = "imt_starter.research_profile"
TODAY = date(2026, 11, 22)


async def test_answers_may_be_a_form() -> None:
    form = ResearchProfile(keywords=["one", "two", "three"], trl=5, need=ResearchNeed.DATA)
    verdict = await run_check(plugin, PROFILE, form, stay=a_stay(), today=TODAY)
    assert verdict.outcome is Outcome.PASSED


async def test_a_figure_that_is_not_known_needs_a_review() -> None:
    form = ResearchProfile(keywords=["one", "two", "three"], trl=5, need=ResearchNeed.DATA)
    verdict = await run_check(plugin, PROFILE, form, stay=a_stay(), today=date(2025, 12, 31))
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "RULE_UNKNOWN")
    assert verdict.message == {
        "en": "A person must decide: keywords_minimum of Research profile is not known for"
        " 2025-12-31."
    }


async def test_only_declared_steps_can_be_read() -> None:
    with pytest.raises(LookupError, match="does not declare that it reads"):
        await run_check(plugin, PROFILE, {}, stay=a_stay(), today=TODAY, others={"x.y": {}})


def test_a_context_carries_settings_and_figures() -> None:
    ctx = plugin_context(plugin, today=TODAY)
    assert ctx.plugin == "imt_starter"
    assert isinstance(ctx.settings, ImtStarterSettings)
    assert set(ctx.rule_sets) == {rule.key for rule in plugin.rules()}


async def test_the_reader_finds_stays_by_host_days_and_desk() -> None:
    stay = a_stay()
    left = a_stay(id=UUID(int=8), arrival=date(2027, 1, 4), departure=date(2027, 2, 28))
    waiting = a_stay(id=UUID(int=9), state=StayState.SUBMITTED)
    read = MemoryReader(stays=[stay, left, waiting])
    assert await read.hosted(stay.host.id, stay.arrival, stay.departure) == [stay]
    assert await read.hosted(stay.home.id, stay.arrival, stay.departure) == []
    assert await read.stays_of([stay.startup.id]) == [waiting, stay, left]


async def test_the_reader_finds_records_by_start_up_and_kind() -> None:
    stay = a_stay()
    record = SavedRecord(
        kind="aid_grant", startup_id=stay.startup.id, stay_id=stay.id, step_key="x.y", data={}
    )
    read = MemoryReader(saved=[record])
    assert await read.records([stay.startup.id], "aid_grant") == [record]
    assert await read.records([stay.startup.id], "other") == []
    assert await read.records([stay.id], "aid_grant") == []

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from softlanding import Fact, Outcome, StaySnapshot, Traveller, Verdict

Check = Callable[..., Awaitable[Verdict]]
CHANDRA = Traveller(name="Chandra Demo", nationalities=("IN",))
DAYS = "common.mobility_9090"


@pytest.fixture
def indian(stay: StaySnapshot) -> StaySnapshot:
    """The stay with a traveller whose days count."""
    return replace(stay, travellers=(CHANDRA,))


def told(*prior: tuple[date, date], **more: Any) -> dict[str, Any]:
    traveller = {
        "name": "Chandra Demo",
        "prior_stays": [{"entry": str(first), "exit": str(last)} for first, last in prior],
        "passport_issued_on": "2022-04-11",
        "passport_valid_to": "2032-04-11",
        **more,
    }
    return {DAYS: {"travellers": [traveller]}}


def spring(days: int) -> tuple[date, date]:
    """So many days that end on 1 April 2027."""
    last = date(2027, 4, 1)
    return last - timedelta(days=days - 1), last


async def test_travellers_who_move_freely_have_no_budget(check: Check) -> None:
    verdict = await check("schengen", None)
    assert (verdict.outcome, verdict.code) == (Outcome.NOT_APPLICABLE, "MOVING_FREELY")


async def test_without_the_days_nothing_is_decided(check: Check, indian: StaySnapshot) -> None:
    verdict = await check("schengen", None, stay=indian)
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.NEEDS_REVIEW,
        "DAYS_NOT_TOLD",
        "The days in the Schengen area are told in common.mobility_9090.",
    )


async def test_within_the_budget_it_passes_whatever_a_person_decides_elsewhere(
    check: Check, indian: StaySnapshot
) -> None:
    verdict = await check("schengen", None, stay=indian, others=told(spring(40)))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.PASSED,
        "WITHIN_BUDGET",
        "Chandra Demo has used 40 of 90 days on arrival, 50 are left; latest lawful exit"
        " 2027-06-21.",
    )
    assert verdict.facts == (
        Fact(name="travellers_counted", value=1, unit="persons"),
        Fact(name="limit", value=90, unit="days"),
        Fact(name="window", value=180, unit="days"),
        Fact(name="days_used", value=40, unit="days"),
        Fact(name="days_left", value=50, unit="days"),
        Fact(name="worst_total", value=70, unit="days"),
        Fact(name="first_day_over", value=None),
        Fact(name="latest_exit", value=date(2027, 6, 21)),
    )
    assert [(one.kind, one.label) for one in verdict.evidence] == [
        ("schengen_budget", "40 of 90 days used, 50 left")
    ]


@pytest.mark.parametrize(
    ("days", "code"), [(59, "WITHIN_BUDGET"), (60, "WITHIN_BUDGET"), (61, "OVER_BUDGET")]
)
async def test_thirty_days_fit_after_sixty(
    check: Check, indian: StaySnapshot, days: int, code: str
) -> None:
    verdict = await check("schengen", None, stay=indian, others=told(spring(days)))
    assert verdict.code == code


async def test_over_the_budget_it_names_the_day_and_the_latest_exit(
    check: Check, indian: StaySnapshot
) -> None:
    verdict = await check("schengen", None, stay=indian, others=told(spring(75)))
    assert (verdict.outcome, verdict.message["en"]) == (
        Outcome.FAILED,
        "Chandra Demo passes 90 days on 2027-05-18; latest lawful exit 2027-05-17.",
    )


async def test_a_permit_from_elsewhere_is_for_a_person(check: Check, indian: StaySnapshot) -> None:
    permit = {"kind": "RESIDENCE_PERMIT", "country": "FR", "valid_to": "2030-01-01"}
    verdict = await check("schengen", None, stay=indian, others=told(spring(75), permit=permit))
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "PERMIT_FROM_ELSEWHERE")


async def test_a_traveller_who_is_missing_is_named(check: Check, stay: StaySnapshot) -> None:
    two = replace(stay, travellers=(CHANDRA, Traveller(name="Una Demo", nationalities=("US",))))
    verdict = await check("schengen", None, stay=two, others=told())
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "TRAVELLER_MISSING",
        "The days of Una Demo are missing; list all stays of the 180 days before.",
    )

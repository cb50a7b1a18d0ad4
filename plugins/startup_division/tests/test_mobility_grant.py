from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from softlanding import Evidence, Fact, Outcome, Verdict
from softlanding_startup_division.mobility_grant.form import MobilityGrant

Check = Callable[..., Awaitable[Verdict]]
Example = Callable[..., dict[str, Any]]
OPEN = date(2022, 11, 30)
CLOSED = "The last known call closed on 2022-11-30; a person must find out whether there is a new"


async def test_today_a_person_must_look_for_a_call(check: Check, example: Example) -> None:
    answers = example("mobility_grant")
    assert await check("mobility_grant", answers) == Verdict(
        outcome=Outcome.NEEDS_REVIEW,
        code="CALL_CLOSED",
        message={"en": f"{CLOSED} one. By the conditions of the last call it could be refunded."},
        facts=(
            Fact(name="registered_on", value=date(2022, 5, 2)),
            Fact(name="age", value=Decimal("4.6"), unit="years"),
            Fact(name="age_maximum", value=5, unit="years"),
            Fact(name="sme", value=True),
            Fact(name="destination", value="FR"),
            Fact(name="stay_days", value=30, unit="days"),
            Fact(name="stay_minimum", value=21, unit="days"),
            Fact(name="programme_kind", value="INCUBATOR"),
            Fact(name="call_closed_on", value=OPEN),
        ),
        evidence=(
            Evidence.of_answers(
                kind="eligibility_sheet",
                label="Eligibility by the rules LT-2022",
                answers=MobilityGrant.model_validate(answers),
            ),
        ),
    )


async def test_the_conditions_of_a_closed_call_are_told_but_decide_nothing(
    check: Check, example: Example
) -> None:
    answers = example("mobility_grant", registered_on="2021-11-21", end="2027-03-20")
    verdict = await check("mobility_grant", answers)
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "CALL_CLOSED")
    assert verdict.message["en"] == (
        f"{CLOSED} one. By the conditions of the last call: Company is 5.1 years old, limit 5."
        " Stay is 20 days, at least 21 needed."
    )


@pytest.mark.parametrize(
    ("today", "outcome"),
    [
        (date(2021, 12, 31), Outcome.NEEDS_REVIEW),
        (date(2022, 1, 1), Outcome.PASSED),
        (date(2022, 11, 30), Outcome.PASSED),
        (date(2022, 12, 1), Outcome.NEEDS_REVIEW),
    ],
)
async def test_the_call_was_open_on_the_days_of_its_rules(
    check: Check, example: Example, today: date, outcome: Outcome
) -> None:
    answers = example("mobility_grant", registered_on="2020-01-01")
    assert (await check("mobility_grant", answers, today=today)).outcome is outcome


@pytest.mark.parametrize(
    ("registered_on", "outcome", "code"),
    [
        ("2017-11-29", Outcome.FAILED, "COMPANY_TOO_OLD"),
        ("2017-11-30", Outcome.PASSED, "ELIGIBLE"),
        ("2017-12-01", Outcome.PASSED, "ELIGIBLE"),
        ("2022-11-30", Outcome.PASSED, "ELIGIBLE"),
        ("2022-12-01", Outcome.FAILED, "REGISTERED_LATER"),
    ],
)
async def test_a_company_is_at_most_five_years_old(
    check: Check, example: Example, registered_on: str, outcome: Outcome, code: str
) -> None:
    answers = example("mobility_grant", registered_on=registered_on)
    verdict = await check("mobility_grant", answers, today=OPEN)
    assert (verdict.outcome, verdict.code) == (outcome, code)


@pytest.mark.parametrize(
    ("end", "code", "sentence"),
    [
        ("2027-03-20", "STAY_TOO_SHORT", "Stay is 20 days, at least 21 needed."),
        (
            "2027-03-21",
            "ELIGIBLE",
            "Company is 0.6 years old, stay is 21 days: the trip can be refunded.",
        ),
        (
            "2027-03-22",
            "ELIGIBLE",
            "Company is 0.6 years old, stay is 22 days: the trip can be refunded.",
        ),
        ("2027-03-01", "STAY_TOO_SHORT", "Stay is 1 days, at least 21 needed."),
        (
            "2027-02-28",
            "ENDS_BEFORE_START",
            "The stay ends 2027-02-28 before it starts 2027-03-01.",
        ),
    ],
)
async def test_a_stay_has_at_least_21_days(
    check: Check, example: Example, end: str, code: str, sentence: str
) -> None:
    verdict = await check("mobility_grant", example("mobility_grant", end=end), today=OPEN)
    assert (verdict.code, verdict.message["en"]) == (code, sentence)


@pytest.mark.parametrize(
    ("change", "code", "sentence"),
    [
        ({"sme": False}, "NOT_AN_SME", "Company is not a small or medium-sized enterprise."),
        (
            {"destination": "LT"},
            "NOT_ABROAD",
            "The stay is in Lithuania; the grant is for trips abroad.",
        ),
    ],
)
async def test_the_grant_is_for_small_companies_that_go_abroad(
    check: Check, example: Example, change: dict[str, Any], code: str, sentence: str
) -> None:
    verdict = await check("mobility_grant", example("mobility_grant", **change), today=OPEN)
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, code)
    assert verdict.message["en"] == sentence


@pytest.mark.parametrize("kind", ["ACCELERATOR", "INCUBATOR", "OTHER"])
async def test_the_kind_of_programme_is_noted_and_decides_nothing(
    check: Check, example: Example, kind: str
) -> None:
    answers = example("mobility_grant", programme_kind=kind)
    assert (await check("mobility_grant", answers, today=OPEN)).code == "ELIGIBLE"

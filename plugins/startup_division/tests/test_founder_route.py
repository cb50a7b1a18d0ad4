import hashlib
from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from softlanding import Evidence, Fact, Outcome, Verdict

Check = Callable[..., Awaitable[Verdict]]
Example = Callable[..., dict[str, Any]]
OPEN = "Nothing is missing for the Startup Visa in this screen; a committee decides."


def eur(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


async def test_a_founder_with_all_points_passes_and_no_personal_figure_is_kept(
    check: Check, example: Example
) -> None:
    assert await check("founder_route", example("founder_route")) == Verdict(
        outcome=Outcome.PASSED,
        code="ROUTE_OPEN",
        message={"en": OPEN},
        facts=(
            Fact(name="field", value="IT"),
            Fact(name="part_owner", value=True),
            Fact(name="means_minimum", value=Decimal(1153), unit="EUR per month"),
            Fact(name="insurance_minimum", value=Decimal(30000), unit="EUR"),
            Fact(name="points_missing", value=0, unit="points"),
        ),
        evidence=(
            Evidence(
                kind="screen",
                label="Screen for the Startup Visa, without documents",
                sha256=hashlib.sha256(OPEN.encode()).hexdigest(),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("nationalities", "outcome"),
    [
        (["LT"], Outcome.NOT_APPLICABLE),
        (["NL"], Outcome.NOT_APPLICABLE),
        (["NO"], Outcome.NOT_APPLICABLE),
        (["CH"], Outcome.NOT_APPLICABLE),
        (["IN", "DE"], Outcome.NOT_APPLICABLE),
        (["GB"], Outcome.PASSED),
        (["IN"], Outcome.PASSED),
        (["UA", "IL"], Outcome.PASSED),
    ],
)
async def test_the_step_is_for_founders_who_do_not_move_freely(
    check: Check, example: Example, nationalities: list[str], outcome: Outcome
) -> None:
    answers = example("founder_route", nationalities=nationalities)
    assert (await check("founder_route", answers)).outcome is outcome


@pytest.mark.parametrize(
    ("change", "point"),
    [
        ({"field": "OTHER"}, "a field that the visa lists"),
        ({"part_owner": False}, "a part of the start-up in the founder's hands"),
        ({"means_per_month": eur("1152.99")}, "means of 1,153 EUR per month"),
        ({"insurance": eur("29999.99")}, "health insurance of 30,000 EUR"),
    ],
)
async def test_a_point_that_is_missing_is_told(
    check: Check, example: Example, change: dict[str, Any], point: str
) -> None:
    verdict = await check("founder_route", example("founder_route", **change))
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "POINTS_MISSING")
    assert verdict.message["en"] == f"Missing for the Startup Visa: {point}."


@pytest.mark.parametrize("field", ["BIO", "NANO", "IT", "MECHATRONICS", "ELECTRONICS", "LASER"])
async def test_the_visa_lists_six_fields(check: Check, example: Example, field: str) -> None:
    verdict = await check("founder_route", example("founder_route", field=field))
    assert verdict.code == "ROUTE_OPEN"


@pytest.mark.parametrize(("means", "code"), [("1153", "ROUTE_OPEN"), ("1153.01", "ROUTE_OPEN")])
async def test_means_at_and_above_the_minimum_are_enough(
    check: Check, example: Example, means: str, code: str
) -> None:
    answers = example("founder_route", means_per_month=eur(means), insurance=eur("30000.01"))
    assert (await check("founder_route", answers)).code == code


async def test_all_missing_points_are_told(check: Check, example: Example) -> None:
    answers = example(
        "founder_route",
        field="OTHER",
        part_owner=False,
        means_per_month=eur("0"),
        insurance=eur("0"),
    )
    verdict = await check("founder_route", answers)
    assert verdict.message["en"] == (
        "Missing for the Startup Visa: a field that the visa lists, a part of the start-up in the"
        " founder's hands, means of 1,153 EUR per month, health insurance of 30,000 EUR."
    )
    assert verdict.facts[-1] == Fact(name="points_missing", value=4, unit="points")


async def test_amounts_are_in_euros(check: Check, example: Example) -> None:
    answers = example("founder_route", insurance={"amount": "30000", "currency": "GBP"})
    verdict = await check("founder_route", answers)
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "CURRENCY_NOT_EUR")


@pytest.mark.parametrize(
    ("today", "outcome"),
    [
        (date(2025, 12, 31), Outcome.NEEDS_REVIEW),
        (date(2026, 1, 1), Outcome.PASSED),
        (date(2026, 12, 31), Outcome.PASSED),
        (date(2027, 1, 1), Outcome.NEEDS_REVIEW),
    ],
)
async def test_the_means_are_those_of_2026(
    check: Check, example: Example, today: date, outcome: Outcome
) -> None:
    assert (await check("founder_route", example("founder_route"), today=today)).outcome is outcome


async def test_points_that_are_certain_are_told_although_a_figure_has_ended(
    check: Check, example: Example
) -> None:
    later = date(2027, 6, 21)
    answers = {**example("founder_route"), "field": "OTHER", "part_owner": False}
    verdict = await check("founder_route", answers, today=later)
    assert (verdict.outcome, verdict.message["en"]) == (
        Outcome.FAILED,
        "Missing for the Startup Visa: a field that the visa lists,"
        " a part of the start-up in the founder's hands.",
    )
    uncertain = await check("founder_route", example("founder_route"), today=later)
    assert (uncertain.outcome, uncertain.code) == (Outcome.NEEDS_REVIEW, "RULE_UNKNOWN")

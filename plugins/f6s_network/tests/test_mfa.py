from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from softlanding import Outcome, Verdict
from softlanding_f6s_network.mfa.position import window_start

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]


def gbp(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "GBP"}


def grant(amount: str, given_on: str = "2025-06-02", kind: str = "MFA") -> dict[str, Any]:
    return {
        "authority": "Example Council",
        "amount": gbp(amount),
        "given_on": given_on,
        "kind": kind,
    }


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2026, 11, 22), date(2024, 4, 1)),
        (date(2027, 3, 31), date(2024, 4, 1)),
        (date(2027, 4, 1), date(2025, 4, 1)),
        (date(2027, 1, 1), date(2024, 4, 1)),
        (date(2026, 12, 31), date(2024, 4, 1)),
        (date(2028, 2, 29), date(2025, 4, 1)),
    ],
)
async def test_the_window_begins_on_1_april_two_financial_years_before(
    check: Check, answers: Answers, day: date, start: date
) -> None:
    assert window_start(day, 4, 2) == start
    verdict = await check("mfa", answers("mfa", new_given_on=day.isoformat()))
    assert verdict.facts[1].value == start
    today = await check("mfa", answers("mfa"), today=day)
    assert (today.facts[0].value, today.facts[1].value) == (day, start)


@pytest.mark.parametrize(
    ("given_on", "used"),
    [
        ("2024-03-31", "0.00"),
        ("2024-04-01", "100.00"),
        ("2026-11-22", "100.00"),
        ("2027-06-01", "100.00"),
    ],
)
async def test_what_was_given_since_the_first_day_counts(
    check: Check, answers: Answers, given_on: str, used: str
) -> None:
    verdict = await check("mfa", answers("mfa", grants=[grant("100", given_on)]))
    assert {one.name: one.value for one in verdict.facts}["used"] == Decimal(used)


async def test_all_kinds_count_together(check: Check, answers: Answers) -> None:
    grants = [grant("1.01", kind=kind) for kind in ("MFA", "SPEI", "EU_DEMINIMIS_NI", "SAFA")]
    verdict = await check("mfa", answers("mfa", grants=grants))
    assert {one.name: one.value for one in verdict.facts}["used"] == Decimal("4.04")


async def test_a_new_amount_that_fits_passes_with_all_figures(
    check: Check, answers: Answers
) -> None:
    verdict = await check("mfa", answers("mfa", grants=[grant("12000"), grant("9", "2020-01-01")]))
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "BELOW_CEILING")
    assert verdict.message == {
        "en": "£12,000.00 of £315,000.00 used since 2024-04-01. £5,000.00 more fits: £303,000.00"
        " is left."
    }
    assert [(one.name, str(one.value), one.unit) for one in verdict.facts] == [
        ("new_given_on", "2026-11-22", None),
        ("window_start", "2024-04-01", None),
        ("used", "12000.00", "GBP"),
        ("new_amount", "5000.00", "GBP"),
        ("ceiling", "315000.00", "GBP"),
        ("headroom", "303000.00", "GBP"),
        ("transparency_above", "100000.00", "GBP"),
        ("transparency", "False", None),
        ("grants_counted", "1", "grants"),
        ("confirmed", "True", None),
    ]
    assert [(one.kind, one.label) for one in verdict.evidence] == [
        ("mfa_confirmation", "Confirmed: yes")
    ]


@pytest.mark.parametrize(
    ("used", "outcome", "code"),
    [
        ("309999.99", Outcome.PASSED, "BELOW_CEILING"),
        ("310000.00", Outcome.PASSED, "BELOW_CEILING"),
        ("310000.01", Outcome.FAILED, "CEILING_EXCEEDED"),
    ],
)
async def test_used_and_new_stay_within_315_000_pounds(
    check: Check, answers: Answers, used: str, outcome: Outcome, code: str
) -> None:
    verdict = await check("mfa", answers("mfa", grants=[grant(used)]))
    assert (verdict.outcome, verdict.code) == (outcome, code)


async def test_an_amount_that_does_not_fit_is_told_with_what_is_left(
    check: Check, answers: Answers
) -> None:
    verdict = await check("mfa", answers("mfa", grants=[grant("312000")]))
    assert verdict.message == {
        "en": "£312,000.00 of £315,000.00 used since 2024-04-01. £5,000.00 more does not fit:"
        " £3,000.00 is left."
    }
    over = await check("mfa", answers("mfa", grants=[grant("999999999999.99")] * 200))
    assert over.code == "CEILING_EXCEEDED"
    assert "£0.00 is left." in over.message["en"]


@pytest.mark.parametrize(
    ("new", "outcome", "code"),
    [
        ("99999.99", Outcome.PASSED, "BELOW_CEILING"),
        ("100000.00", Outcome.PASSED, "BELOW_CEILING"),
        ("100000.01", Outcome.WARNING, "TRANSPARENCY"),
        ("315000.00", Outcome.WARNING, "TRANSPARENCY"),
        ("315000.01", Outcome.FAILED, "CEILING_EXCEEDED"),
    ],
)
async def test_above_100_000_pounds_the_authority_publishes(
    check: Check, answers: Answers, new: str, outcome: Outcome, code: str
) -> None:
    verdict = await check("mfa", answers("mfa", new_amount=gbp(new)))
    assert (verdict.outcome, verdict.code) == (outcome, code)
    flag = {one.name: one.value for one in verdict.facts}["transparency"]
    assert flag is (Decimal(new) > 100000)


async def test_without_new_money_the_step_falls_away_and_tells_the_position(
    check: Check, answers: Answers
) -> None:
    verdict = await check(
        "mfa", answers("mfa", grants=[grant("400000")], new_amount=gbp("0"), confirmed=False)
    )
    assert (verdict.outcome, verdict.code) == (Outcome.NOT_APPLICABLE, "NO_UK_MONEY")
    assert verdict.message == {
        "en": "No public money of the United Kingdom is to be given for this stay."
        " £400,000.00 of £315,000.00 used since 2024-04-01."
    }
    assert {one.name: one.value for one in verdict.facts}["headroom"] == 0


async def test_the_confirmation_of_the_start_up_is_asked_for(
    check: Check, answers: Answers
) -> None:
    verdict = await check("mfa", answers("mfa", confirmed=False))
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "CONFIRMATION_MISSING")
    assert verdict.evidence[0].label == "Confirmed: no"


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"new_amount": {"amount": "1", "currency": "EUR"}}, "new_amount"),
        (
            {
                "grants": [
                    grant("1"),
                    grant("1") | {"amount": {"amount": "1", "currency": "EUR"}},
                ]
            },
            "grants[2].amount",
        ),
    ],
)
async def test_amounts_are_in_pounds(
    check: Check, answers: Answers, changes: dict[str, Any], path: str
) -> None:
    verdict = await check("mfa", answers("mfa", **changes))
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "CURRENCY_NOT_GBP")
    assert verdict.message == {"en": f"The rule is in GBP, but {path} is in EUR. Give it in GBP."}

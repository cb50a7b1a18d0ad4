from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from softlanding import Outcome, Severity, StaySnapshot, Verdict
from softlanding.testing.checks import a_stay
from softlanding_imt_starter.sme_health.difficulty import exempt_until, full_years, losses

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]


def eur(amount: str | int) -> dict[str, str]:
    return {"amount": str(amount), "currency": "EUR"}


def period(ends_on: str, headcount: str) -> dict[str, Any]:
    return {
        "ends_on": ends_on,
        "figures": {"headcount": headcount, "turnover": eur(1), "balance": eur(1)},
    }


def founded(day: date | None) -> StaySnapshot:
    stay = a_stay()
    return replace(stay, startup=replace(stay.startup, founded_on=day))


def fact(verdict: Verdict, name: str) -> object:
    return {one.name: one.value for one in verdict.facts}[name]


@pytest.mark.parametrize(
    ("net_loss", "above"), [("9999.99", False), ("10000", False), ("10000.01", True)]
)
def test_half_of_the_capital_may_be_lost_not_more(net_loss: str, above: bool) -> None:
    found = losses(
        share_capital=Decimal(5000),
        share_premium=Decimal(15000),
        reserves=Decimal(700),
        accumulated_losses=Decimal(net_loss) + 700,
    )
    assert found.are_above(Decimal(50)) is above


def test_reserves_above_the_losses_leave_no_loss() -> None:
    found = losses(
        share_capital=Decimal(0),
        share_premium=Decimal(0),
        reserves=Decimal(10),
        accumulated_losses=Decimal(9),
    )
    assert (found.net, found.share) == (Decimal(0), None)
    assert not found.are_above(Decimal(50))


def test_any_loss_is_too_much_without_capital() -> None:
    found = losses(
        share_capital=Decimal(0),
        share_premium=Decimal(0),
        reserves=Decimal(0),
        accumulated_losses=Decimal("0.01"),
    )
    assert found.are_above(Decimal(50)) is True


def test_ages_are_full_years() -> None:
    assert full_years(date(2024, 3, 1), date(2027, 2, 28)) == 2
    assert full_years(date(2024, 3, 1), date(2027, 3, 1)) == 3
    assert exempt_until(date(2024, 3, 1), 36) == date(2027, 3, 1)


async def test_a_healthy_sme_passes(check: Check, answers: Answers) -> None:
    verdict = await check("sme_health", answers("sme_health"))
    assert (verdict.outcome, verdict.code, verdict.severity) == (
        Outcome.PASSED,
        "HEALTHY_SME",
        None,
    )
    assert [(one.name, str(one.value), one.unit) for one in verdict.facts] == [
        ("sme_class", "MICRO", None),
        ("group_headcount", "5", "annual work units"),
        ("group_turnover", "100000.00", "EUR"),
        ("group_balance", "100000.00", "EUR"),
        ("net_losses", "0.00", "EUR"),
        ("subscribed_capital", "20000.00", "EUR"),
        ("loss_share", "0.00", "percent"),
        ("loss_limit", "50.00", "percent"),
        ("age", "4", "years"),
        ("exempt_months", "36", "months"),
        ("exempt_until", "2025-05-02", None),
        ("headcount_below", "10", "annual work units"),
        ("turnover_up_to", "2000000.00", "EUR"),
        ("balance_up_to", "2000000.00", "EUR"),
        ("partner_from", "25.00", "percent"),
        ("linked_above", "50.00", "percent"),
    ]
    assert [one.kind for one in verdict.evidence] == ["accounts", "calculation"]


@pytest.mark.parametrize(
    ("lost", "outcome", "code"),
    [
        ("9999.99", Outcome.PASSED, "HEALTHY_SME"),
        ("10000", Outcome.PASSED, "HEALTHY_SME"),
        ("10000.01", Outcome.FAILED, "IN_DIFFICULTY"),
    ],
)
async def test_losses_of_an_older_company_meet_half_of_20000(
    check: Check, answers: Answers, lost: str, outcome: Outcome, code: str
) -> None:
    verdict = await check("sme_health", answers("sme_health", accumulated_losses=eur(lost)))
    assert (verdict.outcome, verdict.code) == (outcome, code)


async def test_the_failure_tells_losses_share_limit_and_age(check: Check, answers: Answers) -> None:
    verdict = await check("sme_health", answers("sme_health", accumulated_losses=eur(12345)))
    assert verdict.message["en"] == (
        "Losses are €12,345.00 = 61.72 % of subscribed capital; limit 50 % (company is 4 years"
        " old, exemption ends at 3)."
    )
    assert verdict.message["fr"] == (
        "Les pertes sont de 12\u202f345,00\xa0€ = 61,72 % du capital souscrit ; limite 50 %"
        " (l'entreprise a 4 ans, l'exemption finit à 3)."
    )


async def test_losses_without_capital_fail(check: Check, answers: Answers) -> None:
    given = answers("sme_health", share_capital=eur(0), accumulated_losses=eur(1))
    verdict = await check("sme_health", given)
    assert verdict.code == "IN_DIFFICULTY"
    assert verdict.message["en"].startswith("Losses are €1.00 without subscribed capital")


@pytest.mark.parametrize(
    ("day", "outcome", "code"),
    [
        ("2024-03-01", Outcome.FAILED, "IN_DIFFICULTY"),
        ("2024-03-02", Outcome.WARNING, "LOSSES_OF_A_YOUNG_SME"),
    ],
)
async def test_an_sme_below_three_years_on_arrival_is_exempt(
    check: Check, answers: Answers, day: str, outcome: Outcome, code: str
) -> None:
    given = answers("sme_health", founded_on=day, accumulated_losses=eur(20000))
    verdict = await check("sme_health", given, stay=founded(None))
    assert (verdict.outcome, verdict.code) == (outcome, code)


async def test_the_earlier_day_of_foundation_counts(check: Check, answers: Answers) -> None:
    given = answers("sme_health", founded_on="2026-01-01", accumulated_losses=eur(20000))
    assert (await check("sme_health", given, stay=founded(date(2022, 5, 2)))).code == (
        "IN_DIFFICULTY"
    )
    assert (await check("sme_health", given, stay=founded(date(2026, 2, 1)))).code == (
        "LOSSES_OF_A_YOUNG_SME"
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"insolvency": True}, "INSOLVENCY"), ({"rescue_aid": True}, "RESCUE_AID")],
)
async def test_insolvency_and_rescue_aid_fail_at_any_age(
    check: Check, answers: Answers, changes: dict[str, bool], code: str
) -> None:
    given = answers("sme_health", founded_on="2026-01-01", **changes)
    verdict = await check("sme_health", given, stay=founded(None))
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, code)


@pytest.mark.parametrize(
    ("counted", "lost", "severity"),
    [(True, 0, Severity.BLOCK), (True, 20000, Severity.BLOCK), (False, 20000, None)],
)
async def test_only_a_stay_counted_under_the_block_exemption_is_held_up(
    check: Check, answers: Answers, counted: bool, lost: int, severity: Severity | None
) -> None:
    given = answers("sme_health", counted_under_gber=counted, accumulated_losses=eur(lost))
    assert (await check("sme_health", given)).severity is severity


@pytest.mark.parametrize(("counted", "severity"), [(True, Severity.BLOCK), (False, None)])
async def test_after_2026_a_person_decides_and_the_severity_stays(
    check: Check, answers: Answers, counted: bool, severity: Severity | None
) -> None:
    given = answers("sme_health", counted_under_gber=counted)
    last = await check("sme_health", given, today=date(2026, 12, 31))
    assert last.outcome is Outcome.PASSED
    verdict = await check("sme_health", given, today=date(2027, 1, 1))
    assert (verdict.outcome, verdict.code, verdict.severity) == (
        Outcome.NEEDS_REVIEW,
        "RULE_UNKNOWN",
        severity,
    )


@pytest.mark.parametrize(
    ("headcounts", "outcome", "code", "sme_class"),
    [
        (("249", "249"), Outcome.PASSED, "HEALTHY_SME", "MEDIUM"),
        (("9", "10"), Outcome.WARNING, "SIZE_CHANGES", "MICRO"),
        (("249", "250"), Outcome.NEEDS_REVIEW, "CLASS_CHANGING", "MEDIUM"),
        (("250", "249"), Outcome.NEEDS_REVIEW, "CLASS_CHANGING", "LARGE"),
        (("250", "250"), Outcome.NEEDS_REVIEW, "LARGE_ENTERPRISE", "LARGE"),
    ],
)
async def test_a_class_changes_when_two_periods_agree(
    check: Check,
    answers: Answers,
    headcounts: tuple[str, str],
    outcome: Outcome,
    code: str,
    sme_class: str,
) -> None:
    periods = [period("2025-12-31", headcounts[1]), period("2024-12-31", headcounts[0])]
    verdict = await check("sme_health", answers("sme_health", periods=periods))
    assert (verdict.outcome, verdict.code, fact(verdict, "sme_class")) == (outcome, code, sme_class)


async def test_a_young_company_whose_class_is_open_is_not_exempt_by_itself(
    check: Check, answers: Answers
) -> None:
    given = answers(
        "sme_health",
        periods=[period("2025-12-31", "250")],
        founded_on="2026-01-01",
        accumulated_losses=eur(20000),
    )
    verdict = await check("sme_health", given, stay=founded(None))
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "LARGE_ENTERPRISE")


@pytest.mark.parametrize(
    ("owner", "outcome", "code"),
    [
        ({"type": "ENTERPRISE", "share_pct": "24.99"}, Outcome.PASSED, "HEALTHY_SME"),
        ({"type": "ENTERPRISE", "share_pct": "25"}, Outcome.NEEDS_REVIEW, "OWNER_FIGURES_MISSING"),
        ({"type": "VENTURE_CAPITAL", "share_pct": "50"}, Outcome.PASSED, "HEALTHY_SME"),
        (
            {"type": "VENTURE_CAPITAL", "share_pct": "50.01"},
            Outcome.NEEDS_REVIEW,
            "OWNER_FIGURES_MISSING",
        ),
        ({"type": "UNIVERSITY", "share_pct": "50"}, Outcome.PASSED, "HEALTHY_SME"),
        ({"type": "PUBLIC_BODY", "share_pct": "24.99"}, Outcome.PASSED, "HEALTHY_SME"),
        ({"type": "PUBLIC_BODY", "share_pct": "25"}, Outcome.NEEDS_REVIEW, "PUBLIC_OWNER"),
    ],
)
async def test_owners_whose_size_counts_must_give_it(
    check: Check, answers: Answers, owner: dict[str, str], outcome: Outcome, code: str
) -> None:
    given = answers("sme_health", owners=[{"name": "Example Holding", **owner}])
    verdict = await check("sme_health", given)
    assert (verdict.outcome, verdict.code) == (outcome, code)


@pytest.mark.parametrize(("second", "code"), [("40", "HEALTHY_SME"), ("40.01", "OWNERS_ABOVE_100")])
async def test_owners_hold_100_percent_at_most(
    check: Check, answers: Answers, second: str, code: str
) -> None:
    owners = [
        {"name": "One", "type": "PERSON", "share_pct": "60"},
        {"name": "Two", "type": "PERSON", "share_pct": second},
        {"name": "Held", "type": "HELD_ENTERPRISE", "share_pct": "10"},
    ]
    assert (await check("sme_health", answers("sme_health", owners=owners))).code == code


async def test_a_period_counts_once(check: Check, answers: Answers) -> None:
    periods = [period("2025-12-31", "1"), period("2025-12-31", "2")]
    assert (await check("sme_health", answers("sme_health", periods=periods))).code == (
        "PERIOD_GIVEN_TWICE"
    )


async def test_amounts_must_be_in_euros(check: Check, answers: Answers) -> None:
    given = answers("sme_health", reserves={"amount": "1", "currency": "GBP"})
    assert (await check("sme_health", given)).code == "CURRENCY_NOT_EUR"


async def test_who_was_large_in_two_periods_is_not_exempt_however_young(
    check: Check, answers: Answers
) -> None:
    given = answers(
        "sme_health",
        periods=[period("2025-12-31", "300"), period("2024-12-31", "300")],
        founded_on="2024-06-01",
        accumulated_losses=eur(20000),
    )
    verdict = await check("sme_health", given, stay=founded(None))
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "IN_DIFFICULTY")

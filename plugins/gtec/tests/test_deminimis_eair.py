from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest

from softlanding import Outcome, Verdict, add_working_days

Check = Callable[..., Awaitable[Verdict]]


def eur(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


def grant(amount: str, state: str = "DE", granted_on: str = "2025-06-02") -> dict[str, Any]:
    return {
        "grantor_name": "Beispielbehörde",
        "grantor_state": state,
        "amount": eur(amount),
        "granted_on": granted_on,
        "regime": "DE_MINIMIS",
    }


def aid(*grants: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A programme that pays for a stay worth 3,200 EUR, granted on 3 May 2027."""
    return {
        "programme": "Beispielprogramm",
        "declaration": {
            "grants": list(grants),
            "stay_value": {
                "desk_per_day": eur("40"),
                "days": 30,
                "mentor_hours": "20",
                "mentor_rate": eur("100"),
            },
            "granted_on": "2027-05-03",
            "declared_complete": True,
        },
        **more,
    }


async def test_without_a_programme_there_is_no_german_aid(check: Check) -> None:
    verdict = await check("deminimis_eair", {})
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.NOT_APPLICABLE,
        "NO_PROGRAMME",
        "No German public programme pays for this stay.",
    )


async def test_a_programme_asks_for_the_declaration(check: Check) -> None:
    verdict = await check("deminimis_eair", {"programme": "Beispielprogramm"})
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "DECLARATION_MISSING",
        "Beispielprogramm pays, but the declaration is missing.",
    )


@pytest.mark.parametrize(
    ("german", "outcome", "code"),
    [
        ("236799", Outcome.PASSED, "BELOW_CEILING"),
        ("296800", Outcome.WARNING, "NEAR_CEILING"),
        ("296800.01", Outcome.FAILED, "CEILING_EXCEEDED"),
    ],
)
async def test_german_aid_stays_below_the_ceiling(
    check: Check, german: str, outcome: Outcome, code: str
) -> None:
    verdict = await check("deminimis_eair", aid(grant(german)))
    assert (verdict.outcome, verdict.code) == (outcome, code)


async def test_french_aid_does_not_count_in_germany(check: Check) -> None:
    verdict = await check("deminimis_eair", aid(grant("299000", "FR")))
    facts = {fact.name: str(fact.value) for fact in verdict.facts}
    assert (verdict.code, facts["aid_used"], facts["aid_total"]) == (
        "BELOW_CEILING",
        "0.00",
        "3200.00",
    )


async def test_the_entry_is_due_after_20_working_days_of_the_whole_of_germany(
    check: Check,
) -> None:
    verdict = await check("deminimis_eair", aid())
    facts = {fact.name: fact.value for fact in verdict.facts}
    # Ascension Day on 6 May and Whit Monday on 17 May are holidays everywhere.
    assert facts["register_due_on"] == date(2027, 6, 2)
    assert [one.label for one in verdict.evidence][-1] == "Register entry due 2027-06-02"
    (record,) = verdict.records
    assert (record.data["grantor_name"], record.data["register_due_on"]) == (
        "Beispielprogramm",
        "2027-06-02",
    )


def test_the_holiday_of_berlin_alone_is_a_working_day() -> None:
    # 8 March, International Women's Day, is a holiday in Berlin but not in Germany.
    assert add_working_days(date(2027, 3, 5), 1, "DE") == date(2027, 3, 8)


@pytest.mark.parametrize(
    ("today", "registered_on", "code"),
    [
        (date(2027, 6, 2), None, "BELOW_CEILING"),
        (date(2027, 6, 3), None, "REGISTER_LATE"),
        (date(2027, 6, 3), "2027-06-02", "BELOW_CEILING"),
        (date(2027, 6, 3), "2027-06-03", "REGISTER_LATE"),
        (date(2027, 6, 3), "2027-06-04", "REGISTER_LATE"),
        (date(2027, 6, 1), "2027-06-04", "BELOW_CEILING"),
        (date(2027, 8, 1), "2027-05-03", "BELOW_CEILING"),
    ],
)
async def test_an_entry_after_its_day_is_late(
    check: Check, today: date, registered_on: str | None, code: str
) -> None:
    verdict = await check("deminimis_eair", aid(registered_on=registered_on), today=today)
    assert verdict.code == code


async def test_a_late_entry_is_told_with_the_sum(check: Check) -> None:
    verdict = await check("deminimis_eair", aid(grant("10000")), today=date(2027, 6, 3))
    assert (verdict.outcome, verdict.message["en"]) == (
        Outcome.FAILED,
        "German aid €13,200.00 of €300,000.00; register entry due 2027-06-02 is late.",
    )
    assert len(verdict.records) == 1, "the aid was granted all the same"


async def test_a_ceiling_passed_is_told_before_the_register(check: Check) -> None:
    verdict = await check("deminimis_eair", aid(grant("300000")), today=date(2027, 6, 3))
    assert verdict.code == "CEILING_EXCEEDED"
    assert verdict.records == ()


async def test_aid_at_the_largest_amounts_gets_a_verdict(check: Check) -> None:
    largest = grant("999999999999.99")
    verdict = await check("deminimis_eair", aid(*[largest] * 200))
    assert verdict.code == "CEILING_EXCEEDED"


async def test_a_grant_in_the_last_years_of_the_calendar_gets_a_verdict(check: Check) -> None:
    answers = aid(grant("1000", granted_on="2099-12-31"))
    assert (await check("deminimis_eair", answers)).outcome in set(Outcome)


async def test_a_register_entry_cannot_be_older_than_the_grant(check: Check) -> None:
    verdict = await check("deminimis_eair", aid(registered_on="2026-11-20"))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "REGISTERED_BEFORE_GRANT",
        "The register entry is dated 2026-11-20, before the grant of 2027-05-03.",
    )

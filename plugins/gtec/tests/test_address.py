from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from softlanding import Fact, Outcome, Verdict

Check = Callable[..., Awaitable[Verdict]]


def dwelling(move_in: str, move_out: str, country: str = "FR") -> dict[str, str]:
    return {"move_in": move_in, "move_out": move_out, "usual_residence": country}


async def test_a_month_asks_for_no_registration(check: Check) -> None:
    verdict = await check("address", dwelling("2027-05-03", "2027-06-01"))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.PASSED,
        "NO_REGISTRATION",
        "Whose usual residence is abroad (France) need not register for 3 months,"
        " that is to 2027-08-02.",
    )
    assert verdict.facts == (
        Fact(name="free_months", value=3, unit="months"),
        Fact(name="free_until", value=date(2027, 8, 2)),
        Fact(name="register_by", value=date(2027, 5, 17)),
    )
    assert [(one.kind, one.label) for one in verdict.evidence] == [
        ("dwelling_dates", "First and last day in the dwelling")
    ]


@pytest.mark.parametrize(
    ("move_in", "move_out", "code"),
    [
        ("2027-05-03", "2027-08-01", "NO_REGISTRATION"),
        ("2027-05-03", "2027-08-02", "NO_REGISTRATION"),
        ("2027-05-03", "2027-08-03", "REGISTER_ADDRESS"),
        ("2026-11-30", "2027-02-27", "NO_REGISTRATION"),
        ("2026-11-30", "2027-02-28", "REGISTER_ADDRESS"),
        ("2027-05-03", "2027-05-03", "NO_REGISTRATION"),
        ("2027-05-03", "2027-05-02", "DAYS_REVERSED"),
        ("1950-01-01", "2099-12-31", "REGISTER_ADDRESS"),
        ("2099-12-31", "1950-01-01", "DAYS_REVERSED"),
    ],
)
async def test_three_months_are_free_and_a_day_more_is_not(
    check: Check, move_in: str, move_out: str, code: str
) -> None:
    assert (await check("address", dwelling(move_in, move_out))).code == code


async def test_longer_than_three_months_must_be_registered_within_two_weeks(check: Check) -> None:
    verdict = await check("address", dwelling("2027-05-03", "2027-08-03"))
    assert (verdict.outcome, verdict.message["en"]) == (
        Outcome.FAILED,
        "Register at the Bürgeramt by 2027-05-17.",
    )


async def test_those_who_live_in_germany_register_whatever_the_length(check: Check) -> None:
    verdict = await check("address", dwelling("2027-05-03", "2027-05-10", "DE"))
    assert (verdict.code, verdict.message["en"]) == (
        "REGISTER_ADDRESS",
        "Register at the Bürgeramt by 2027-05-17.",
    )


async def test_days_in_reverse_are_told(check: Check) -> None:
    verdict = await check("address", dwelling("2027-05-03", "2027-05-02"))
    assert (verdict.outcome, verdict.message["en"]) == (
        Outcome.FAILED,
        "The last day 2027-05-02 is before the first 2027-05-03.",
    )

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any

import pytest

from softlanding import Evidence, Outcome, Severity, StaySnapshot, Traveller, Verdict, holiday_on
from softlanding_crosspring_lab.registration.form import Registration
from softlanding_crosspring_lab.registration.nights import limit_from

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]
Facts = Callable[[Verdict], Mapping[str, str]]
Stay = Callable[..., StaySnapshot]
KINGS_DAY = date(2027, 4, 27)


def noted(answers: Answers, **changes: Any) -> dict[str, Any]:
    """Return the answers for one traveller, with changes."""
    given = answers("registration")
    given["persons"][0] |= changes
    return given


async def test_a_month_asks_for_nothing(check: Check, answers: Answers, facts: Facts) -> None:
    given = answers("registration")
    verdict = await check("registration", given)
    assert (verdict.outcome, verdict.code, verdict.severity, verdict.message["en"]) == (
        Outcome.PASSED,
        "NO_REGISTRATION_DUTY",
        None,
        "Nobody stays for 4 months; nobody must register.",
    )
    assert facts(verdict) == {
        "nights_1": "29",
        "duty_1": "NONE",
        "resident_from": "122",
        "residence_months": "4",
        "window": "6",
        "rni_desks": "19",
    }
    assert verdict.evidence == (
        Evidence.of_answers(
            kind="registration",
            label="Nights and days of appointments as noted",
            answers=Registration.model_validate(given),
        ),
    )


@pytest.mark.parametrize(
    ("before", "planned", "outcome", "severity"),
    [
        (92, None, Outcome.PASSED, None),
        (93, None, Outcome.FAILED, Severity.BLOCK),
        (0, 121, Outcome.PASSED, None),
        (0, 122, Outcome.FAILED, Severity.BLOCK),
        (0, 123, Outcome.FAILED, Severity.BLOCK),
        (61, 60, Outcome.PASSED, None),
        (61, 61, Outcome.FAILED, Severity.BLOCK),
        (122, 0, Outcome.FAILED, Severity.BLOCK),
    ],
)
async def test_four_months_of_nights_make_a_resident(
    check: Check,
    answers: Answers,
    before: int,
    planned: int | None,
    outcome: Outcome,
    severity: Severity | None,
) -> None:
    given = noted(answers, nights_before=before, planned_nights=planned)
    verdict = await check("registration", given)
    assert (verdict.outcome, verdict.severity) == (outcome, severity)


async def test_a_resident_blocks_the_stay_until_the_appointment(
    check: Check, answers: Answers
) -> None:
    given = noted(answers, planned_nights=130)
    verdict = await check("registration", given)
    assert (verdict.outcome, verdict.code, verdict.severity, verdict.message["en"]) == (
        Outcome.FAILED,
        "RESIDENT_NOT_REGISTERED",
        Severity.BLOCK,
        "130 nights of Example Founder exceed 4 months: register as resident.",
    )
    set_ = await check(
        "registration", noted(answers, planned_nights=130, appointment_on="2027-04-14")
    )
    assert (set_.outcome, set_.code, set_.severity, set_.message["en"]) == (
        Outcome.PASSED,
        "RESIDENT_APPOINTMENT_SET",
        None,
        "To be registered as resident in Voorbeeldstad: Example Founder.",
    )


async def test_a_bsn_without_residence_takes_an_appointment_at_a_desk(
    check: Check, answers: Answers
) -> None:
    verdict = await check("registration", noted(answers, needs_bsn=True))
    assert (verdict.outcome, verdict.code, verdict.severity, verdict.message["en"]) == (
        Outcome.WARNING,
        "RNI_APPOINTMENT_MISSING",
        None,
        "Example Founder needs a BSN: book an appointment at one of the 19 RNI desks.",
    )


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2027-04-11", "APPOINTMENT_OUTSIDE_STAY"),
        ("2027-04-12", "NO_REGISTRATION_DUTY"),
        ("2027-04-24", "APPOINTMENT_ON_FREE_DAY"),
        ("2027-04-26", "NO_REGISTRATION_DUTY"),
        ("2027-04-27", "APPOINTMENT_ON_FREE_DAY"),
        ("2027-05-11", "NO_REGISTRATION_DUTY"),
        ("2027-05-12", "APPOINTMENT_OUTSIDE_STAY"),
    ],
)
async def test_an_appointment_is_on_a_working_day_of_the_stay(
    check: Check, answers: Answers, day: str, code: str
) -> None:
    given = noted(answers, needs_bsn=True, appointment_on=day)
    assert (await check("registration", given)).code == code


async def test_kings_day_is_no_day_for_an_appointment(check: Check, answers: Answers) -> None:
    given = noted(answers, needs_bsn=True, appointment_on="2027-04-27")
    verdict = await check("registration", given)
    assert (verdict.outcome, verdict.message["en"]) == (
        Outcome.WARNING,
        f"The appointment of Example Founder is on 2027-04-27: {holiday_on(KINGS_DAY, 'NL')}.",
    )


async def test_a_traveller_who_is_not_noted_is_named(
    check: Check, answers: Answers, dutch_stay: Stay
) -> None:
    two = tuple(Traveller(name=name, nationalities=("LT",)) for name in ("EXAMPLE FOUNDER", "Bo"))
    verdict = await check("registration", answers("registration"), stay=dutch_stay(travellers=two))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.WARNING,
        "TRAVELLER_MISSING",
        "The nights of Bo are not noted.",
    )


@pytest.mark.parametrize(
    ("arrival", "limit"),
    [
        (date(2027, 4, 12), 122),
        (date(2027, 11, 1), 121),
        (date(2027, 1, 1), 120),
        (date(2027, 10, 31), 121),
        (date(2028, 1, 1), 121),
    ],
)
def test_the_nights_of_four_months_depend_on_the_months(arrival: date, limit: int) -> None:
    assert limit_from(arrival, 4) == limit

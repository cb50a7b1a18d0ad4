from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from softlanding import Outcome, StaySnapshot, Verdict
from softlanding.testing.checks import a_stay

Check = Callable[..., Awaitable[Verdict]]


def between(home: str, host: str) -> StaySnapshot:
    stay = a_stay()
    return replace(
        stay,
        startup=replace(stay.startup, country=home),
        home=replace(stay.home, country=home),
        host=replace(stay.host, country=host),
    )


def ehic(**changes: Any) -> dict[str, Any]:
    return {"name": "Example Founder", "kind": "EHIC", "valid_to": "2028-12-31", **changes}


def ghic(**changes: Any) -> dict[str, Any]:
    return ehic(kind="GHIC", **changes)


def private(**changes: Any) -> dict[str, Any]:
    days = {"valid_from": "2027-03-01", "valid_to": "2027-03-30"}
    insured = {"sum_insured": {"amount": "30000"}}
    return {"name": "Example Founder", "kind": "PRIVATE", **days, **insured, **changes}


def given(*covers: dict[str, Any]) -> dict[str, Any]:
    return {"covers": list(covers)}


async def test_a_european_card_covers_the_stay(check: Check) -> None:
    verdict = await check("health_cover", given(ehic()))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.PASSED,
        "ALL_COVERED",
        "Every traveller is covered from 2027-03-01 to 2027-03-30.",
    )
    assert [(fact.name, fact.value, fact.unit) for fact in verdict.facts] == [
        ("travellers", 1, "persons"),
        ("host_country", "FR", None),
        ("ehic", 1, "covers"),
        ("ghic", 0, "covers"),
        ("private", 0, "covers"),
    ]
    assert [one.kind for one in verdict.evidence] == ["health_cover"]


@pytest.mark.parametrize(
    ("issuer", "host", "code"),
    [
        ("LT", "FR", "ALL_COVERED"),
        ("NO", "FR", "ALL_COVERED"),
        ("LT", "CH", "ALL_COVERED"),
        ("LT", "GB", "ALL_COVERED"),
        ("NO", "GB", "EHIC_UNCERTAIN"),
        ("CH", "GB", "EHIC_UNCERTAIN"),
        ("GB", "FR", "EHIC_NOT_VALID"),
        ("LT", "US", "EHIC_NOT_VALID"),
        ("US", "FR", "EHIC_NOT_VALID"),
    ],
)
async def test_where_a_european_card_is_taken(
    check: Check, issuer: str, host: str, code: str
) -> None:
    answers = given(ehic(issued_by=issuer))
    assert (await check("health_cover", answers, stay=between("LT", host))).code == code
    # Without an issuer it is the start-up's country.
    assert (await check("health_cover", given(ehic()), stay=between(issuer, host))).code == code


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("FR", "ALL_COVERED"),
        ("LT", "ALL_COVERED"),
        ("NO", "GHIC_NOT_VALID"),
        ("IS", "GHIC_NOT_VALID"),
        ("LI", "GHIC_NOT_VALID"),
        ("CH", "GHIC_NOT_VALID"),
        ("US", "GHIC_NOT_VALID"),
    ],
)
async def test_a_british_card_has_gaps(check: Check, host: str, code: str) -> None:
    verdict = await check("health_cover", given(ghic()), stay=between("GB", host))
    assert verdict.code == code


async def test_the_failure_of_a_gap_names_the_country(check: Check) -> None:
    verdict = await check("health_cover", given(ghic()), stay=between("GB", "NO"))
    assert verdict.message == {
        "en": "A GHIC is not valid in Norway; Example Founder needs another cover.",
        "fr": "La GHIC n'est pas valable dans ce pays (Norvège) ; il faut à Example Founder une"
        " autre couverture.",
    }


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"valid_to": "2027-03-29"}, "CARD_ENDS_EARLY"),
        ({"valid_to": "2027-03-30"}, "ALL_COVERED"),
        ({"valid_from": "2027-03-01"}, "ALL_COVERED"),
        ({"valid_from": "2027-03-02"}, "CARD_STARTS_LATE"),
    ],
)
async def test_a_card_is_valid_on_all_days(
    check: Check, changes: dict[str, str], code: str
) -> None:
    assert (await check("health_cover", given(ehic(**changes)))).code == code


@pytest.mark.parametrize(
    ("applied", "today", "outcome", "code"),
    [
        (None, "2027-02-20", Outcome.FAILED, "CARD_NOT_APPLIED"),
        ("2027-02-21", "2027-02-20", Outcome.FAILED, "CARD_NOT_APPLIED"),
        ("2027-02-14", "2027-02-20", Outcome.WARNING, "CARD_AWAITED"),
        ("2027-02-15", "2027-02-20", Outcome.WARNING, "CARD_AWAITED"),
        ("2027-02-16", "2027-02-20", Outcome.FAILED, "GHIC_APPLIED_LATE"),
    ],
)
async def test_a_british_card_is_applied_for_two_weeks_ahead(
    check: Check, applied: str | None, today: str, outcome: Outcome, code: str
) -> None:
    answers = given(ghic(valid_to=None, applied_on=applied))
    stay = between("GB", "FR")
    verdict = await check("health_cover", answers, stay=stay, today=date.fromisoformat(today))
    assert (verdict.outcome, verdict.code) == (outcome, code)


async def test_a_late_application_is_told_with_its_days(check: Check) -> None:
    answers = given(ghic(valid_to=None, applied_on="2027-02-16"))
    verdict = await check(
        "health_cover", answers, stay=between("GB", "FR"), today=date(2027, 2, 20)
    )
    assert verdict.message["en"] == (
        "Example Founder applied for a GHIC on 2027-02-16, less than 14 days before the arrival"
        " 2027-03-01."
    )


async def test_a_european_card_may_be_awaited_whenever_it_was_applied_for(check: Check) -> None:
    answers = given(ehic(valid_to=None, applied_on="2027-02-28"))
    verdict = await check("health_cover", answers, today=date(2027, 2, 28))
    assert (verdict.outcome, verdict.message["fr"]) == (
        Outcome.WARNING,
        "Example Founder a demandé la carte CEAM le 2027-02-28 ; il faut l'avoir à l'arrivée le"
        " 2027-03-01.",
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "ALL_COVERED"),
        ({"valid_from": "2027-02-28", "valid_to": "2027-03-31"}, "ALL_COVERED"),
        ({"valid_from": "2027-03-02"}, "INSURANCE_STARTS_LATE"),
        ({"valid_to": "2027-03-29"}, "INSURANCE_ENDS_EARLY"),
        ({"valid_from": None}, "INSURANCE_NOT_CONCLUDED"),
        ({"valid_to": None}, "INSURANCE_NOT_CONCLUDED"),
        ({"sum_insured": None}, "SUM_MISSING"),
        ({"sum_insured": {"amount": "0"}}, "SUM_MISSING"),
        ({"sum_insured": {"amount": "0.01"}}, "ALL_COVERED"),
    ],
)
async def test_an_insurance_covers_all_days_with_a_sum(
    check: Check, changes: dict[str, Any], code: str
) -> None:
    assert (await check("health_cover", given(private(**changes)))).code == code


async def test_the_failure_names_both_days(check: Check) -> None:
    verdict = await check("health_cover", given(private(valid_to="2027-03-15")))
    assert (verdict.outcome, verdict.message["en"]) == (
        Outcome.FAILED,
        "The insurance of Example Founder ends 2027-03-15 before departure 2027-03-30.",
    )


async def test_the_least_sum_for_a_visa_has_not_been_verified(check: Check) -> None:
    verdict = await check("health_cover", given(private(for_visa=True)))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.NEEDS_REVIEW,
        "VISA_MINIMUM_UNKNOWN",
        "A person must decide: the insurance of Example Founder is for €30,000.00; the least that"
        " a visa needs has not been verified.",
    )


@pytest.mark.parametrize(
    ("amount", "currency", "code"),
    [
        ("29999.99", "EUR", "SUM_TOO_SMALL"),
        ("30000", "EUR", "ALL_COVERED"),
        ("30000.01", "EUR", "ALL_COVERED"),
        ("90000", "USD", "SUM_IN_OTHER_CURRENCY"),
    ],
)
async def test_a_visa_asks_for_a_least_sum_once_it_is_known(
    check: Check, amount: str, currency: str, code: str
) -> None:
    insured = private(for_visa=True, sum_insured={"amount": amount, "currency": currency})
    figures = {"visa_minimum": "30000"}
    assert (await check("health_cover", given(insured), figures=figures)).code == code


async def test_one_cover_that_holds_is_enough(check: Check) -> None:
    answers = given(ehic(issued_by="US"), private())
    assert (await check("health_cover", answers)).code == "ALL_COVERED"
    # The better of two covers that do not hold is the one told.
    answers = given(ehic(issued_by="US"), ehic(valid_to=None, applied_on="2026-11-20"))
    assert (await check("health_cover", answers)).code == "CARD_AWAITED"


async def test_every_traveller_is_covered(check: Check, two_travel: StaySnapshot) -> None:
    verdict = await check("health_cover", given(ehic()), stay=two_travel)
    assert (verdict.code, verdict.message["en"]) == (
        "TRAVELLER_MISSING",
        "Nothing is noted for: Zoë Example.",
    )
    both = given(ehic(), ehic(name="Zoë Example", valid_to="2027-03-01"))
    assert (await check("health_cover", both, stay=two_travel)).code == "CARD_ENDS_EARLY"

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from softlanding import Outcome, StaySnapshot, Traveller, Verdict
from softlanding_f6s_network.border.entry import (
    apply_by,
    decided_by,
    eta_valid_to,
    last_day_of_visit,
)

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]


def traveller(*nationalities: str, name: str = "Paul Demo", **changes: Any) -> dict[str, Any]:
    return {
        "name": name,
        "nationalities": list(nationalities or ("FR",)),
        "eta_granted_on": "2026-11-12",
        "passport_expiry": "2031-05-20",
        **changes,
    }


def without_eta(*nationalities: str, **changes: Any) -> dict[str, Any]:
    return {"name": "Paul Demo", "nationalities": list(nationalities or ("FR",)), **changes}


def with_travellers(stay: StaySnapshot, *travellers: dict[str, Any]) -> StaySnapshot:
    return replace(
        stay,
        travellers=tuple(
            Traveller(name=one["name"], nationalities=tuple(one["nationalities"]))
            for one in travellers
        ),
    )


async def test_an_eta_in_hand_passes_with_all_figures(check: Check, answers: Answers) -> None:
    verdict = await check("border", answers("border"))
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "ETA_VALID")
    assert verdict.message == {"en": "ETA of Paul Demo is valid to 2028-11-12."}
    assert [
        (one.name, None if one.value is None else str(one.value), one.unit) for one in verdict.facts
    ] == [
        ("travellers", "1", "persons"),
        ("without_need", "0", "persons"),
        ("authorised", "1", "persons"),
        ("undecided", "0", "persons"),
        ("refused", "0", "persons"),
        ("eta_valid_years", "2", "years"),
        ("eta_valid_to", "2028-11-12", None),
        ("application_working_days", "3", "working days"),
        ("apply_by", "2027-01-27", None),
        ("visit_months", "6", "months"),
        ("last_day_of_visit", "2027-07-31", None),
        ("eta_fee", "16", "GBP"),
        ("arrival", "2027-02-01", None),
        ("departure", "2027-02-28", None),
    ]
    (evidence,) = verdict.evidence
    assert (evidence.kind, evidence.label) == (
        "travel_authorisations",
        "In hand: yes, valid to 2028-11-12",
    )


@pytest.mark.parametrize(
    ("nationalities", "outcome", "code"),
    [
        (("GB",), Outcome.NOT_APPLICABLE, "NO_AUTHORISATION_NEEDED"),
        (("IE",), Outcome.NOT_APPLICABLE, "NO_AUTHORISATION_NEEDED"),
        (("FR", "GB"), Outcome.NOT_APPLICABLE, "NO_AUTHORISATION_NEEDED"),
        (("IN", "IE"), Outcome.NOT_APPLICABLE, "NO_AUTHORISATION_NEEDED"),
        (("FR",), Outcome.FAILED, "ETA_MISSING"),
        (("GR",), Outcome.FAILED, "ETA_MISSING"),
        (("NO",), Outcome.FAILED, "ETA_MISSING"),
        (("CH",), Outcome.FAILED, "ETA_MISSING"),
        (("IN", "FR"), Outcome.FAILED, "ETA_MISSING"),
        (("IN",), Outcome.NEEDS_REVIEW, "VISA_UNVERIFIED"),
        (("US",), Outcome.NEEDS_REVIEW, "VISA_UNVERIFIED"),
        (("IN", "US"), Outcome.NEEDS_REVIEW, "VISA_UNVERIFIED"),
    ],
)
async def test_the_best_of_several_nationalities_decides(
    check: Check,
    stay: StaySnapshot,
    nationalities: tuple[str, ...],
    outcome: Outcome,
    code: str,
) -> None:
    one = without_eta(*nationalities)
    verdict = await check("border", {"travellers": [one]}, stay=with_travellers(stay, one))
    assert (verdict.outcome, verdict.code) == (outcome, code)


@pytest.mark.parametrize("status", ["SETTLED", "PRE_SETTLED", "OTHER_PERMISSION"])
async def test_a_status_in_the_uk_needs_no_authorisation(check: Check, status: str) -> None:
    verdict = await check("border", {"travellers": [without_eta(uk_status=status)]})
    assert verdict.outcome is Outcome.NOT_APPLICABLE
    assert verdict.message == {"en": "Paul Demo needs no travel authorisation."}
    assert verdict.evidence[0].label == "In hand: no, valid to no day"


@pytest.mark.parametrize(
    ("granted", "passport", "outcome", "code", "message"),
    [
        # Two years run out the day before the arrival, on it, before the departure, on it.
        (
            "2025-01-31",
            "2031-05-20",
            Outcome.FAILED,
            "ETA_ENDS_BEFORE_ARRIVAL",
            "ETA of Paul Demo ends 2027-01-31, before your arrival.",
        ),
        (
            "2025-02-01",
            "2031-05-20",
            Outcome.FAILED,
            "ETA_ENDS_BEFORE_DEPARTURE",
            "ETA of Paul Demo ends 2027-02-01, before your departure.",
        ),
        (
            "2025-02-27",
            "2031-05-20",
            Outcome.FAILED,
            "ETA_ENDS_BEFORE_DEPARTURE",
            "ETA of Paul Demo ends 2027-02-27, before your departure.",
        ),
        (
            "2025-02-28",
            "2031-05-20",
            Outcome.PASSED,
            "ETA_VALID",
            "ETA of Paul Demo is valid to 2027-02-28.",
        ),
        (
            "2025-03-01",
            "2031-05-20",
            Outcome.PASSED,
            "ETA_VALID",
            "ETA of Paul Demo is valid to 2027-03-01.",
        ),
        # The passport ends first.
        (
            "2026-11-12",
            "2027-01-31",
            Outcome.FAILED,
            "ETA_ENDS_BEFORE_ARRIVAL",
            "ETA of Paul Demo ends 2027-01-31, before your arrival.",
        ),
        (
            "2026-11-12",
            "2027-02-27",
            Outcome.FAILED,
            "ETA_ENDS_BEFORE_DEPARTURE",
            "ETA of Paul Demo ends 2027-02-27, before your departure.",
        ),
        (
            "2026-11-12",
            "2027-02-28",
            Outcome.PASSED,
            "ETA_VALID",
            "ETA of Paul Demo is valid to 2027-02-28.",
        ),
        # Granted today, and tomorrow.
        (
            "2026-11-22",
            "2031-05-20",
            Outcome.PASSED,
            "ETA_VALID",
            "ETA of Paul Demo is valid to 2028-11-22.",
        ),
        (
            "2026-11-23",
            "2031-05-20",
            Outcome.FAILED,
            "ETA_DATE_IN_FUTURE",
            "The ETA of Paul Demo is dated 2026-11-23; today is 2026-11-22.",
        ),
        (
            "2026-11-12",
            None,
            Outcome.FAILED,
            "PASSPORT_EXPIRY_MISSING",
            "Give the last day of the passport of Paul Demo.",
        ),
    ],
)
async def test_an_eta_lasts_two_years_or_as_long_as_the_passport(
    check: Check, granted: str, passport: str | None, outcome: Outcome, code: str, message: str
) -> None:
    one = traveller(eta_granted_on=granted, passport_expiry=passport)
    verdict = await check("border", {"travellers": [one]})
    assert (verdict.outcome, verdict.code, verdict.message) == (outcome, code, {"en": message})


@pytest.mark.parametrize(
    ("granted", "passport", "valid_to"),
    [
        (date(2024, 2, 29), date(2031, 1, 1), date(2026, 2, 28)),
        (date(2026, 11, 12), date(2028, 11, 11), date(2028, 11, 11)),
        (date(2026, 11, 12), date(2028, 11, 12), date(2028, 11, 12)),
        (date(2026, 11, 12), date(2028, 11, 13), date(2028, 11, 12)),
    ],
)
def test_the_earlier_end_counts(granted: date, passport: date, valid_to: date) -> None:
    assert eta_valid_to(granted, passport, 2) == valid_to


@pytest.mark.parametrize(
    ("today", "applied", "outcome", "code"),
    [
        ("2027-01-26", "2027-01-26", Outcome.NEEDS_REVIEW, "ETA_PENDING"),
        ("2027-01-27", "2027-01-27", Outcome.NEEDS_REVIEW, "ETA_PENDING"),
        ("2027-01-28", "2027-01-28", Outcome.FAILED, "ETA_APPLIED_LATE"),
        ("2027-01-26", "2027-01-27", Outcome.FAILED, "ETA_DATE_IN_FUTURE"),
        ("2027-01-26", None, Outcome.FAILED, "ETA_MISSING"),
    ],
)
async def test_one_applies_three_working_days_before_arrival(
    check: Check, today: str, applied: str | None, outcome: Outcome, code: str
) -> None:
    one = without_eta(eta_applied_on=applied)
    verdict = await check("border", {"travellers": [one]}, today=date.fromisoformat(today))
    assert (verdict.outcome, verdict.code) == (outcome, code)


async def test_the_sentences_of_an_application_tell_the_last_day(check: Check) -> None:
    async def said(today: date, applied: str | None) -> str:
        one = without_eta(eta_applied_on=applied)
        return (await check("border", {"travellers": [one]}, today=today)).message["en"]

    assert await said(date(2026, 11, 22), None) == (
        "Paul Demo has no ETA; it must be applied for by 2027-01-27, 3 working days before arrival."
    )
    assert await said(date(2027, 1, 28), "2027-01-28") == (
        "The ETA of Paul Demo was applied for on 2027-01-28; the last day was 2027-01-27, 3"
        " working days before arrival."
    )
    assert await said(date(2027, 1, 27), "2027-01-27") == (
        "The ETA of Paul Demo was applied for on 2027-01-27 and is not granted yet; expect an"
        " answer by 2027-02-01."
    )


@pytest.mark.parametrize(
    ("arrival", "last"),
    [
        (date(2027, 2, 1), date(2027, 1, 27)),
        (date(2027, 2, 4), date(2027, 2, 1)),
        # A Sunday: what is decided on Monday comes too late.
        (date(2027, 1, 31), date(2027, 1, 26)),
        # Good Friday 2027-03-26 and Easter Monday 2027-03-29 lie between.
        (date(2027, 3, 30), date(2027, 3, 23)),
        # Christmas, Boxing Day and New Year's Day, two of them observed later.
        (date(2027, 1, 4), date(2026, 12, 29)),
    ],
)
def test_holidays_of_england_are_no_working_days(arrival: date, last: date) -> None:
    assert apply_by(arrival, 3) == last
    assert decided_by(last, 3) <= arrival


def test_an_application_without_working_days_is_decided_at_once() -> None:
    assert apply_by(date(2027, 1, 31), 0) == date(2027, 1, 31)


async def test_an_eta_cannot_be_granted_before_it_is_applied_for(check: Check) -> None:
    one = traveller(eta_applied_on="2026-11-13", eta_granted_on="2026-11-12")
    verdict = await check("border", {"travellers": [one]})
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "ETA_DATES_CONTRADICT")
    assert verdict.message == {
        "en": "The ETA of Paul Demo cannot be granted 2026-11-12, before it was applied for on"
        " 2026-11-13."
    }


async def test_an_eta_in_hand_is_good_however_late_it_was_applied_for(check: Check) -> None:
    one = traveller(eta_applied_on="2027-01-29", eta_granted_on="2027-01-29")
    verdict = await check("border", {"travellers": [one]}, today=date(2027, 1, 30))
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "ETA_VALID")


@pytest.mark.parametrize(
    ("departure", "outcome"),
    [
        (date(2027, 7, 30), Outcome.PASSED),
        (date(2027, 7, 31), Outcome.PASSED),
        (date(2027, 8, 1), Outcome.FAILED),
    ],
)
async def test_a_visit_lasts_six_months_at_most(
    check: Check, stay: StaySnapshot, departure: date, outcome: Outcome
) -> None:
    verdict = await check(
        "border", {"travellers": [traveller()]}, stay=replace(stay, departure=departure)
    )
    assert verdict.outcome is outcome
    if outcome is Outcome.FAILED:
        assert (verdict.code, verdict.message["en"]) == (
            "VISIT_TOO_LONG",
            "A visit that begins 2027-02-01 ends 2027-07-31 at the latest; Paul Demo leaves"
            " 2027-08-01.",
        )


def test_six_months_from_the_end_of_august_end_in_february() -> None:
    assert last_day_of_visit(date(2027, 8, 31), 6) == date(2028, 2, 28)


async def test_british_travellers_may_stay_longer(check: Check, stay: StaySnapshot) -> None:
    one = without_eta("GB")
    long = replace(with_travellers(stay, one), departure=date(2027, 12, 31))
    verdict = await check("border", {"travellers": [one]}, stay=long)
    assert verdict.outcome is Outcome.NOT_APPLICABLE


async def test_the_stay_stands_as_its_worst_traveller(check: Check, stay: StaySnapshot) -> None:
    british = without_eta("GB", name="Gwen Demo")
    french = traveller("FR")
    indian = without_eta("IN", name="Indra Demo")
    lithuanian = without_eta("LT", name="Lina Demo")
    late = traveller("DE", name="Dora Demo", passport_expiry="2027-01-15")

    async def judged(*travellers: dict[str, Any]) -> Verdict:
        return await check(
            "border",
            {"travellers": list(travellers)},
            stay=with_travellers(stay, *travellers),
        )

    assert (await judged(british, french)).code == "ETA_VALID"
    review = await judged(british, french, indian)
    assert (review.outcome, review.code) == (Outcome.NEEDS_REVIEW, "VISA_UNVERIFIED")
    failed = await judged(british, french, indian, lithuanian, late)
    assert (failed.outcome, failed.code) == (Outcome.FAILED, "ETA_MISSING")
    assert failed.message == {
        "en": "Lina Demo has no ETA; it must be applied for by 2027-01-27, 3 working days before"
        " arrival. ETA of Dora Demo ends 2027-01-15, before your arrival."
    }
    counts = {one.name: one.value for one in failed.facts[:5]}
    assert counts == {
        "travellers": 5,
        "without_need": 1,
        "authorised": 1,
        "undecided": 1,
        "refused": 2,
    }
    assert "Demo" not in str((failed.facts, failed.evidence))


async def test_every_traveller_of_the_stay_is_named(check: Check, stay: StaySnapshot) -> None:
    both = with_travellers(stay, traveller(), traveller(name="Ada Demo"))
    verdict = await check("border", {"travellers": [traveller()]}, stay=both)
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "TRAVELLER_MISSING")
    assert verdict.message["en"] == "Nothing is noted for: Ada Demo."


async def test_who_does_not_travel_is_not_judged(check: Check) -> None:
    left = traveller(name="Left The Team", eta_granted_on="2020-01-01")
    verdict = await check("border", {"travellers": [traveller(), left]})
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "TRAVELLER_UNKNOWN")
    assert verdict.message["en"] == "Not among the travellers of the stay: Left The Team."


async def test_names_are_compared_without_capitals(check: Check) -> None:
    verdict = await check("border", {"travellers": [traveller(name="PAUL demo")]})
    assert verdict.outcome is Outcome.PASSED


async def test_nationalities_that_differ_from_the_stay_need_a_person(
    check: Check, stay: StaySnapshot
) -> None:
    verdict = await check("border", {"travellers": [traveller("FR", "GB")]}, stay=stay)
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "NATIONALITIES_DIFFER")


async def test_before_the_rule_there_is_nothing_to_judge_by(check: Check, answers: Answers) -> None:
    verdict = await check("border", answers("border"), today=date(2025, 4, 1))
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "RULE_UNKNOWN")


async def test_a_fee_that_is_not_known_keeps_nobody_at_home(check: Check) -> None:
    one = traveller(eta_granted_on="2025-12-01")
    verdict = await check("border", {"travellers": [one]}, today=date(2025, 12, 31))
    assert verdict.outcome is Outcome.PASSED
    assert {fact.name: fact.value for fact in verdict.facts}["eta_fee"] is None

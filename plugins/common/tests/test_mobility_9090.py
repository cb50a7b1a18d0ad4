from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from softlanding import (
    CheckContext,
    Fact,
    Outcome,
    Party,
    RuleSet,
    RuleUnknown,
    Severity,
    StaySnapshot,
    Traveller,
    Verdict,
)
from softlanding.testing.checks import a_stay, plugin_context, run_check
from softlanding_common import plugin
from softlanding_common.mobility_9090.check import check_mobility
from softlanding_common.mobility_9090.form import Mobility9090
from softlanding_common.mobility_9090.step import MOBILITY_9090

TODAY = date(2026, 11, 22)
TESS = Traveller(name="Tess Demo", nationalities=("GB",))
CHANDRA = Traveller(name="Chandra Demo", nationalities=("IN",))
LONG = {"kind": "RESIDENCE_PERMIT", "country": "FR", "valid_to": "2027-03-30"}


def stay_of(*travellers: Traveller) -> StaySnapshot:
    return a_stay(travellers=travellers)


def days(name: str = "Tess Demo", **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "passport_issued_on": "2022-04-11",
        "passport_valid_to": "2032-04-11",
        **more,
    }


def prior(entry: str, exit_: str, **more: Any) -> dict[str, Any]:
    return {"entry": entry, "exit": exit_, **more}


AUTUMN = prior("2026-11-01", "2027-01-14")


async def check(*given: dict[str, Any], stay: StaySnapshot | None = None) -> Verdict:
    return await run_check(
        plugin,
        "common.mobility_9090",
        {"travellers": list(given)},
        stay=stay or stay_of(TESS),
        today=TODAY,
    )


def mobility_rules() -> RuleSet:
    known = {rule_set.key: rule_set for rule_set in RuleSet.all_in("softlanding_common")}
    return known["common.mobility"]


async def check_with(figures: dict[str, int], given: dict[str, Any], stay: StaySnapshot) -> Verdict:
    """Run the check with figures set that nobody has verified yet."""
    (shipped,) = (
        rule_set
        for rule_set in RuleSet.all_in("softlanding_common")
        if rule_set.key == "common.mobility"
    )
    known = {figure.name: figure for figure in shipped.figures}
    known |= {
        name: known["stay_days"].model_copy(update={"name": name, "value": Decimal(value)})
        for name, value in figures.items()
    }
    rules = RuleSet(
        key=shipped.key, version="test", title=shipped.title, figures=tuple(known.values())
    ).on(TODAY)
    base = plugin_context(plugin, today=TODAY)
    ctx = CheckContext(
        **{name: getattr(base, name) for name in type(base).__dataclass_fields__},
        rules=rules,
        answers={},
    )
    return await check_mobility(Mobility9090.model_validate({"travellers": [given]}), stay, ctx)


async def test_whoever_moves_freely_has_nothing_to_count() -> None:
    every = "All travellers are nationals of the EU, the EEA or Switzerland."
    for nationalities in (("LT",), ("CH",), ("GB", "IE"), ("NO", "IN")):
        verdict = await check(stay=stay_of(Traveller(name="Free", nationalities=nationalities)))
        assert (verdict.outcome, verdict.code) == (Outcome.NOT_APPLICABLE, "MOVING_FREELY")
        assert (verdict.message["en"], verdict.facts, verdict.evidence) == (every, (), ())


async def test_a_stay_without_travellers_has_nothing_to_count() -> None:
    assert (await check(stay=stay_of())).code == "MOVING_FREELY"


async def test_75_days_before_a_month_fail_and_name_the_day_and_the_latest_exit() -> None:
    verdict = await check(days(prior_stays=[AUTUMN]))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "OVER_BUDGET",
        "Tess Demo passes 90 days on 2027-03-16; latest lawful exit 2027-03-15.",
    )
    assert verdict.facts == (
        Fact(name="travellers_counted", value=1, unit="persons"),
        Fact(name="limit", value=90, unit="days"),
        Fact(name="window", value=180, unit="days"),
        Fact(name="days_used", value=75, unit="days"),
        Fact(name="days_left", value=15, unit="days"),
        Fact(name="worst_total", value=105, unit="days"),
        Fact(name="first_day_over", value=date(2027, 3, 16)),
        Fact(name="latest_exit", value=date(2027, 3, 15)),
    )
    assert [(one.kind, len(one.sha256 or "")) for one in verdict.evidence] == [
        ("schengen_days", 64)
    ]


async def test_a_british_founder_within_the_limit_is_told_what_is_left_and_what_is_open() -> None:
    verdict = await check(days(prior_stays=[prior("2026-11-01", "2026-12-15")]))
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "PASSPORT_TO_DECIDE")
    assert verdict.message["en"] == (
        "Tess Demo has used 45 of 90 days on arrival, 45 are left; latest lawful exit 2027-04-14."
        " A person decides whether the passport of Tess Demo, issued 2022-04-11 and valid to"
        " 2032-04-11, is good for the border."
        " A person decides whether Tess Demo needs a travel authorisation (ETIAS) already."
        " A person decides whether Tess Demo comes for meetings and training alone: a short stay"
        " gives no right to work."
    )


async def test_whether_another_nationality_needs_a_visa_is_for_a_person() -> None:
    verdict = await check(days("Chandra Demo"), stay=stay_of(CHANDRA))
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "VISA_TO_DECIDE")
    assert "whether Chandra Demo needs a visa (India)." in verdict.message["en"]


async def test_one_nationality_without_need_of_a_visa_is_enough() -> None:
    both = Traveller(name="Tess Demo", nationalities=("IN", "GB"))
    assert "visa" not in (await check(days(), stay=stay_of(both))).message["en"]


async def test_the_count_fails_before_anything_that_a_person_decides() -> None:
    verdict = await check(
        days(prior_stays=[AUTUMN]), days("Chandra Demo"), stay=stay_of(TESS, CHANDRA)
    )
    assert (verdict.outcome, verdict.message["en"]) == (
        Outcome.FAILED,
        "Tess Demo passes 90 days on 2027-03-16; latest lawful exit 2027-03-15.",
    )


async def test_all_that_fails_is_told_at_once() -> None:
    verdict = await check(days(prior_stays=[AUTUMN], passport_valid_to="2027-03-29"))
    assert verdict.message["en"] == (
        "Tess Demo passes 90 days on 2027-03-16; latest lawful exit 2027-03-15."
        " The passport of Tess Demo ends 2027-03-29, before the exit 2027-03-30."
    )


async def test_one_who_may_not_even_enter_is_told_so() -> None:
    verdict = await check(days(prior_stays=[prior("2026-11-01", "2027-01-29")]))
    assert verdict.message["en"] == "Tess Demo passes 90 days on 2027-03-01, the day of entry."


async def test_the_facts_are_those_of_the_traveller_closest_to_the_limit() -> None:
    verdict = await check(
        days(), days("Chandra Demo", prior_stays=[AUTUMN]), stay=stay_of(TESS, CHANDRA)
    )
    facts = {fact.name: fact.value for fact in verdict.facts}
    assert (facts["travellers_counted"], facts["worst_total"]) == (2, 105)
    assert "Demo" not in str(verdict.facts) + str(verdict.evidence)


@pytest.mark.parametrize(
    ("prior_days", "code"),
    [(59, "PASSPORT_TO_DECIDE"), (60, "PASSPORT_TO_DECIDE"), (61, "OVER_BUDGET")],
)
async def test_ninety_days_are_lawful_and_ninety_one_are_not(prior_days: int, code: str) -> None:
    last = date(2027, 2, 1)
    first = last - timedelta(days=prior_days - 1)
    verdict = await check(days(prior_stays=[prior(str(first), str(last))]))
    assert verdict.code == code


async def test_days_under_a_permit_are_left_out() -> None:
    verdict = await check(days(prior_stays=[{**AUTUMN, "under_permit": True}]))
    assert {fact.name: fact.value for fact in verdict.facts}["days_used"] == 0
    assert verdict.outcome is Outcome.NEEDS_REVIEW


async def test_side_trips_count_and_put_off_the_exit() -> None:
    trip = [prior("2027-03-31", "2027-04-04")]
    verdict = await check(days(prior_stays=[prior("2026-11-10", "2027-01-05")], side_trips=trip))
    assert verdict.message["en"] == (
        "Tess Demo passes 90 days on 2027-04-03; latest lawful exit 2027-04-02."
    )


@pytest.mark.parametrize(
    ("permit", "outcome", "code"),
    [
        (LONG, Outcome.PASSED, "PERMITTED"),
        (LONG | {"kind": "LONG_STAY_VISA"}, Outcome.PASSED, "PERMITTED"),
        (LONG | {"valid_to": "2027-03-29"}, Outcome.NEEDS_REVIEW, "PASSPORT_TO_DECIDE"),
        (LONG | {"valid_to": "2027-03-15"}, Outcome.NEEDS_REVIEW, "PASSPORT_TO_DECIDE"),
        (LONG | {"valid_to": "2027-03-14"}, Outcome.FAILED, "OVER_BUDGET"),
        (LONG | {"country": "DE"}, Outcome.NEEDS_REVIEW, "PERMIT_FROM_ELSEWHERE"),
        (LONG | {"country": None}, Outcome.NEEDS_REVIEW, "PERMIT_FROM_ELSEWHERE"),
        (LONG | {"kind": "SHORT_STAY_VISA"}, Outcome.FAILED, "OVER_BUDGET"),
        ({"kind": "ETIAS", "valid_to": "2029-03-30"}, Outcome.FAILED, "OVER_BUDGET"),
    ],
)
async def test_a_long_permit_of_the_host_country_covers_its_days(
    permit: dict[str, Any], outcome: Outcome, code: str
) -> None:
    verdict = await check(days(prior_stays=[AUTUMN], permit=permit))
    assert (verdict.outcome, verdict.code) == (outcome, code)


async def test_a_permit_of_the_host_country_settles_visa_and_work() -> None:
    verdict = await check(days("Chandra Demo", permit=LONG), stay=stay_of(CHANDRA))
    assert verdict.message["en"] == (
        "Chandra Demo has used 0 of 90 days on arrival, 90 are left; latest lawful exit 2027-06-28."
        " A permit of the host's country covers all days."
    )


@pytest.mark.parametrize(
    ("valid_to", "code"), [("2027-03-29", "PASSPORT_ENDS_EARLY"), ("2027-03-30", "PERMITTED")]
)
async def test_a_passport_is_valid_to_the_exit(valid_to: str, code: str) -> None:
    verdict = await check(days(permit=LONG, passport_valid_to=valid_to))
    assert verdict.code == code


@pytest.mark.parametrize(
    ("valid_to", "code"), [("2027-03-29", "VISA_ENDS_EARLY"), ("2027-03-30", "PASSPORT_TO_DECIDE")]
)
async def test_a_visa_is_valid_to_the_exit(valid_to: str, code: str) -> None:
    visa = {"kind": "SHORT_STAY_VISA", "country": "FR", "valid_to": valid_to}
    verdict = await check(days("Chandra Demo", permit=visa), stay=stay_of(CHANDRA))
    assert verdict.code == code


async def test_a_traveller_whose_days_are_missing_is_named() -> None:
    verdict = await check(days(), stay=stay_of(TESS, CHANDRA))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "TRAVELLER_MISSING",
        "The days of Chandra Demo are missing; list all stays of the 180 days before.",
    )


async def test_those_who_move_freely_need_not_be_named() -> None:
    free = Traveller(name="Free", nationalities=("FR",))
    assert (await check(days(), stay=stay_of(free, TESS))).code == "PASSPORT_TO_DECIDE"


@pytest.mark.parametrize("name", ["tess  demo", "TESS DEMO", "Tess\u00a0Demo"])
async def test_a_name_may_be_written_in_another_case_and_spacing(name: str) -> None:
    assert (await check(days(name))).code == "PASSPORT_TO_DECIDE"


async def test_an_accent_may_be_composed_or_not() -> None:
    traveller = Traveller(name="Ren\u00e9 Demo", nationalities=("US",))
    verdict = await check(days("Rene\u0301 Demo"), stay=stay_of(traveller))
    assert verdict.code == "VISA_TO_DECIDE"


async def test_somebody_who_does_not_travel_is_told() -> None:
    verdict = await check(days(), days("Tom Demo"))
    assert (verdict.code, verdict.message["en"]) == (
        "NOT_A_TRAVELLER",
        "Tom Demo does not travel; write the names as in the application.",
    )


async def test_a_name_that_comes_twice_is_told() -> None:
    verdict = await check(days(), days("tess demo"))
    assert (verdict.code, verdict.message["en"]) == (
        "NAMED_TWICE",
        "tess demo is named twice; put all days together.",
    )


@pytest.mark.parametrize("field", ["prior_stays", "side_trips"])
async def test_a_stay_that_ends_before_it_begins_is_told(field: str) -> None:
    reversed_, one_day = (
        days() | {field: [prior("2026-12-15", last)]} for last in ("2026-12-14", "2026-12-15")
    )
    verdict = await check(reversed_)
    assert (verdict.code, verdict.message["en"]) == (
        "DAYS_REVERSED",
        "A stay of Tess Demo ends 2026-12-14, before it begins 2026-12-15.",
    )
    assert (await check(one_day)).code == "PASSPORT_TO_DECIDE"


PASSPORT = {"passport_months_after_exit": 3, "passport_years": 10}


@pytest.mark.parametrize(
    ("issued", "valid_to", "code"),
    [
        ("2022-04-11", "2027-06-30", "ETIAS_TO_DECIDE"),
        ("2022-04-11", "2027-06-29", "PASSPORT_ENDS_EARLY"),
        ("2022-04-11", "2027-03-29", "PASSPORT_ENDS_EARLY"),
        ("2017-03-02", "2027-07-30", "ETIAS_TO_DECIDE"),
        ("2017-03-01", "2027-07-30", "PASSPORT_TOO_OLD"),
    ],
)
async def test_once_verified_the_passport_is_decided(issued: str, valid_to: str, code: str) -> None:
    given = days(passport_issued_on=issued, passport_valid_to=valid_to)
    assert (await check_with(PASSPORT, given, stay_of(TESS))).code == code


async def test_a_passport_that_is_too_short_fails_once_and_says_to_when() -> None:
    given = days(passport_valid_to="2027-06-29")
    verdict = await check_with(PASSPORT, given, stay_of(TESS))
    assert verdict.message["en"] == (
        "The passport of Tess Demo ends 2027-06-29; it must be valid to 2027-06-30, 3 months"
        " after the exit."
    )


ETIAS = {"kind": "ETIAS", "valid_to": "2027-03-30"}


@pytest.mark.parametrize(
    ("required", "permit", "code"),
    [
        (0, None, "ACTIVITIES_TO_DECIDE"),
        (1, None, "ETIAS_MISSING"),
        (1, ETIAS, "ACTIVITIES_TO_DECIDE"),
        (1, ETIAS | {"valid_to": "2027-03-29"}, "ETIAS_MISSING"),
        (1, ETIAS | {"kind": "SHORT_STAY_VISA"}, "ETIAS_MISSING"),
    ],
)
async def test_once_required_etias_is_decided(
    required: int, permit: dict[str, Any] | None, code: str
) -> None:
    figures = PASSPORT | {"etias_required": required}
    assert (await check_with(figures, days(permit=permit), stay_of(TESS))).code == code


async def test_once_known_a_visa_is_decided() -> None:
    given = days("Chandra Demo")
    verdict = await check_with({"visa_free_in": 0}, given, stay_of(CHANDRA))
    assert "Chandra Demo needs a visa (India) and has none." in verdict.message["en"]
    free = await check_with(PASSPORT | {"visa_free_in": 1}, given, stay_of(CHANDRA))
    assert free.code == "ETIAS_TO_DECIDE"


@pytest.mark.parametrize(
    "figure", ["passport_months_after_exit", "passport_years", "etias_required"]
)
def test_what_nobody_has_verified_has_no_value(figure: str) -> None:
    (rules,) = (
        one.on(TODAY)
        for one in RuleSet.all_in("softlanding_common")
        if one.key == "common.mobility"
    )
    assert (rules.integer("stay_days"), rules.integer("window_days")) == (90, 180)
    with pytest.raises(RuleUnknown, match="has not been verified"):
        rules.integer(figure)


def test_the_step_is_for_hosts_in_the_schengen_area() -> None:
    step = MOBILITY_9090
    assert step.filled_by == {Party.STARTUP}
    assert (step.due, step.severity, step.signed_by) == (-30, Severity.BLOCK, ())
    holds = step.applies.holds
    assert [holds({"host.country": code}) for code in ("FR", "LT", "NL", "DE", "GB")] == [
        True,
        True,
        True,
        True,
        False,
    ]


async def test_the_example_of_the_form_can_be_checked() -> None:
    (example,) = Mobility9090.model_json_schema()["examples"]
    stay = stay_of(Traveller(name="Example Founder", nationalities=("GB",)))
    verdict = await run_check(plugin, "common.mobility_9090", example, stay=stay, today=TODAY)
    assert verdict.outcome is Outcome.NEEDS_REVIEW


def test_no_more_than_twenty_travellers_are_taken() -> None:
    with pytest.raises(ValidationError):
        Mobility9090.model_validate({"travellers": [days()] * 21})


async def test_the_widest_answers_get_a_verdict() -> None:
    ever = prior("1950-01-01", "2099-12-31")
    names = [f"Person {number}" for number in range(20)]
    stay = stay_of(*(Traveller(name=name, nationalities=("IN",)) for name in names))
    wide = [days(name, prior_stays=[ever] * 100, side_trips=[ever] * 20) for name in names]
    verdict = await check(
        *wide, stay=replace(stay, arrival=date(2099, 12, 1), departure=date(2099, 12, 30))
    )
    assert verdict.code == "OVER_BUDGET"

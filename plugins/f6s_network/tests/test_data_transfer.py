from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from softlanding import Outcome, Record, RulesInForce, StaySnapshot, Verdict
from softlanding_f6s_network.data_transfer.basis import adequate_until
from softlanding_f6s_network.data_transfer.form import SPECIAL, DataCategory

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]


def facts(verdict: Verdict) -> dict[str, object]:
    return {one.name: one.value for one in verdict.facts}


async def test_adequacy_is_enough_and_leaves_an_entry(check: Check, answers: Answers) -> None:
    verdict = await check("data_transfer", answers("data_transfer"))
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "ADEQUATE")
    assert verdict.message == {"en": "Adequacy covers the data until 2027-05-29."}
    assert facts(verdict) == {
        "needed_until": date(2027, 5, 29),
        "days_after_departure": 90,
        "adequate_until": date(2031, 12, 27),
        "basis": "ADEQUACY",
        "basis_valid_until": date(2031, 12, 27),
        "scc_signed_on": None,
    }
    assert verdict.records == (
        Record(
            kind="data_transfer",
            data={
                "exporter": "IMT Starter",
                "importer": "F6S Network",
                "importer_country": "GB",
                "categories": ["IDENTITY", "TRAVEL"],
                "purpose": "To prepare the stay.",
                "basis": "ADEQUACY",
                "valid_until": "2031-12-27",
            },
        ),
    )
    assert [(one.kind, one.label) for one in verdict.evidence] == [
        ("transfer_record", "IMT Starter to F6S Network")
    ]


@pytest.mark.parametrize(
    ("departure", "needed_until", "outcome"),
    [
        (date(2031, 9, 27), date(2031, 12, 26), Outcome.PASSED),
        (date(2031, 9, 28), date(2031, 12, 27), Outcome.PASSED),
        (date(2031, 9, 29), date(2031, 12, 28), Outcome.FAILED),
    ],
)
async def test_adequacy_must_last_90_days_longer_than_the_stay(
    check: Check,
    answers: Answers,
    stay: StaySnapshot,
    departure: date,
    needed_until: date,
    outcome: Outcome,
) -> None:
    late = replace(stay, arrival=date(2031, 9, 1), departure=departure)
    verdict = await check("data_transfer", answers("data_transfer"), stay=late)
    assert (verdict.outcome, facts(verdict)["needed_until"]) == (outcome, needed_until)
    if outcome is Outcome.FAILED:
        assert (verdict.code, verdict.message, verdict.records) == (
            "SCC_MISSING",
            {"en": "Adequacy ends 2031-12-27; attach SCC."},
            (),
        )


@pytest.mark.parametrize(
    ("signed", "outcome", "code"),
    [
        ("2026-11-21", Outcome.PASSED, "CLAUSES_SIGNED"),
        ("2026-11-22", Outcome.PASSED, "CLAUSES_SIGNED"),
        ("2026-11-23", Outcome.FAILED, "SCC_IN_FUTURE"),
        (None, Outcome.FAILED, "SCC_MISSING"),
    ],
)
async def test_without_adequacy_clauses_must_be_signed(
    check: Check,
    answers: Answers,
    stay: StaySnapshot,
    signed: str | None,
    outcome: Outcome,
    code: str,
) -> None:
    late = replace(stay, arrival=date(2032, 1, 5), departure=date(2032, 2, 1))
    given = answers("data_transfer", scc_signed_on=signed)
    verdict = await check("data_transfer", given, stay=late)
    assert (verdict.outcome, verdict.code) == (outcome, code)
    if outcome is Outcome.PASSED:
        assert verdict.message == {
            "en": "Standard contractual clauses cover the data until 2032-05-01."
        }
        assert (facts(verdict)["basis"], facts(verdict)["basis_valid_until"]) == ("SCC", None)


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (date(2031, 12, 27), "SCC_MISSING"),
        (date(2031, 12, 28), "SCC_MISSING"),
        (date(2025, 12, 18), "RULE_UNKNOWN"),
    ],
)
async def test_a_decision_that_has_ended_is_no_basis(
    check: Check, answers: Answers, stay: StaySnapshot, today: date, code: str
) -> None:
    late = replace(stay, arrival=date(2032, 1, 5), departure=date(2032, 2, 1))
    assert (
        await check("data_transfer", answers("data_transfer"), stay=late, today=today)
    ).code == (code)


def test_a_verdict_is_not_believed_past_the_end_of_the_decision(
    rules: Callable[..., RulesInForce],
) -> None:
    in_force = rules("data_transfer")
    assert adequate_until(in_force) == date(2031, 12, 27) == in_force.valid_until
    before = rules("data_transfer", date(2025, 12, 18))
    assert adequate_until(before) is None
    after = rules("data_transfer", date(2031, 12, 28))
    assert (adequate_until(after), after.valid_until) == (date(2031, 12, 27), None)


async def test_a_receiver_in_the_eu_is_no_third_country(
    check: Check, answers: Answers, stay: StaySnapshot
) -> None:
    late = replace(stay, arrival=date(2032, 1, 5), departure=date(2032, 2, 1))
    given = answers("data_transfer", importer="F6S Network Ireland Ltd", importer_country="IE")
    verdict = await check("data_transfer", given, stay=late)
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "WITHIN_EEA")
    assert facts(verdict)["basis"] == "WITHIN_EEA"


@pytest.mark.parametrize(
    ("home", "importer", "message"),
    [
        ("FR", "US", "United States"),
        ("FR", "CH", "Switzerland"),
        ("CH", "GB", "Switzerland"),
        ("US", "GB", "United States"),
    ],
)
async def test_other_countries_need_a_person(
    check: Check, answers: Answers, stay: StaySnapshot, home: str, importer: str, message: str
) -> None:
    elsewhere = replace(stay, home=replace(stay.home, country=home))
    given = answers("data_transfer", importer_country=importer, scc_signed_on="2026-11-01")
    verdict = await check("data_transfer", given, stay=elsewhere)
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "OTHER_RULES")
    assert message in verdict.message["en"]
    assert verdict.records == ()


@pytest.mark.parametrize("category", sorted(DataCategory))
async def test_special_categories_are_refused(
    check: Check, answers: Answers, category: DataCategory
) -> None:
    given = answers("data_transfer", categories=["IDENTITY", category], scc_signed_on="2026-11-01")
    verdict = await check("data_transfer", given)
    if category in SPECIAL:
        assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "SPECIAL_CATEGORIES")
        assert verdict.message == {"en": f"Special categories of data are not sent: {category}."}
        assert verdict.records == ()
    else:
        assert verdict.outcome is Outcome.PASSED


def test_the_special_categories_are_those_that_are_called_so() -> None:
    assert {one for one in DataCategory if one.description.startswith("Special")} == SPECIAL

from dataclasses import replace
from datetime import date, timedelta
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from softlanding import (
    CheckContext,
    Outcome,
    Party,
    Record,
    Registration,
    SavedRecord,
    Severity,
    StaySnapshot,
    StayState,
    Step,
    Verdict,
)
from softlanding.testing.checks import MemoryReader, a_stay, plugin_context, run_check
from softlanding_common import plugin
from softlanding_common.de_minimis.check import check_declared_aid
from softlanding_common.de_minimis.form import DeMinimisDeclaration
from softlanding_common.de_minimis.judgement import Reminder

TODAY = date(2026, 11, 22)
ARRIVAL = date(2027, 3, 1)

PARTNER = ModuleType("partner")
vars(PARTNER)["steps"] = lambda: [
    Step(
        key="partner.de_minimis",
        title={"en": "Aid"},
        help={"en": "Declare all aid."},
        filled_by=frozenset({Party.STARTUP}),
        due=-30,
        severity=Severity.BLOCK,
        form=DeMinimisDeclaration,
        check=check_declared_aid,
        rule_set="common.de_minimis",
    )
]


async def check(answers: dict[str, Any], **more: Any) -> Verdict:
    """Run the step of a partner that adds nothing of its own."""
    more.setdefault("stay", a_stay())
    more.setdefault("today", TODAY)
    return await run_check(PARTNER, "partner.de_minimis", answers, beside=[plugin], **more)


def declared(**changes: Any) -> dict[str, Any]:
    return {
        "grants": [],
        "stay_value": {
            "desk_per_day": {"amount": "40"},
            "days": 30,
            "mentor_hours": "20",
            "mentor_rate": {"amount": "100"},
        },
        "declared_complete": True,
    } | changes


def grant(amount: str | int, **changes: Any) -> dict[str, Any]:
    return {
        "grantor_name": "Exemple Agence",
        "grantor_state": "FR",
        "amount": {"amount": str(amount), "currency": "EUR"},
        "granted_on": "2026-01-15",
        "regime": "DE_MINIMIS",
    } | changes


def value(amount: str, **changes: Any) -> dict[str, Any]:
    """A stay worth `amount` on one day, so that every cent can be hit."""
    return {
        "desk_per_day": {"amount": amount},
        "days": 1,
        "mentor_rate": {"amount": "0"},
        **changes,
    }


def fact(verdict: Verdict, name: str) -> object:
    return {one.name: one.value for one in verdict.facts}[name]


def with_nace(nace: str | None) -> StaySnapshot:
    stay = a_stay()
    return replace(stay, startup=replace(stay.startup, nace=nace))


@pytest.mark.parametrize(
    ("granted", "outcome", "code"),
    [
        ("0", Outcome.PASSED, "BELOW_CEILING"),
        ("236799.99", Outcome.PASSED, "BELOW_CEILING"),
        ("236800.00", Outcome.WARNING, "NEAR_CEILING"),
        ("236800.01", Outcome.WARNING, "NEAR_CEILING"),
        ("296799.99", Outcome.WARNING, "NEAR_CEILING"),
        ("296800.00", Outcome.WARNING, "NEAR_CEILING"),
        ("296800.01", Outcome.FAILED, "CEILING_EXCEEDED"),
    ],
)
async def test_the_sum_with_the_stay_of_3200_meets_240000_and_300000(
    granted: str, outcome: Outcome, code: str
) -> None:
    verdict = await check(declared(grants=[grant(granted)]))
    assert (verdict.outcome, verdict.code) == (outcome, code)


@pytest.mark.parametrize(
    ("granted", "outcome"),
    [
        ("36799.99", Outcome.PASSED),
        ("36800", Outcome.WARNING),
        ("46800", Outcome.WARNING),
        ("46800.01", Outcome.FAILED),
    ],
)
async def test_agriculture_has_a_ceiling_of_50000(granted: str, outcome: Outcome) -> None:
    given = declared(grants=[grant(granted)])
    verdict = await check(given, stay=with_nace("01.13"))
    assert verdict.outcome is outcome


async def test_the_ceiling_of_fishery_is_not_verified() -> None:
    verdict = await check(declared(), stay=with_nace("03.11"))
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "RULE_UNKNOWN")


async def test_without_a_nace_class_a_person_decides() -> None:
    verdict = await check(declared(), stay=with_nace(None))
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "NACE_MISSING")
    # If the host lets the stay go on, the aid is granted; the next declaration must find it.
    assert [record.kind for record in verdict.records] == ["aid_grant"]


async def test_past_2030_the_ceiling_is_not_known() -> None:
    verdict = await check(declared(), today=date(2031, 1, 1))
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "RULE_UNKNOWN")


@pytest.mark.parametrize(
    ("granted_on", "used"),
    [
        (date(2024, 2, 29), "0.00"),
        (date(2024, 3, 1), "100000.00"),
        (ARRIVAL, "100000.00"),
        (ARRIVAL + timedelta(days=1), "0.00"),
    ],
)
async def test_without_another_day_the_36_months_end_on_the_arrival(
    granted_on: date, used: str
) -> None:
    given = declared(grants=[grant(100000, granted_on=granted_on.isoformat())])
    verdict = await check(given)
    assert str(fact(verdict, "aid_used")) == used
    assert fact(verdict, "granted_on") == ARRIVAL


async def test_the_36_months_end_on_the_day_that_is_given() -> None:
    old = grant(100000, granted_on="2023-12-01")
    verdict = await check(declared(grants=[old], granted_on="2026-12-01"))
    assert str(fact(verdict, "aid_used")) == "100000.00"
    assert fact(verdict, "window_start") == date(2023, 12, 1)


@pytest.mark.parametrize(
    ("day", "code"), [("2027-03-30", "BELOW_CEILING"), ("2027-03-31", "GRANTED_AFTER_STAY")]
)
async def test_the_right_arises_with_the_stay_at_the_latest(day: str, code: str) -> None:
    assert (await check(declared(granted_on=day))).code == code


@pytest.mark.parametrize(
    ("later", "outcome", "code"),
    [
        ("296800", Outcome.PASSED, "BELOW_CEILING"),
        ("296800.01", Outcome.NEEDS_REVIEW, "LATER_AID"),
    ],
)
async def test_aid_dated_later_is_for_a_person_where_it_would_pass_the_ceiling(
    later: str, outcome: Outcome, code: str
) -> None:
    given = declared(grants=[grant(later, granted_on="2027-03-02")])
    verdict = await check(given)
    assert (verdict.outcome, verdict.code) == (outcome, code)


@pytest.mark.parametrize(
    "other",
    [
        grant(150000, grantor_state="LT"),
        grant(150000, regime="SGEI_DE_MINIMIS"),
        grant(150000, regime="STATE_AID"),
    ],
)
async def test_aid_of_other_states_and_regimes_does_not_count(other: dict[str, Any]) -> None:
    verdict = await check(declared(grants=[other]))
    assert str(fact(verdict, "aid_used")) == "0.00"
    assert verdict.code == "BELOW_CEILING"


@pytest.mark.parametrize(
    ("member", "used"),
    [
        ({"votes_pct": "50"}, "0.00"),
        ({"votes_pct": "50.01"}, "90000.00"),
        ({"votes_pct": "10", "control": "BOARD"}, "90000.00"),
        ({"votes_pct": "10", "control": "CONTRACT"}, "90000.00"),
        ({"votes_pct": "10", "control": "AGREEMENT"}, "90000.00"),
    ],
)
async def test_aid_of_a_linked_enterprise_counts(member: dict[str, Any], used: str) -> None:
    given = declared(
        grants=[grant(90000, beneficiary="EXAMPLE holding")],
        group_members=[{"name": "Example Holding", "country": "LT", **member}],
    )
    assert str(fact(await check(given), "aid_used")) == used


@pytest.mark.parametrize("control", ["PERSONS", "PUBLIC_BODY"])
async def test_a_link_through_persons_or_public_bodies_is_for_a_person(control: str) -> None:
    member = {"name": "Sister", "country": "LT", "votes_pct": "0", "control": control}
    verdict = await check(declared(group_members=[member]))
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "GROUP_UNCERTAIN")


async def test_a_beneficiary_must_be_in_the_group() -> None:
    verdict = await check(declared(grants=[grant(1, beneficiary="Nobody")]))
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "UNKNOWN_BENEFICIARY")


async def test_the_declaration_must_be_complete() -> None:
    verdict = await check(declared(declared_complete=False))
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "DECLARATION_INCOMPLETE")


async def test_amounts_must_be_in_euros() -> None:
    pounds = grant(1) | {"amount": {"amount": "1", "currency": "GBP"}}
    verdict = await check(declared(grants=[pounds]))
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "CURRENCY_NOT_EUR")
    assert verdict.message["en"] == (
        "The rule is in euros, but grants[1].amount is in GBP. Give it in EUR."
    )


@pytest.mark.parametrize(
    ("changes", "outcome", "code"),
    [
        ({}, Outcome.FAILED, "VALUE_MISSING"),
        ({"no_aid_because": "MARKET_PRICE_PAID"}, Outcome.PASSED, "NO_AID"),
        (
            {"no_aid_because": "NO_SELECTIVE_ADVANTAGE"},
            Outcome.NEEDS_REVIEW,
            "NO_ADVANTAGE_CLAIMED",
        ),
    ],
)
async def test_a_stay_without_value_needs_a_reason(
    changes: dict[str, Any], outcome: Outcome, code: str
) -> None:
    given = declared(grants=[grant(300000)], stay_value=value("0", **changes))
    verdict = await check(given)
    assert (verdict.outcome, verdict.code, verdict.records) == (outcome, code, ())


async def test_a_value_and_a_reason_contradict() -> None:
    given = declared(stay_value=value("1", no_aid_because="MARKET_PRICE_PAID"))
    assert (await check(given)).code == "VALUE_CONTRADICTS"


@pytest.mark.parametrize(("days", "code"), [(30, "BELOW_CEILING"), (31, "DAYS_EXCEED_STAY")])
async def test_no_more_days_are_valued_than_the_stay_has(days: int, code: str) -> None:
    given = declared(stay_value=value("1", days=days))
    assert (await check(given)).code == code


@pytest.mark.parametrize(
    ("key", "code"), [("costs", "CUMULATION"), ("other", "BELOW_CEILING"), (None, "BELOW_CEILING")]
)
async def test_state_aid_for_the_same_costs_is_for_a_person(key: str | None, code: str) -> None:
    given = declared(
        grants=[grant(1, regime="STATE_AID", eligible_cost_key=key)],
        stay_value=value("1", eligible_cost_key="costs"),
    )
    assert (await check(given)).code == code


async def test_a_failure_says_how_much_is_left_and_when_it_fits() -> None:
    given = declared(
        grants=[grant(100000, granted_on="2024-06-10"), grant(199000, granted_on="2025-01-15")],
    )
    verdict = await check(given)
    assert verdict.message == {
        "en": "Aid from France would reach €302,200.00, ceiling €300,000.00 on 2027-03-01;"
        " €1,000.00 left. Reduce the value or wait until 2027-06-11.",
        "fr": "Les aides de l'État (France) atteindraient 302\u202f200,00\xa0€, plafond"
        " 300\u202f000,00\xa0€ le 2027-03-01 ; il reste 1\u202f000,00\xa0€. Réduisez la valeur ou"
        " attendez le 2027-06-11.",
    }
    assert verdict.records == ()
    assert fact(verdict, "first_date_below") == date(2027, 6, 11)


async def test_a_stay_above_the_ceiling_by_itself_never_fits() -> None:
    given = declared(stay_value=value("300000.01"))
    verdict = await check(given)
    assert verdict.message["en"].endswith("€300,000.00 left. Reduce the value.")
    assert fact(verdict, "first_date_below") is None


def havelwerk() -> StaySnapshot:
    stay = a_stay(arrival=date(2026, 9, 1), departure=date(2026, 9, 30))
    startup = replace(
        stay.startup,
        name="Havelwerk 3D",
        country="DE",
        nace="28.97",
        registrations=(
            Registration(scheme="HRB", value="Berlin (Charlottenburg) HRB 999998"),
            Registration(scheme="VAT", value="DE999999920"),
        ),
    )
    return replace(stay, startup=startup)


async def test_havelwerk_reaches_299200_and_is_warned() -> None:
    given = declared(grants=[grant(296000)])
    verdict = await check(given, stay=havelwerk(), today=date(2026, 7, 15))
    assert (verdict.outcome, verdict.code) == (Outcome.WARNING, "NEAR_CEILING")
    assert [(one.name, str(one.value), one.unit) for one in verdict.facts] == [
        ("state", "FR", None),
        ("granted_on", "2026-09-01", None),
        ("window_start", "2023-09-01", None),
        ("aid_used", "296000.00", "EUR"),
        ("stay_value", "3200.00", "EUR"),
        ("aid_total", "299200.00", "EUR"),
        ("ceiling", "300000.00", "EUR"),
        ("headroom", "4000.00", "EUR"),
        ("warning_from", "240000.00", "EUR"),
        ("first_date_below", "2026-09-01", None),
        ("recorded_aid", "0.00", "EUR"),
        ("window", "36", "months"),
        ("majority_of_votes", "50", "percent"),
        ("linked_members", "0", "enterprises"),
        ("register_due_on", "2026-09-29", None),
    ]
    assert verdict.records == (
        Record(
            kind="aid_grant",
            data={
                "registration_number": None,
                "registered_on": None,
                "changed_on": None,
                "grantor_name": "IMT Starter",
                "grantor_code": None,
                "state": "FR",
                "source": "STAY",
                "form": "IN_KIND",
                "amount": {"amount": "3200.00", "currency": "EUR"},
                "legal_basis": "Regulation (EU) 2023/2831",
                "beneficiary_name": "Havelwerk 3D",
                "beneficiary_code": "DE999999920",
                "granted_on": "2026-09-01",
                "register_due_on": "2026-09-29",
                "reserved": False,
            },
        ),
    )
    assert [one.kind for one in verdict.evidence] == ["declaration", "computed_table"]
    assert all(one.sha256 for one in verdict.evidence)


EARLIER = replace(
    a_stay(arrival=date(2026, 4, 1), departure=date(2026, 4, 30), state=StayState.CLOSED),
    id=UUID(int=9),
)


def saved(stay: StaySnapshot, amount: str = "3000.00") -> SavedRecord:
    return SavedRecord(
        kind="aid_grant",
        startup_id=stay.startup.id,
        stay_id=stay.id,
        step_key="imt_starter.de_minimis",
        data={
            "state": "FR",
            "amount": {"amount": amount, "currency": "EUR"},
            "granted_on": "2026-04-01",
        },
    )


@pytest.mark.parametrize(
    ("state", "grants", "recorded"),
    [
        (StayState.CLOSED, [], "3000.00"),
        (StayState.CANCELLED, [], "0.00"),
        (StayState.CLOSED, [grant("3000", granted_on="2026-04-01")], "0.00"),
        (StayState.CLOSED, [grant("3000", granted_on="2026-04-02")], "3000.00"),
    ],
)
async def test_aid_of_an_earlier_stay_here_counts_once_declared_or_not(
    state: StayState, grants: list[Any], recorded: str
) -> None:
    earlier = replace(EARLIER, state=state)
    read = MemoryReader(stays=[earlier, a_stay()], saved=[saved(earlier), saved(a_stay())])
    verdict = await check(declared(grants=grants), read=read)
    assert str(fact(verdict, "recorded_aid")) == recorded


def in_germany() -> StaySnapshot:
    stay = a_stay(arrival=date(2027, 4, 26), departure=date(2027, 5, 25))
    return replace(stay, host=replace(stay.host, name="Example Hub", country="DE"))


async def test_at_a_german_host_german_aid_counts_and_german_working_days() -> None:
    grants = [grant(100000), grant(50000, grantor_state="DE")]
    verdict = await check(declared(grants=grants), stay=in_germany())
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "BELOW_CEILING")
    assert verdict.message["en"] == (
        "Aid from Germany reaches €53,200.00 of €300,000.00 on 2027-04-26."
    )
    assert str(fact(verdict, "aid_used")) == "50000.00"
    # Ascension Day and Whit Monday lie between; 8 May is a holiday in France only.
    assert fact(verdict, "register_due_on") == date(2027, 5, 26)


async def test_a_partner_reminds_below_the_ceiling_and_names_who_grants() -> None:
    reminder = Reminder(code="LOOK", message={"en": "Look again."})

    async def judge(granted: str) -> Verdict:
        answers = DeMinimisDeclaration.model_validate(declared(grants=[grant(granted)]))
        base = plugin_context(plugin, today=TODAY)
        ctx = CheckContext(**vars(base), rules=base.rule_sets["common.de_minimis"], answers={})
        return await check_declared_aid(
            answers, a_stay(), ctx, reminder=reminder, grantor_name="Example Programme"
        )

    low, near, above = [await judge(granted) for granted in ("0", "236800", "296800.01")]
    assert (low.outcome, low.code) == (Outcome.WARNING, "LOOK")
    assert low.message["en"].endswith("on 2027-03-01. Look again.")
    assert low.records[0].data["grantor_name"] == "Example Programme"
    assert (near.outcome, near.code) == (Outcome.WARNING, "NEAR_CEILING")
    assert "Look again. From €240,000.00" in near.message["en"]
    assert (above.outcome, above.code) == (Outcome.FAILED, "CEILING_EXCEEDED")

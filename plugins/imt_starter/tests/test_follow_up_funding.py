from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from softlanding import Figure, MoneyInput, Outcome, RuleSet, Verdict
from softlanding_imt_starter.follow_up_funding.company_doors import honour_loan
from softlanding_imt_starter.follow_up_funding.door import DoorState

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]


def eur(amount: str | int) -> dict[str, str]:
    return {"amount": str(amount), "currency": "EUR"}


def facts(verdict: Verdict) -> dict[str, str]:
    return {one.name: str(one.value) for one in verdict.facts}


async def door(check: Check, answers: Answers, key: str, **changes: Any) -> str:
    today = changes.pop("today", date(2026, 11, 22))
    verdict = await check("follow_up_funding", answers("follow_up_funding", **changes), today=today)
    return facts(verdict)[f"door_{key}"]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"rd_spend": eur("19.99")}, "NOT_YET"),
        ({"rd_spend": eur(20)}, "OPEN"),
        ({"rd_spend": eur("20.01")}, "OPEN"),
        ({"deductible_charges": eur(0)}, "NOT_YET"),
        ({"founded_on": "2018-11-22"}, "NOT_YET"),
        ({"founded_on": "2018-11-23"}, "OPEN"),
        ({"headcount": "249.99"}, "OPEN"),
        ({"headcount": "250"}, "NOT_YET"),
        ({"turnover": eur("49999999.99")}, "OPEN"),
        ({"turnover": eur(50000000)}, "NOT_YET"),
        ({"is_sme": False}, "NOT_YET"),
        ({"french_entity": False}, "NOT_YET"),
        ({"siren": None}, "NOT_YET"),
        ({"siren": "000000108"}, "NOT_YET"),
        ({"today": date(2026, 12, 31)}, "OPEN"),
        ({"today": date(2027, 1, 1)}, "NEEDS_REVIEW"),
    ],
)
async def test_jei_is_open_to_young_small_companies_with_a_fifth_of_research(
    check: Check, answers: Answers, changes: dict[str, Any], state: str
) -> None:
    assert await door(check, answers, "jei", **changes) == state


@pytest.mark.parametrize(
    ("share", "esus", "today", "state"),
    [
        ("4.99", True, date(2026, 11, 22), "NOT_YET"),
        ("5", True, date(2026, 11, 22), "OPEN"),
        ("5", False, date(2026, 11, 22), "NOT_YET"),
        ("5", True, date(2026, 2, 1), "NEEDS_REVIEW"),
        ("5", True, date(2026, 2, 2), "OPEN"),
        ("5", True, date(2027, 1, 1), "NEEDS_REVIEW"),
    ],
)
async def test_jeii_needs_less_research_and_the_social_economy(
    check: Check, answers: Answers, share: str, esus: bool, today: date, state: str
) -> None:
    changes = {"rd_spend": eur(share), "esus": esus, "today": today}
    assert await door(check, answers, "jeii", **changes) == state


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"phd_planned": False}, "NOT_APPLICABLE"),
        ({"french_entity": False}, "NOT_APPLICABLE"),
        ({"salary_offer": None}, "NOT_YET"),
        ({"salary_offer": eur("27599.99")}, "NOT_YET"),
        ({"salary_offer": eur(27600)}, "OPEN"),
        ({"salary_offer": eur("27600.01")}, "OPEN"),
        ({"today": date(2027, 1, 1)}, "NEEDS_REVIEW"),
    ],
)
async def test_cifre_needs_a_french_company_and_a_salary_of_27600(
    check: Check, answers: Answers, changes: dict[str, Any], state: str
) -> None:
    given = {"phd_planned": True, "salary_offer": eur(30000), **changes}
    assert await door(check, answers, "cifre", **given) == state


async def test_cifre_pays_three_times_14000(check: Check, answers: Answers) -> None:
    given = answers("follow_up_funding", phd_planned=True, salary_offer=eur(30000))
    assert facts(await check("follow_up_funding", given))["cifre_total"] == "42000.00"


@pytest.mark.parametrize(
    ("wanted", "state"),
    [
        (None, "NOT_APPLICABLE"),
        ("9999.99", "NOT_YET"),
        ("10000", "NEEDS_REVIEW"),
        ("60000", "NEEDS_REVIEW"),
        ("60000.01", "NOT_YET"),
    ],
)
async def test_whether_the_loan_fund_is_open_is_not_verified(
    check: Check, answers: Answers, wanted: str | None, state: str
) -> None:
    loan = None if wanted is None else eur(wanted)
    assert await door(check, answers, "honour_loan", loan_wanted=loan) == state


@pytest.mark.parametrize(("value", "state"), [(1, DoorState.OPEN), (0, DoorState.NOT_YET)])
def test_the_loan_door_follows_the_figure_once_it_is_known(value: int, state: DoorState) -> None:
    def figure(name: str, value: int) -> Figure:
        return Figure(
            name=name,
            value=Decimal(value),
            unit="EUR",
            valid_from=date(2026, 1, 1),
            source="test",
            checked_on=date(2026, 1, 1),
        )

    known = RuleSet(
        key="imt_starter.test",
        version="1",
        title="Test",
        figures=(
            figure("loan_minimum", 10000),
            figure("loan_maximum", 60000),
            figure("loan_fund_open", value),
        ),
    ).on(date(2026, 11, 22))
    assert honour_loan(MoneyInput(amount=Decimal(30000)), known).state is state


@pytest.mark.parametrize(
    ("nationalities", "means", "state"),
    [
        (["LT"], None, "NOT_APPLICABLE"),
        (["IN", "DE"], None, "NOT_APPLICABLE"),
        (["NO"], None, "NOT_APPLICABLE"),
        (["CH"], None, "NOT_APPLICABLE"),
        (["GB"], None, "NOT_YET"),
        (["IN"], "21876.35", "NOT_YET"),
        (["IN"], "21876.36", "OPEN"),
        (["IN"], "21876.37", "OPEN"),
    ],
)
async def test_talent_is_for_founders_from_elsewhere_with_means(
    check: Check, answers: Answers, nationalities: list[str], means: str | None, state: str
) -> None:
    changes = {
        "founder_nationalities": nationalities,
        "founder_means": None if means is None else eur(means),
    }
    assert await door(check, answers, "talent", **changes) == state


@pytest.mark.parametrize(
    ("wanted", "state"),
    [
        (None, "NOT_APPLICABLE"),
        ({"working_time_pct": "50", "capital_pct": "49", "exploits_results": True}, "OPEN"),
        ({"working_time_pct": "50.01", "capital_pct": "49", "exploits_results": True}, "NOT_YET"),
        ({"working_time_pct": "50", "capital_pct": "49.01", "exploits_results": True}, "NOT_YET"),
        ({"working_time_pct": "50", "capital_pct": "49", "exploits_results": False}, "NOT_YET"),
    ],
)
async def test_a_researcher_may_give_half_the_time_and_hold_49_percent(
    check: Check, answers: Answers, wanted: dict[str, Any] | None, state: str
) -> None:
    assert await door(check, answers, "scientific_help", scientific_help=wanted) == state


CLOSED = {"french_entity": False, "siren": None}


@pytest.mark.parametrize(
    ("changes", "outcome", "code"),
    [
        ({}, Outcome.PASSED, "DOORS_OPEN"),
        (CLOSED, Outcome.PASSED, "NO_DOOR_YET"),
        ({**CLOSED, "loan_wanted": eur(30000)}, Outcome.NEEDS_REVIEW, "DOORS_UNCERTAIN"),
        ({"loan_wanted": eur(30000)}, Outcome.PASSED, "DOORS_OPEN"),
    ],
)
async def test_nothing_fails_and_an_uncertain_door_never_passes(
    check: Check, answers: Answers, changes: dict[str, Any], outcome: Outcome, code: str
) -> None:
    verdict = await check("follow_up_funding", answers("follow_up_funding", **changes))
    assert (verdict.outcome, verdict.code) == (outcome, code)


async def test_each_door_gives_its_reason(check: Check, answers: Answers) -> None:
    given = answers("follow_up_funding", loan_wanted=eur(30000))
    verdict = await check("follow_up_funding", given)
    assert verdict.message == {
        "en": "Open: JEI (a person still confirms shareholding and new activity). To be reviewed:"
        " honour loan (a figure is not verified, or no longer known). Not yet, because: JEII (it is"
        " neither ESUS approved nor of the social economy). Not concerned: CIFRE (no thesis is"
        " planned), Talent residence permit (the founder is free to settle), researcher's help (no"
        " help is wanted).",
        "fr": "Ouvert : JEI (une personne confirme encore l'actionnariat et l'activité nouvelle)."
        " À vérifier : prêt d'honneur (un chiffre n'est pas vérifié, ou n'est plus connu). Pas"
        " encore, car : JEII (elle n'est ni agréée ESUS ni de l'économie sociale). Non concerné :"
        " CIFRE (aucune thèse n'est prévue), carte de séjour Talent (le fondateur peut s'installer"
        " librement), concours scientifique (aucune aide n'est demandée).",
    }
    assert verdict.evidence[0].label == "1 of 6 doors open"


async def test_amounts_must_be_in_euros(check: Check, answers: Answers) -> None:
    given = answers("follow_up_funding", turnover={"amount": "1", "currency": "GBP"})
    verdict = await check("follow_up_funding", given)
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "CURRENCY_NOT_EUR")

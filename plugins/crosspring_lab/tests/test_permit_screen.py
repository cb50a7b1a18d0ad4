from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from softlanding import Fact, Figure, Outcome, RuleSet, RulesInForce, StaySnapshot, Verdict
from softlanding_crosspring_lab.facilitator_terms.form import FacilitatorTerms
from softlanding_crosspring_lab.innovation_plan.form import InnovationPlan
from softlanding_crosspring_lab.permit_screen.check import screened
from softlanding_crosspring_lab.permit_screen.conditions import (
    ConditionState,
    conditions,
    means,
)
from softlanding_crosspring_lab.permit_screen.form import PermitScreen

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]
Facts = Callable[[Verdict], Mapping[str, str]]
Rules = Callable[..., RulesInForce]
Travelling = Callable[..., StaySnapshot]
PLAN, TERMS = "crosspring_lab.innovation_plan", "crosspring_lab.facilitator_terms"
TODAY = date(2026, 11, 22)


def figures(value: str | None) -> RulesInForce:
    """Return rules in which the means of the founder are a figure."""
    figure = Figure(
        name="means_for_stay",
        value=None if value is None else Decimal(value),
        unit="EUR",
        valid_from=date(2026, 1, 1),
        source="a test",
        checked_on=TODAY,
    )
    return RuleSet(
        key="crosspring_lab.permit_screen", version="1", title="A test", figures=(figure,)
    ).on(TODAY)


@pytest.mark.parametrize(
    ("nationalities", "code"),
    [
        (("IN",), "CONDITION_UNCERTAIN"),
        (("GB",), "CONDITION_UNCERTAIN"),
        (("IN", "NL"), "NO_PERMIT_NEEDED"),
        (("DE",), "NO_PERMIT_NEEDED"),
        (("NO",), "NO_PERMIT_NEEDED"),
        (("CH",), "NO_PERMIT_NEEDED"),
    ],
)
async def test_the_screen_is_for_founders_from_outside(
    check: Check,
    answers: Answers,
    travelling: Travelling,
    nationalities: tuple[str, ...],
    code: str,
) -> None:
    verdict = await check(
        "permit_screen",
        answers("permit_screen"),
        stay=travelling(*nationalities),
        others={PLAN: answers("innovation_plan"), TERMS: answers("facilitator_terms")},
    )
    assert verdict.code == code


async def test_citizens_of_the_union_need_no_permit(
    check: Check, answers: Answers, travelling: Travelling
) -> None:
    verdict = await check("permit_screen", answers("permit_screen"), stay=travelling("DE"))
    assert verdict == Verdict(
        outcome=Outcome.NOT_APPLICABLE,
        code="NO_PERMIT_NEEDED",
        message={
            "en": "No traveller is from outside the EU, the EEA and Switzerland.",
            "nl": "Geen reiziger komt van buiten de EU, de EER en Zwitserland.",
        },
    )


async def test_with_an_amount_that_nobody_verified_a_person_decides(
    check: Check, answers: Answers, travelling: Travelling, facts: Facts
) -> None:
    verdict = await check(
        "permit_screen",
        answers("permit_screen"),
        stay=travelling("IN"),
        others={PLAN: answers("innovation_plan"), TERMS: answers("facilitator_terms")},
    )
    assert (verdict.outcome, verdict.message["en"]) == (
        Outcome.NEEDS_REVIEW,
        "A person must decide on means: the figure is not verified.",
    )
    assert facts(verdict) == {
        "condition_facilitator": "OK",
        "condition_innovation": "OK",
        "condition_active_role": "OK",
        "condition_plan": "OK",
        "condition_means": "UNCERTAIN",
    }
    (evidence,) = verdict.evidence
    assert (evidence.kind, evidence.label) == ("permit_screen", "4 of 5 conditions met")


async def test_all_that_is_missing_is_told(
    check: Check, answers: Answers, travelling: Travelling
) -> None:
    plan = answers("innovation_plan", aspects=[])
    plan["plan"]["roles"] = "Nobody."
    terms = answers("facilitator_terms")
    terms["facilitator"] |= {"share_pct": "51", "years_experience": "0"}
    verdict = await check(
        "permit_screen",
        answers("permit_screen", active_role=False),
        stay=travelling("IN"),
        others={PLAN: plan, TERMS: terms},
    )
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "CONDITION_NOT_MET",
        "Condition not met: facilitator \u2013 meet the criteria EXPERIENCE, SHARE."
        " Condition not met: innovative product \u2013 argue 1 aspect in 100 characters."
        " Condition not met: active role \u2013 work in the company, not only own or finance it."
        " Condition not met: plan step by step \u2013 complete the sections Roles (1 of 50 words)."
        " A person must decide on means: the figure is not verified.",
    )


async def test_without_plan_and_facilitator_both_are_missing(
    check: Check, answers: Answers, travelling: Travelling
) -> None:
    verdict = await check("permit_screen", answers("permit_screen"), stay=travelling("IN"))
    assert verdict.message["en"] == (
        "Condition not met: facilitator \u2013 note facilitator and agreement."
        " Condition not met: innovative product \u2013 answer the innovation plan."
        " Condition not met: plan step by step \u2013 answer the innovation plan."
        " A person must decide on means: the figure is not verified."
    )


async def test_means_are_in_euros(check: Check, answers: Answers, travelling: Travelling) -> None:
    given = answers("permit_screen", means_for_stay={"amount": "20000", "currency": "INR"})
    verdict = await check("permit_screen", given, stay=travelling("IN"))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "CURRENCY_NOT_EUR",
        "The rule is in euros, but the means are in INR; give them in EUR.",
    )


@pytest.mark.parametrize(
    ("needed", "state"),
    [
        ("19999.99", ConditionState.OK),
        ("20000.00", ConditionState.OK),
        ("20000.01", ConditionState.MISSING),
        (None, ConditionState.UNCERTAIN),
    ],
)
def test_the_means_reach_the_amount_once_it_is_known(
    answers: Answers, needed: str | None, state: ConditionState
) -> None:
    screen = PermitScreen.model_validate(answers("permit_screen"))
    assert means(screen, figures(needed)).state is state


def test_the_missing_means_are_told_with_the_figure(answers: Answers) -> None:
    found = means(PermitScreen.model_validate(answers("permit_screen")), figures("20500"))
    assert found.figure == Fact(name="means_for_stay_minimum", value=Decimal(20500), unit="EUR")
    assert screened([found]).message["en"] == "Condition not met: means \u2013 show €500.00 more."


def test_with_all_five_conditions_the_screen_passes(
    answers: Answers, travelling: Travelling, rules: Rules
) -> None:
    found = conditions(
        PermitScreen.model_validate(answers("permit_screen")),
        InnovationPlan.model_validate(answers("innovation_plan")),
        FacilitatorTerms.model_validate(answers("facilitator_terms")),
        travelling("IN").startup,
        {
            PLAN: rules("innovation_plan"),
            TERMS: rules("facilitator_terms"),
            "crosspring_lab.permit_screen": figures("20000"),
        },
    )
    assert screened(found) == Verdict(
        outcome=Outcome.PASSED,
        code="CONDITIONS_MET",
        message={
            "en": "All 5 conditions of the permit are met.",
            "nl": "Aan alle 5 voorwaarden van de vergunning is voldaan.",
        },
    )

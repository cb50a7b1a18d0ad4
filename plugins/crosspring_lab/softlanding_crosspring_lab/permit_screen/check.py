"""The check of `crosspring_lab.permit_screen`."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from softlanding import CheckContext, Evidence, Fact, Outcome, StaySnapshot, Verdict, joined
from softlanding_common.countries import is_third_country
from softlanding_crosspring_lab.facilitator_terms.form import FacilitatorTerms
from softlanding_crosspring_lab.facilitator_terms.step import TERMS_KEY
from softlanding_crosspring_lab.innovation_plan.form import InnovationPlan
from softlanding_crosspring_lab.innovation_plan.step import PLAN_KEY
from softlanding_crosspring_lab.permit_screen.conditions import (
    Condition,
    ConditionState,
    conditions,
)
from softlanding_crosspring_lab.permit_screen.form import PermitScreen
from softlanding_crosspring_lab.texts import told


async def check_permit_screen(
    answers: PermitScreen, stay: StaySnapshot, ctx: CheckContext
) -> Verdict:
    """Look at the five conditions of the IND; plan and facilitator are judged from their answers.

    One that is not met fails the screen, whatever is uncertain beside it.
    """
    if not any(is_third_country(one.nationalities) for one in stay.travellers):
        return Verdict(
            outcome=Outcome.NOT_APPLICABLE,
            code="NO_PERMIT_NEEDED",
            message=told("No traveller is from outside the EU, the EEA and Switzerland."),
        )
    if answers.means_for_stay.currency != "EUR":
        return _foreign(answers.means_for_stay.currency)
    plan, terms = ctx.answers.get(PLAN_KEY), ctx.answers.get(TERMS_KEY)
    found = conditions(
        answers,
        plan if isinstance(plan, InnovationPlan) else None,
        terms if isinstance(terms, FacilitatorTerms) else None,
        stay.startup,
        ctx.rule_sets,
    )
    return replace(
        screened(found),
        facts=(
            *(Fact(name=f"condition_{one.key}", value=str(one.state)) for one in found),
            *(one.figure for one in found if one.figure is not None),
        ),
        evidence=(_list(found),),
    )


def _foreign(currency: str) -> Verdict:
    return Verdict(
        outcome=Outcome.FAILED,
        code="CURRENCY_NOT_EUR",
        message=told(
            "The rule is in euros, but the means are in {currency}; give them in EUR.",
            currency=currency,
        ),
        facts=(Fact(name="currency", value=currency),),
    )


def screened(found: Sequence[Condition]) -> Verdict:
    """Return the verdict on the conditions."""
    missing = [one for one in found if one.state is ConditionState.MISSING]
    uncertain = [one.name for one in found if one.state is ConditionState.UNCERTAIN]
    sentences = [
        told("Condition not met: {name} \u2013 {add}.", name=one.name, add=one.add)
        for one in missing
        if one.add is not None
    ]
    if uncertain:
        sentences.append(
            told("A person must decide on {names}: the figure is not verified.", names=uncertain)
        )
    if missing:
        outcome, code = Outcome.FAILED, "CONDITION_NOT_MET"
    elif uncertain:
        outcome, code = Outcome.NEEDS_REVIEW, "CONDITION_UNCERTAIN"
    else:
        outcome, code = Outcome.PASSED, "CONDITIONS_MET"
        sentences.append(told("All {count} conditions of the permit are met.", count=len(found)))
    return Verdict(outcome=outcome, code=code, message=joined(sentences))


def _list(found: Sequence[Condition]) -> Evidence:
    met = sum(one.state is ConditionState.OK for one in found)
    listed = "\n".join(f"{one.key} {one.state}" for one in found)
    return Evidence(
        kind="permit_screen",
        label=f"{met} of {len(found)} conditions met",
        sha256=hashlib.sha256(listed.encode()).hexdigest(),
    )

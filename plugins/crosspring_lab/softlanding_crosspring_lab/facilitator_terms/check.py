"""The check of `crosspring_lab.facilitator_terms`."""

from dataclasses import replace

from softlanding import (
    CheckContext,
    Evidence,
    Fact,
    Outcome,
    Severity,
    StaySnapshot,
    Verdict,
    joined,
)
from softlanding_crosspring_lab.facilitator_terms.criteria import terms_of
from softlanding_crosspring_lab.facilitator_terms.form import FacilitatorTerms
from softlanding_crosspring_lab.innovation_plan.form import InnovationPlan
from softlanding_crosspring_lab.innovation_plan.step import PLAN_KEY
from softlanding_crosspring_lab.texts import told


async def check_facilitator_terms(
    answers: FacilitatorTerms, stay: StaySnapshot, ctx: CheckContext
) -> Verdict:
    """Judge facilitator and agreement by the criteria of the RVO.

    They hold the stay up only where a founder seeks the permit; what the plan does not say
    counts as seeking it.
    """
    plan = ctx.answers.get(PLAN_KEY)
    seeks = plan.seek_startup_permit if isinstance(plan, InnovationPlan) else True
    verdict = _judged(answers, stay, ctx)
    if verdict.code == "NO_AGREEMENT" and not seeks:
        return Verdict(
            outcome=Outcome.NOT_APPLICABLE,
            code="NO_FACILITATOR_WANTED",
            message=told("No founder seeks the permit, and the stay has no facilitator."),
        )
    return replace(
        verdict,
        severity=Severity.BLOCK if seeks else Severity.WARN,
        facts=(Fact(name="seek_startup_permit", value=seeks), *verdict.facts),
        evidence=(
            Evidence.of_answers(
                kind="mentor_agreement", label="Facilitator and agreement as noted", answers=answers
            ),
        ),
    )


def _judged(answers: FacilitatorTerms, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    terms = terms_of(answers, stay.startup, ctx.rules)
    if terms is None:
        return Verdict(
            outcome=Outcome.FAILED,
            code="NO_AGREEMENT",
            message=told("The stay has no facilitator with an agreement yet."),
        )
    faults = [one.fault for one in terms.criteria if one.fault is not None]
    if faults:
        return Verdict(
            outcome=Outcome.FAILED,
            code=faults[0][0],
            message=joined(sentence for _, sentence in faults),
            facts=terms.facts,
        )
    return Verdict(
        outcome=Outcome.PASSED,
        code="TERMS_MET",
        message=told(
            "Facilitator and agreement meet all {count} criteria.", count=len(terms.criteria)
        ),
        facts=terms.facts,
    )

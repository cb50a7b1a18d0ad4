"""The step `crosspring_lab.facilitator_terms`."""

from softlanding import Party, Severity, Step
from softlanding_crosspring_lab.facilitator_terms.check import check_facilitator_terms
from softlanding_crosspring_lab.facilitator_terms.form import FacilitatorTerms
from softlanding_crosspring_lab.house import HOSTED_HERE
from softlanding_crosspring_lab.innovation_plan.step import PLAN_KEY
from softlanding_crosspring_lab.texts import told

TERMS_KEY = "crosspring_lab.facilitator_terms"

# It blocks until it is answered: only then does its verdict lower it for those who seek no permit.
FACILITATOR_TERMS = Step(
    key=TERMS_KEY,
    title=told("Mentor agreement the RVO way"),
    help=told(
        "Note the facilitator and what is agreed on. Where a founder seeks the permit for"
        " start-ups, all criteria of the RVO must be met before the stay; where not, they are"
        " advice, and facilitator and agreement may be left out."
    ),
    filled_by=frozenset({Party.HOST}),
    applies=HOSTED_HERE,
    due=-14,
    after=(PLAN_KEY,),
    reads=(PLAN_KEY,),
    severity=Severity.BLOCK,
    form=FacilitatorTerms,
    check=check_facilitator_terms,
    rule_set=TERMS_KEY,
)

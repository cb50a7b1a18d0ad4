"""The step `crosspring_lab.permit_screen`."""

from softlanding import Party, Severity, Step
from softlanding_crosspring_lab.facilitator_terms.step import TERMS_KEY
from softlanding_crosspring_lab.house import HOSTED_HERE
from softlanding_crosspring_lab.innovation_plan.step import PLAN_KEY
from softlanding_crosspring_lab.permit_screen.check import check_permit_screen
from softlanding_crosspring_lab.permit_screen.form import PermitScreen
from softlanding_crosspring_lab.texts import told

SCREEN_KEY = "crosspring_lab.permit_screen"

# Nationalities are no fact of a condition, so the check itself answers NOT_APPLICABLE.
PERMIT_SCREEN = Step(
    key=SCREEN_KEY,
    title=told("Screen for the start-up permit"),
    help=told(
        "For founders from outside the EU, the EEA and Switzerland: which of the five conditions"
        " of the Dutch residence permit for start-ups are met, and what is missing."
    ),
    filled_by=frozenset({Party.HOST}),
    applies=HOSTED_HERE,
    due=21,
    after=(PLAN_KEY, TERMS_KEY),
    reads=(PLAN_KEY, TERMS_KEY),
    severity=Severity.INFO,
    form=PermitScreen,
    check=check_permit_screen,
    rule_set=SCREEN_KEY,
)

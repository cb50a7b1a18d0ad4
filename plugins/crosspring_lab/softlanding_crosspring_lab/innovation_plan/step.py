"""The step `crosspring_lab.innovation_plan`."""

from softlanding import Party, Severity, Step
from softlanding_crosspring_lab.house import HOSTED_HERE
from softlanding_crosspring_lab.innovation_plan.check import check_innovation_plan
from softlanding_crosspring_lab.innovation_plan.form import InnovationPlan
from softlanding_crosspring_lab.texts import told

PLAN_KEY = "crosspring_lab.innovation_plan"

INNOVATION_PLAN = Step(
    key=PLAN_KEY,
    title=told("Why new for the Netherlands"),
    help=told(
        "Argue in what way the product or service is new, and write the plan of the first year in"
        " seven sections, as the residence permit for start-ups asks for it. Say whether a"
        " founder wants that permit."
    ),
    filled_by=frozenset({Party.STARTUP}),
    applies=HOSTED_HERE,
    due=-30,
    severity=Severity.WARN,
    form=InnovationPlan,
    check=check_innovation_plan,
    rule_set=PLAN_KEY,
)

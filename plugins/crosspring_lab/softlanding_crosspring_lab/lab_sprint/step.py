"""The step `crosspring_lab.lab_sprint`."""

from softlanding import Party, Severity, Step
from softlanding_crosspring_lab.house import HOSTED_HERE
from softlanding_crosspring_lab.lab_sprint.check import check_lab_sprint
from softlanding_crosspring_lab.lab_sprint.form import LabSprint
from softlanding_crosspring_lab.texts import told

SPRINT_KEY = "crosspring_lab.lab_sprint"

LAB_SPRINT = Step(
    key=SPRINT_KEY,
    title=told("Four-week product lab"),
    help=told(
        "Plan at least one experiment for each week before the arrival, with a metric and a"
        " target; then note each result within a week after its week, and the step is checked"
        " again."
    ),
    filled_by=frozenset({Party.STARTUP, Party.HOST}),
    applies=HOSTED_HERE,
    due=-7,
    after=("common.goals",),
    severity=Severity.WARN,
    form=LabSprint,
    check=check_lab_sprint,
    rule_set=SPRINT_KEY,
)

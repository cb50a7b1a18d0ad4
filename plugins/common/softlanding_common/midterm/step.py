"""The step `common.midterm`."""

from softlanding import Party, Severity, Step
from softlanding_common.midterm.check import check_midterm
from softlanding_common.midterm.form import Midterm
from softlanding_common.texts import told

MIDTERM = Step(
    key="common.midterm",
    title=told("Mid-term review"),
    help=told(
        "Two weeks after the arrival, go through the goals with your host: what is on track, what"
        " is at risk, and the next step for that. The start-up notes it, the host signs."
    ),
    filled_by=frozenset({Party.STARTUP}),
    signed_by=(Party.HOST,),
    due=14,
    after=("common.goals",),
    reads=("common.goals",),
    severity=Severity.WARN,
    form=Midterm,
    check=check_midterm,
    rule_set="common.midterm",
)

"""The step `common.followup`."""

from softlanding import Party, Severity, Step
from softlanding_common.followup.check import check_followup
from softlanding_common.followup.form import FollowUp
from softlanding_common.texts import told

FOLLOWUP = Step(
    key="common.followup",
    title=told("Follow-up of the figures"),
    help=told(
        "Ask your start-up 180 and 360 days after its arrival what became of the stay. The step"
        " stays open after the outcome report has closed the stay."
    ),
    filled_by=frozenset({Party.HOME}),
    due=180,
    severity=Severity.INFO,
    form=FollowUp,
    check=check_followup,
    rule_set="common.followup",
)

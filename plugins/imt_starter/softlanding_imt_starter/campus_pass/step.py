"""The step `imt_starter.campus_pass`."""

from softlanding import Party, Severity, Step
from softlanding_imt_starter.campus_pass.check import check_campus_pass
from softlanding_imt_starter.campus_pass.form import CampusPass
from softlanding_imt_starter.house import HOSTED_HERE
from softlanding_imt_starter.texts import told

CAMPUS_PASS = Step(
    key="imt_starter.campus_pass",
    title=told("Badge, insurance, hosting agreement"),
    help=told(
        "Note who needs a badge, the liability insurance, the day the hosting agreement was"
        " signed, and how many projects are in the building."
    ),
    filled_by=frozenset({Party.HOST}),
    applies=HOSTED_HERE,
    due=-7,
    after=("common.agreement",),
    severity=Severity.BLOCK,
    form=CampusPass,
    check=check_campus_pass,
    rule_set="imt_starter.campus_pass",
)

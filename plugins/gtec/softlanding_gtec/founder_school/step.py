"""The step `gtec.founder_school`."""

from softlanding import Party, Severity, Step
from softlanding_gtec.founder_school.check import check_founder_school
from softlanding_gtec.founder_school.form import GtecFounderSchool
from softlanding_gtec.house import HOSTED_HERE
from softlanding_gtec.texts import told

FOUNDER_SCHOOL = Step(
    key="gtec.founder_school",
    title=told("Curriculum and mentor hours"),
    help=told(
        "Note the sessions of the founder school that were offered and which were attended, the"
        " hours with the mentor, and when the mentor signed the log."
    ),
    filled_by=frozenset({Party.HOST}),
    applies=HOSTED_HERE,
    due=28,
    severity=Severity.WARN,
    form=GtecFounderSchool,
    check=check_founder_school,
    rule_set="gtec.founder_school",
)

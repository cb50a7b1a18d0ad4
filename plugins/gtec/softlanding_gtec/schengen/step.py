"""The step `gtec.schengen`."""

from softlanding import Party, Severity, Step
from softlanding_gtec.house import HOSTED_HERE
from softlanding_gtec.schengen.check import DAYS, check_schengen
from softlanding_gtec.texts import told

SCHENGEN = Step(
    key="gtec.schengen",
    title=told("90/180 day budget"),
    help=told(
        "Nothing is asked here: the days told in common.mobility_9090 are counted, because most"
        " founders from outside the Union come to Berlin. Book nothing before it has passed."
    ),
    filled_by=frozenset({Party.STARTUP}),
    applies=HOSTED_HERE,
    due=-30,
    after=(DAYS,),
    reads=(DAYS,),
    severity=Severity.BLOCK,
    check=check_schengen,
    rule_set="common.mobility",
)

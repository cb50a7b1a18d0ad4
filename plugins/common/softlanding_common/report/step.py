"""The step `common.report`."""

from softlanding import Party, Severity, Step
from softlanding_common.report.check import check_report
from softlanding_common.report.form import Report
from softlanding_common.texts import told

REPORT = Step(
    key="common.report",
    title=told("Evidence for the outcome report"),
    help=told(
        "List the meetings held, the hours with the mentor and the days away; the host confirms"
        " the list by signing it. The sums are the figures to declare in the outcome report,"
        " which closes the stay and is handed in separately."
    ),
    filled_by=frozenset({Party.STARTUP}),
    signed_by=(Party.HOST,),
    due=44,
    severity=Severity.WARN,
    form=Report,
    check=check_report,
    rule_set="common.report",
)

"""The step `imt_starter.de_minimis`."""

from softlanding import Party, Severity, Step
from softlanding_imt_starter.de_minimis.check import check_de_minimis
from softlanding_imt_starter.de_minimis.form import DeMinimis
from softlanding_imt_starter.house import HOSTED_HERE
from softlanding_imt_starter.texts import told

DE_MINIMIS = Step(
    key="imt_starter.de_minimis",
    title=told("Public support and ceiling"),
    help=told(
        "IMT Starter is publicly financed, so a free desk may be aid in kind. List all aid"
        " of the past 36 months, from any state, and what the stay is worth; the host signs."
    ),
    filled_by=frozenset({Party.STARTUP}),
    signed_by=(Party.HOST,),
    applies=HOSTED_HERE,
    due=-30,
    after=("common.agreement",),
    severity=Severity.BLOCK,
    form=DeMinimis,
    check=check_de_minimis,
    rule_set="common.de_minimis",
)

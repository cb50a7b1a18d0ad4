"""The step `imt_starter.sme_health`."""

from softlanding import Party, Severity, Step
from softlanding_imt_starter.house import HOSTED_HERE
from softlanding_imt_starter.sme_health.check import check_sme_health
from softlanding_imt_starter.sme_health.form import SmeHealth
from softlanding_imt_starter.texts import told

SME_HEALTH = Step(
    key="imt_starter.sme_health",
    title=told("SME class and no difficulty"),
    help=told(
        "Give the figures of the last two accounting periods, the owners and the capital."
        " The step blocks the stay only if it is counted as aid under the block exemption."
    ),
    filled_by=frozenset({Party.STARTUP}),
    applies=HOSTED_HERE,
    due=-30,
    severity=Severity.WARN,
    form=SmeHealth,
    check=check_sme_health,
    rule_set="imt_starter.sme_health",
)

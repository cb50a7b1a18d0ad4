"""The step `gtec.deminimis_eair`."""

from softlanding import Party, Severity, Step
from softlanding_gtec.deminimis_eair.check import check_deminimis_eair
from softlanding_gtec.deminimis_eair.form import GtecDeminimisEair
from softlanding_gtec.house import HOSTED_HERE
from softlanding_gtec.texts import told

DEMINIMIS_EAIR = Step(
    key="gtec.deminimis_eair",
    title=told("German aid and its register"),
    help=told(
        "Only when a German public programme pays for the stay: declare all aid of the past 36"
        " months and what the stay is worth, and later the day of the entry in the register."
    ),
    filled_by=frozenset({Party.STARTUP}),
    applies=HOSTED_HERE,
    due=-30,
    severity=Severity.WARN,
    form=GtecDeminimisEair,
    check=check_deminimis_eair,
    rule_set="common.de_minimis",
)

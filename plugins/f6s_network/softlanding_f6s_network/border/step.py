"""The step `f6s_network.border`."""

from softlanding import Party, Severity, Step
from softlanding_f6s_network.border.check import check_border
from softlanding_f6s_network.border.form import Border
from softlanding_f6s_network.house import BORDER, HOST_IN_UK
from softlanding_f6s_network.texts import told

BORDER_STEP = Step(
    key=BORDER,
    title=told("ETA or visa"),
    help=told(
        "Say for each traveller which nationalities and which right to be in the United Kingdom"
        " there are, and when the ETA was applied for and granted. British and Irish nationals"
        " need none. No passport numbers, no scans."
    ),
    filled_by=frozenset({Party.STARTUP}),
    applies=HOST_IN_UK,
    due=-14,
    severity=Severity.BLOCK,
    form=Border,
    check=check_border,
    rule_set=BORDER,
)

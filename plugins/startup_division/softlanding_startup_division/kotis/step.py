"""The step `startup_division.kotis`."""

from softlanding import Party, Severity, Step
from softlanding_startup_division.house import LITHUANIAN_AND_OURS
from softlanding_startup_division.kotis.check import COMPANY_CODE, KOTIS, check_kotis
from softlanding_startup_division.kotis.form import Kotis
from softlanding_startup_division.texts import told

KOTIS_EXTRACT = Step(
    key=KOTIS,
    title=told("State-aid extract"),
    help=told(
        "Take a fresh extract of the register KOTIS for the company and its group: all de minimis"
        " aid, reserved amounts too. Type its rows, or paste it as CSV or JSON. Say what new aid"
        " from Lithuania is planned; then the step holds up the stay."
    ),
    filled_by=frozenset({Party.STARTUP, Party.HOME}),
    applies=LITHUANIAN_AND_OURS,
    due=-30,
    after=(COMPANY_CODE,),
    reads=(COMPANY_CODE,),
    severity=Severity.WARN,
    form=Kotis,
    check=check_kotis,
    rule_set=KOTIS,
)

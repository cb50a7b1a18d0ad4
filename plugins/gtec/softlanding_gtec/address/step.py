"""The step `gtec.address`."""

from softlanding import Party, Severity, Step
from softlanding_gtec.address.check import check_address
from softlanding_gtec.address.form import GtecAddress
from softlanding_gtec.house import HOSTED_HERE
from softlanding_gtec.texts import told

ADDRESS = Step(
    key="gtec.address",
    title=told("Registration duty"),
    help=told(
        "Say from when to when you live in Germany and where you normally live; you learn whether"
        " and by when to register at the Bürgeramt."
    ),
    filled_by=frozenset({Party.STARTUP}),
    applies=HOSTED_HERE,
    due=-3,
    severity=Severity.INFO,
    form=GtecAddress,
    check=check_address,
    rule_set="gtec.address",
)

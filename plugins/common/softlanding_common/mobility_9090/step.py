"""The step `common.mobility_9090`."""

from softlanding import Is, Not, Party, Severity, Step
from softlanding_common.mobility_9090.check import check_mobility
from softlanding_common.mobility_9090.form import Mobility9090
from softlanding_common.texts import told

MOBILITY_9090 = Step(
    key="common.mobility_9090",
    title=told("Days in the Schengen area (90/180)"),
    help=told(
        "For each traveller without a nationality of the EU, the EEA or Switzerland, list all"
        " days in the Schengen area in the 180 days before the stay, those booked too. Without"
        " such a traveller, hand in an empty list. No copies of passports."
    ),
    filled_by=frozenset({Party.STARTUP}),
    # All hosts of the network are in the Schengen area but those in the United Kingdom.
    applies=Not(Is("host.country", "GB")),
    due=-30,
    severity=Severity.BLOCK,
    form=Mobility9090,
    check=check_mobility,
    rule_set="common.mobility",
)

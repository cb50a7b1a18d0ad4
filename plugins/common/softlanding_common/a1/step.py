"""The step `common.a1`."""

from softlanding import Party, Severity, Step
from softlanding_common.a1.check import check_a1
from softlanding_common.a1.coordination import COORDINATED
from softlanding_common.a1.form import A1Certificates
from softlanding_common.texts import told

A1 = Step(
    key="common.a1",
    title=told("Social security certificate (A1)"),
    help=told(
        "Whoever works across a border needs a certificate of the home country's social security,"
        " even for one day, employed or self-employed: the A1 in the EU, the EEA and Switzerland,"
        " the certificate for detached workers between the EU and the United Kingdom. Note it for"
        " each traveller, granted or applied for."
    ),
    filled_by=frozenset({Party.STARTUP}),
    applies=COORDINATED,
    due=-14,
    severity=Severity.BLOCK,
    form=A1Certificates,
    check=check_a1,
    rule_set="common.a1",
)

"""The step `f6s_network.cascade`."""

from softlanding import AllOf, Is, Party, Severity, Step
from softlanding_f6s_network.cascade.check import check_cascade
from softlanding_f6s_network.cascade.form import CascadeReadiness
from softlanding_f6s_network.house import CASCADE, HOSTED_HERE, PROFILE
from softlanding_f6s_network.texts import told

CASCADE_STEP = Step(
    key=CASCADE,
    title=told("Sub-grant readiness"),
    help=told(
        "Only if an open call of an EU project pays: name the call, what you ask for and what you"
        " have received before, and whether declarations and checks are done. Give all amounts in"
        " euros."
    ),
    filled_by=frozenset({Party.STARTUP}),
    applies=AllOf(HOSTED_HERE, Is(f"answers.{PROFILE}.uses_open_call", True)),
    due=-30,
    severity=Severity.WARN,
    form=CascadeReadiness,
    check=check_cascade,
    rule_set=CASCADE,
)

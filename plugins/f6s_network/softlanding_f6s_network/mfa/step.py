"""The step `f6s_network.mfa`."""

from softlanding import AllOf, AnyOf, Is, Party, Severity, Step
from softlanding_f6s_network.house import HOST_IN_UK, MFA, PROFILE
from softlanding_f6s_network.mfa.check import check_mfa
from softlanding_f6s_network.mfa.form import SubsidyPosition
from softlanding_f6s_network.texts import told

MFA_STEP = Step(
    key=MFA,
    title=told("UK subsidy headroom"),
    help=told(
        "Only if public money of the United Kingdom pays for the stay: list what you were given"
        " since 1 April two financial years ago, in pounds, and what is to be given. All kinds of"
        " minimal assistance count together."
    ),
    filled_by=frozenset({Party.STARTUP}),
    applies=AllOf(
        HOST_IN_UK,
        AnyOf(Is("host.public_funding", True), Is(f"answers.{PROFILE}.uk_public_money", True)),
    ),
    due=-30,
    severity=Severity.BLOCK,
    form=SubsidyPosition,
    check=check_mfa,
    rule_set=MFA,
)

"""The step `f6s_network.f6s_profile`."""

from softlanding import Party, Severity, Step
from softlanding_f6s_network.f6s_profile.check import check_f6s_profile
from softlanding_f6s_network.f6s_profile.form import F6sProfile
from softlanding_f6s_network.house import HOSTED_HERE, PROFILE
from softlanding_f6s_network.texts import told

F6S_PROFILE = Step(
    key=PROFILE,
    title=told("F6S profile and application"),
    help=told(
        "Give the address of your profile on F6S and what is filled in there. Say also whether an"
        " open call or public money of the United Kingdom pays for the stay: the steps on"
        " sub-grants and subsidies fall away when none does."
    ),
    filled_by=frozenset({Party.STARTUP}),
    applies=HOSTED_HERE,
    due=-45,
    severity=Severity.WARN,
    form=F6sProfile,
    check=check_f6s_profile,
    rule_set=PROFILE,
)

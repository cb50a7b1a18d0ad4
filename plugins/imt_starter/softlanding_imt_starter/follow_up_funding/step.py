"""The step `imt_starter.follow_up_funding`."""

from softlanding import Party, Severity, Step
from softlanding_imt_starter.follow_up_funding.check import check_follow_up_funding
from softlanding_imt_starter.follow_up_funding.form import FollowUpFunding
from softlanding_imt_starter.house import HOSTED_HERE
from softlanding_imt_starter.texts import told

FOLLOW_UP_FUNDING = Step(
    key="imt_starter.follow_up_funding",
    title=told("JEI, CIFRE, honour loan, Talent: which doors are open"),
    help=told(
        "A first look at funding and residence after the stay, by both incubators. Nothing"
        " fails here: each door that is not open says why not yet."
    ),
    filled_by=frozenset({Party.HOME, Party.HOST}),
    applies=HOSTED_HERE,
    due=21,
    severity=Severity.INFO,
    form=FollowUpFunding,
    check=check_follow_up_funding,
    rule_set="imt_starter.follow_up_funding",
)

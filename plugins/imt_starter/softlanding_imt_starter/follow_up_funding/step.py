"""The step `imt_starter.follow_up_funding`."""

from softlanding import Party, Severity, Step
from softlanding_imt_starter.follow_up_funding.check import check_follow_up_funding
from softlanding_imt_starter.follow_up_funding.form import FollowUpFunding
from softlanding_imt_starter.house import HOSTED_HERE

FOLLOW_UP_FUNDING = Step(
    key="imt_starter.follow_up_funding",
    title={
        "en": "JEI, CIFRE, honour loan, Talent: which doors are open",
        "fr": "JEI, CIFRE, prêt d'honneur, Talent : quelles portes sont ouvertes",
    },
    help={
        "en": "A first look at funding and residence after the stay, by both incubators. Nothing"
        " fails here: each door that is not open says why not yet.",
        "fr": "Un premier regard, par les deux incubateurs, sur le financement et le séjour après"
        " la visite. Rien n'échoue ici : chaque porte fermée dit pourquoi.",
    },
    filled_by=frozenset({Party.HOME, Party.HOST}),
    applies=HOSTED_HERE,
    due=21,
    severity=Severity.INFO,
    form=FollowUpFunding,
    check=check_follow_up_funding,
    rule_set="imt_starter.follow_up_funding",
)

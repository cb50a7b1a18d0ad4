"""The step `gtec.corporate_match`."""

from softlanding import Party, Severity, Step
from softlanding_gtec.corporate_match.check import check_corporate_match
from softlanding_gtec.corporate_match.form import GtecCorporateMatch
from softlanding_gtec.house import HOSTED_HERE
from softlanding_gtec.texts import told

CORPORATE_MATCH = Step(
    key="gtec.corporate_match",
    title=told("Corporate pilots"),
    help=told(
        "List the corporates you introduce, what they do and look for, what the start-up offers,"
        " the meetings, and the agreements on secrecy (NDA). One is needed before the first"
        " confidential meeting with each corporate."
    ),
    filled_by=frozenset({Party.HOST}),
    applies=HOSTED_HERE,
    due=-14,
    after=("common.goals",),
    severity=Severity.WARN,
    form=GtecCorporateMatch,
    check=check_corporate_match,
    rule_set="gtec.corporate_match",
)

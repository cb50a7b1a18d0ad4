"""The step `imt_starter.research_match`."""

from softlanding import Party, Severity, Step
from softlanding_imt_starter.house import HOSTED_HERE
from softlanding_imt_starter.research_match.check import MATCH, PROFILE, check_research_match
from softlanding_imt_starter.research_match.form import ResearchMatch
from softlanding_imt_starter.texts import told

RESEARCH_MATCH = Step(
    key=MATCH,
    title=told("Meet researchers"),
    help=told(
        "Choose researchers among those who fit the profile and are open to contact, and"
        " agree on at least one meeting on a working day of the stay."
    ),
    filled_by=frozenset({Party.HOST}),
    applies=HOSTED_HERE,
    due=-21,
    after=(PROFILE,),
    reads=(PROFILE,),
    severity=Severity.WARN,
    form=ResearchMatch,
    check=check_research_match,
    rule_set="imt_starter.research_match",
)

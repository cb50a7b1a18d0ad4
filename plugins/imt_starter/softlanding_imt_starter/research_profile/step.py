"""The step `imt_starter.research_profile`."""

from softlanding import Party, Severity, Step
from softlanding_imt_starter.house import HOSTED_HERE
from softlanding_imt_starter.research_profile.check import check_research_profile
from softlanding_imt_starter.research_profile.form import ResearchProfile
from softlanding_imt_starter.texts import told

RESEARCH_PROFILE = Step(
    key="imt_starter.research_profile",
    title=told("What research do you need"),
    help=told(
        "Describe in keywords and topics what you look for on the campus, and name the lab"
        " you want to visit, or NONE."
    ),
    filled_by=frozenset({Party.STARTUP}),
    applies=HOSTED_HERE,
    due=-60,
    severity=Severity.INFO,
    form=ResearchProfile,
    check=check_research_profile,
    rule_set="imt_starter.research_profile",
)

"""The step `startup_division.discovery_agenda`."""

from softlanding import Party, Severity, Step
from softlanding_startup_division.discovery_agenda.check import (
    AGENDA,
    GOALS,
    check_discovery_agenda,
)
from softlanding_startup_division.discovery_agenda.form import DiscoveryAgenda
from softlanding_startup_division.house import HOSTED_HERE
from softlanding_startup_division.texts import told

DISCOVERY_AGENDA = Step(
    key=AGENDA,
    title=told("Ecosystem map and agenda"),
    help=told(
        "Arrange meetings for every goal, with different parts of the ecosystem, spread over the"
        " stay and on no public holiday; the first within three days of the arrival."
    ),
    filled_by=frozenset({Party.HOST}),
    applies=HOSTED_HERE,
    due=-14,
    after=(GOALS,),
    reads=(GOALS,),
    severity=Severity.WARN,
    form=DiscoveryAgenda,
    check=check_discovery_agenda,
    rule_set=AGENDA,
)

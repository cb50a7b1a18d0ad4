"""The step `startup_division.founder_route`."""

from softlanding import Party, Severity, Step
from softlanding_startup_division.founder_route.check import check_founder_route
from softlanding_startup_division.founder_route.form import FounderRoute
from softlanding_startup_division.house import HOSTED_HERE
from softlanding_startup_division.texts import told

FOUNDER_ROUTE = Step(
    key="startup_division.founder_route",
    title=told("Residence route if you stay"),
    help=told(
        "For founders from outside the European Union who think of staying: see what is missing"
        " for the Lithuanian Startup Visa. Ask for no documents."
    ),
    filled_by=frozenset({Party.HOST}),
    applies=HOSTED_HERE,
    due=14,
    severity=Severity.INFO,
    form=FounderRoute,
    check=check_founder_route,
    rule_set="startup_division.founder_route",
)

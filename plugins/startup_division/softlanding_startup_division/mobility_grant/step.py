"""The step `startup_division.mobility_grant`."""

from softlanding import Party, Severity, Step
from softlanding_startup_division.house import LITHUANIAN_AND_OURS
from softlanding_startup_division.mobility_grant.check import check_mobility_grant
from softlanding_startup_division.mobility_grant.form import MobilityGrant
from softlanding_startup_division.texts import told

MOBILITY_GRANT = Step(
    key="startup_division.mobility_grant",
    title=told("Can the trip be refunded"),
    help=told(
        "Note company and trip as an application for the Lithuanian travel grant would show them."
        " The last known call is closed; look for a new one before you promise anything."
    ),
    filled_by=frozenset({Party.HOME}),
    applies=LITHUANIAN_AND_OURS,
    due=-45,
    after=("startup_division.company_code",),
    severity=Severity.INFO,
    form=MobilityGrant,
    check=check_mobility_grant,
    rule_set="startup_division.mobility_grant",
)

"""The step `startup_division.pitch`."""

from softlanding import Party, Severity, Step
from softlanding_startup_division.house import HOSTED_HERE
from softlanding_startup_division.pitch.check import check_pitch
from softlanding_startup_division.pitch.form import Pitch
from softlanding_startup_division.texts import told

PITCH = Step(
    key="startup_division.pitch",
    title=told("Pitch of 2 to 5 minutes and 2-year KPI plan"),
    help=told(
        "Give the address of a video of two to five minutes, and at least three key figures: their"
        " value today, and after 6, 12 and 24 months. The Lithuanian Startup Visa asks for the"
        " same."
    ),
    filled_by=frozenset({Party.STARTUP}),
    applies=HOSTED_HERE,
    due=-21,
    severity=Severity.WARN,
    form=Pitch,
    check=check_pitch,
    rule_set="startup_division.pitch",
)

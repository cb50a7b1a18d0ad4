"""The step `crosspring_lab.registration`."""

from softlanding import Party, Severity, Step
from softlanding_crosspring_lab.house import HOSTED_HERE
from softlanding_crosspring_lab.registration.check import check_registration
from softlanding_crosspring_lab.registration.form import Registration
from softlanding_crosspring_lab.texts import told

REGISTRATION_KEY = "crosspring_lab.registration"

REGISTRATION = Step(
    key=REGISTRATION_KEY,
    title=told("Registration of residents (BRP) and non-residents (RNI)"),
    help=told(
        "Count each traveller's nights in the Netherlands. From four months within six on, one"
        " registers as a resident (BRP); below, one may register as a non-resident (RNI), which"
        " gives a citizen number (BSN)."
    ),
    filled_by=frozenset({Party.HOST}),
    applies=HOSTED_HERE,
    due=-14,
    severity=Severity.INFO,
    form=Registration,
    check=check_registration,
    rule_set=REGISTRATION_KEY,
)

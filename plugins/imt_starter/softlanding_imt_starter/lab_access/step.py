"""The step `imt_starter.lab_access`."""

from collections.abc import Iterable

from softlanding import AllOf, AnyOf, Is, Lead, Not, Party, Severity, Step
from softlanding_imt_starter.directory import NO_LAB, Lab
from softlanding_imt_starter.house import HOSTED_HERE
from softlanding_imt_starter.lab_access.check import PROFILE, check_lab_access
from softlanding_imt_starter.lab_access.form import LabAccess
from softlanding_imt_starter.texts import told

_LAB = f"answers.{PROFILE}.lab"


def lab_access(free_labs: Iterable[Lab]) -> Step:
    """Return the step; it does not apply once the profile names a free lab, or none.

    The lead is the figure `opinion_months` of the rule file.
    """
    no_restricted_lab = AnyOf(Is(_LAB, NO_LAB), *(Is(_LAB, lab.key) for lab in free_labs))
    return Step(
        key="imt_starter.lab_access",
        title=told("Restricted zone (ZRR)"),
        help=told(
            "A visit to a restricted lab needs an opinion of the ministry: up to two months;"
            " silence is favourable. The start-up gives the data, the host files the request."
        ),
        filled_by=frozenset({Party.STARTUP, Party.HOST}),
        applies=AllOf(HOSTED_HERE, Not(no_restricted_lab)),
        due=-90,
        reads=(PROFILE,),
        lead=Lead(months=2),
        severity=Severity.BLOCK,
        form=LabAccess,
        check=check_lab_access,
        rule_set="imt_starter.lab_access",
    )

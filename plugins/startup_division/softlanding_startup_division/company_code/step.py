"""The step `startup_division.company_code`."""

from softlanding import Party, Severity, Step
from softlanding_startup_division.company_code.check import check_company_code
from softlanding_startup_division.company_code.form import CompanyCode
from softlanding_startup_division.house import LITHUANIAN_AND_OURS
from softlanding_startup_division.texts import told

COMPANY_CODE = Step(
    key="startup_division.company_code",
    title=told("Lithuanian company code"),
    help=told(
        "Give the code of your company in the register of legal entities, its legal form and the"
        " day of its registration; a VAT number, if it has one."
    ),
    filled_by=frozenset({Party.STARTUP}),
    applies=LITHUANIAN_AND_OURS,
    due=-45,
    severity=Severity.BLOCK,
    form=CompanyCode,
    check=check_company_code,
)

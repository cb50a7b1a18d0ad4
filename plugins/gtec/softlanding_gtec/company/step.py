"""The step `gtec.company`."""

from softlanding import Party, Severity, Step
from softlanding_gtec.company.check import check_company
from softlanding_gtec.company.form import GtecCompany
from softlanding_gtec.house import GERMAN_AND_OURS
from softlanding_gtec.texts import told

COMPANY = Step(
    key="gtec.company",
    title=told("Company register and VAT number"),
    help=told(
        "Copy court, register and number from the extract of the register, and the VAT number if"
        " there is one. Only the form of the numbers is checked; nothing is looked up."
    ),
    filled_by=frozenset({Party.STARTUP}),
    applies=GERMAN_AND_OURS,
    due=-45,
    severity=Severity.BLOCK,
    form=GtecCompany,
    check=check_company,
)

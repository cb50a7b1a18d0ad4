"""The step `crosspring_lab.company`."""

from softlanding import Party, Severity, Step
from softlanding_crosspring_lab.company.check import check_company
from softlanding_crosspring_lab.company.form import Company
from softlanding_crosspring_lab.house import DUTCH_COMPANY
from softlanding_crosspring_lab.texts import told

COMPANY = Step(
    key="crosspring_lab.company",
    title=told("Numbers of the Dutch company"),
    help=told(
        "Give the number in the trade register (KvK) and, where the company has them, RSIN and"
        " VAT number; form and check digits are tested, the register is not asked."
    ),
    filled_by=frozenset({Party.STARTUP}),
    applies=DUTCH_COMPANY,
    due=-45,
    severity=Severity.BLOCK,
    form=Company,
    check=check_company,
)

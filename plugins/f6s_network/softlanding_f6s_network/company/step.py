"""The step `f6s_network.company`."""

from softlanding import AllOf, Is, Party, Severity, Step
from softlanding_f6s_network.company.check import check_company
from softlanding_f6s_network.company.form import UkCompany
from softlanding_f6s_network.house import COUNTRY
from softlanding_f6s_network.texts import told

COMPANY = Step(
    key="f6s_network.company",
    title=told("UK company number"),
    help=told(
        "Give the company number, and the VAT number if you have one. Company numbers carry no"
        " check digit, so only their shape is looked at."
    ),
    filled_by=frozenset({Party.STARTUP}),
    # A start-up at home in the United Kingdom may be registered elsewhere; it has no such number.
    applies=AllOf(Is("home.country", COUNTRY), Is("startup.country", COUNTRY)),
    due=-45,
    severity=Severity.BLOCK,
    form=UkCompany,
    check=check_company,
)

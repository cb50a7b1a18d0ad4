"""The step `f6s_network.data_transfer`."""

from softlanding import AllOf, Is, Not, Party, Severity, Step
from softlanding_f6s_network.data_transfer.check import check_data_transfer
from softlanding_f6s_network.data_transfer.form import DataTransfer
from softlanding_f6s_network.house import COUNTRY, DATA_TRANSFER, HOST_IN_UK
from softlanding_f6s_network.texts import told

DATA_TRANSFER_STEP = Step(
    key=DATA_TRANSFER,
    title=told("Personal data to the United Kingdom"),
    help=told(
        "Say which personal data you send to your partner in the United Kingdom, and what for."
        " The adequacy decision of the Commission is enough as long as it lasts; after it,"
        " standard contractual clauses are needed. Special categories are not sent."
    ),
    filled_by=frozenset({Party.HOME}),
    applies=AllOf(HOST_IN_UK, Not(Is("home.country", COUNTRY))),
    due=-30,
    severity=Severity.BLOCK,
    form=DataTransfer,
    check=check_data_transfer,
    rule_set=DATA_TRANSFER,
)

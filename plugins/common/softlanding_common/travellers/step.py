"""The step `common.travellers`."""

from softlanding import Party, Severity, Step
from softlanding_common.texts import told
from softlanding_common.travellers.check import check_travellers
from softlanding_common.travellers.form import Travellers

TRAVELLERS = Step(
    key="common.travellers",
    title=told("Travellers and their documents"),
    help=told(
        "Note each traveller of the stay once: what the person travels with, until when it is"
        " valid, and whether your home incubator knows whom to call in an emergency. Do not send"
        " scans or whole numbers."
    ),
    filled_by=frozenset({Party.STARTUP}),
    due=-30,
    severity=Severity.BLOCK,
    form=Travellers,
    check=check_travellers,
)

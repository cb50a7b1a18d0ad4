"""The step `common.workplace`."""

from softlanding import Party, Severity, Step
from softlanding_common.texts import told
from softlanding_common.workplace.check import check_workplace
from softlanding_common.workplace.form import Workplace

# Accepting a stay already holds a desk, and what belongs to the first day cannot be done
# before it: so nothing here keeps a stay from being confirmed.
WORKPLACE = Step(
    key="common.workplace",
    title=told("Desk, badge, house rules"),
    help=told(
        "Set a desk aside for all days of the stay, two weeks before it; and say on which day,"
        " the arrival at the latest, you hand over the badges, explain safety and house rules,"
        " and have the non-disclosure agreement signed, if you need one."
    ),
    filled_by=frozenset({Party.HOST}),
    due=-14,
    severity=Severity.WARN,
    form=Workplace,
    check=check_workplace,
)

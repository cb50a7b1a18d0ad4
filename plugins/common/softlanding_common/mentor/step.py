"""The step `common.mentor`."""

from softlanding import Party, Severity, Step
from softlanding_common.mentor.check import check_mentor
from softlanding_common.mentor.form import Mentor
from softlanding_common.texts import told

MENTOR = Step(
    key="common.mentor",
    title=told("Mentor and introductions"),
    help=told(
        "Name a mentor, and introduce the start-up to somebody for each need of its goals. Book"
        " at least five meetings two weeks before the arrival; note later what became of each."
    ),
    filled_by=frozenset({Party.HOST}),
    due=-14,
    after=("common.goals",),
    reads=("common.goals",),
    severity=Severity.WARN,
    form=Mentor,
    check=check_mentor,
    rule_set="common.mentor",
)

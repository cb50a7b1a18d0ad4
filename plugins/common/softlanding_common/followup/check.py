"""The check of `common.followup`."""

from collections.abc import Iterator
from datetime import date

from softlanding import CheckContext, Evidence, Fact, Outcome, StaySnapshot, Text, Verdict
from softlanding_common.findings import Finding, failed, judged, warning
from softlanding_common.followup.days import follow_up_days, next_follow_up
from softlanding_common.followup.form import FollowUp
from softlanding_common.texts import told


async def check_followup(answers: FollowUp, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Tell which follow-up is in and which is next; figures count from the day they are due."""
    first, second = follow_up_days(stay.arrival, ctx.rules)
    measured = [one.measured_on for one in answers.measurements]
    upcoming = next_follow_up((first, second), measured)
    latest = max(answers.measurements, key=lambda one: one.measured_on)
    code, message = _good(upcoming)
    good = Verdict(
        outcome=Outcome.PASSED,
        code=code,
        message=message,
        facts=(
            Fact(name="first_due", value=first),
            Fact(name="second_due", value=second),
            Fact(name="next_due", value=upcoming),
            Fact(name="measured_on", value=latest.measured_on),
            Fact(name="customers", value=latest.customers, unit="customers"),
            Fact(name="pilots", value=latest.pilots, unit="pilots"),
            Fact(name="partnerships", value=latest.partnerships, unit="partnerships"),
            Fact(name="jobs_added", value=latest.jobs_added, unit="jobs"),
            Fact(name="settlement", value=str(latest.settlement)),
        ),
        evidence=(
            Evidence.of_answers(kind="followup", label="Follow-up figures", answers=answers),
        ),
    )
    return judged(_faults(measured, first, ctx.today), good)


def _good(upcoming: date | None) -> tuple[str, Text]:
    if upcoming is None:
        return "FOLLOW_UP_COMPLETE", told("Both follow-ups are in.")
    return "FOLLOW_UP_IN", told("The follow-up is in; the next is due {day}.", day=upcoming)


def _faults(measured: list[date], first: date, today: date) -> Iterator[Finding]:
    if to_come := [day for day in measured if day > today]:
        yield failed(
            "MEASURED_TO_COME", told("Figures are given for days to come: {days}.", days=to_come)
        )
    if max(measured) < first:
        yield warning(
            "MEASURED_EARLY",
            told(
                "The figures are of {day}; the first follow-up is due {due}.",
                day=max(measured),
                due=first,
            ),
        )

"""The check of `common.report`."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta

from softlanding import (
    CheckContext,
    Evidence,
    Fact,
    Outcome,
    RulesInForce,
    StaySnapshot,
    Text,
    Verdict,
)
from softlanding_common.findings import Finding, failed, judged, warning
from softlanding_common.report.figures import days_away, figures_of
from softlanding_common.report.form import Report
from softlanding_common.texts import told

_UNITS = {"days_present": "days", "mentor_hours": "hours", "usefulness": "mark 1 to 5"}


async def check_report(answers: Report, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Ask that what is told lies within the stay and in the past, and add it up."""
    figures = figures_of(answers, stay, useful_from=ctx.rules.integer("useful_from"))
    good = Verdict(
        outcome=Outcome.PASSED,
        code="REPORT_PLAUSIBLE",
        message=told(
            "{meetings} meetings, {hours} hours with the mentor, {present} of {days} days present.",
            meetings=figures.meetings_held,
            hours=figures.mentor_hours,
            present=figures.days_present,
            days=stay.days,
        ),
        facts=tuple(
            Fact(name=name, value=value, unit=_UNITS.get(name))
            for name, value in asdict(figures).items()
        ),
        evidence=(
            Evidence.of_answers(
                kind="report", label="Meetings, mentor sessions, absences", answers=answers
            ),
        ),
    )
    findings = [
        *_outside(answers, stay),
        *_to_come(answers, ctx.today),
        *_meetings(answers, stay),
        *_end(answers, stay, ctx.rules),
    ]
    return judged(findings, good)


def _outside(answers: Report, stay: StaySnapshot) -> Iterator[Finding]:
    outside = [day for day in _days(answers) if not stay.arrival <= day <= stay.departure]
    if outside:
        yield failed(
            "OUTSIDE_STAY",
            told(
                "These days are not of the stay from {arrival} to {departure}: {days}.",
                arrival=stay.arrival,
                departure=stay.departure,
                days=sorted(set(outside)),
            ),
        )
    if reversed_ := [one.first for one in answers.absences if one.last < one.first]:
        yield failed(
            "ABSENCE_REVERSED",
            told("An absence ends before it begins: {days}.", days=sorted(set(reversed_))),
        )


def _to_come(answers: Report, today: date) -> Iterator[Finding]:
    ends = [answers.exit_interview_on, answers.checked_out_on]
    days = [*_days(answers), *(day for day in ends if day is not None)]
    if to_come := sorted({day for day in days if day > today}):
        yield failed("DAYS_TO_COME", told("These days are still to come: {days}.", days=to_come))


def _meetings(answers: Report, stay: StaySnapshot) -> Iterator[Finding]:
    if not answers.meetings:
        yield warning("NO_MEETINGS", told("No meeting is noted."))
    away = days_away(answers, stay)
    while_away = [meeting.organisation for meeting in answers.meetings if meeting.on in away]
    if while_away:
        yield warning(
            "MEETING_WHILE_AWAY",
            told("Met on a day noted as away from the host: {names}.", names=while_away),
        )


def _end(answers: Report, stay: StaySnapshot, rules: RulesInForce) -> Iterator[Finding]:
    before = rules.integer("exit_interview_days_before_departure")
    after = rules.integer("check_out_days_after_departure")
    items: list[tuple[Text, date | None, date]] = [
        (
            told("exit interview"),
            answers.exit_interview_on,
            stay.departure - timedelta(days=before),
        ),
        (told("check-out"), answers.checked_out_on, stay.departure + timedelta(days=after)),
    ]
    for item, day, due in items:
        if day is None:
            yield warning(
                "END_NOT_NOTED", told("Not noted, due {due}: {item}.", due=due, item=item)
            )
        elif day < stay.arrival:
            yield failed(
                "END_BEFORE_ARRIVAL",
                told("Before the arrival, on {day}: {item}.", day=day, item=item),
            )
        elif day > due:
            yield warning(
                "END_LATE", told("On {day}, later than {due}: {item}.", day=day, due=due, item=item)
            )


def _days(answers: Report) -> Iterator[date]:
    for meeting in answers.meetings:
        yield meeting.on
    for session in answers.mentor_sessions:
        yield session.on
    for absence in answers.absences:
        yield absence.first
        yield absence.last

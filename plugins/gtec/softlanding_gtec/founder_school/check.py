"""The check of `gtec.founder_school`."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from softlanding import (
    CheckContext,
    Evidence,
    Fact,
    Outcome,
    RulesInForce,
    StaySnapshot,
    Verdict,
    joined,
)
from softlanding_common.findings import Finding, failed, judged, warning
from softlanding_gtec.founder_school.attendance import Attendance, attendance_of
from softlanding_gtec.founder_school.form import GtecFounderSchool
from softlanding_gtec.texts import told


async def check_founder_school(
    answers: GtecFounderSchool, stay: StaySnapshot, ctx: CheckContext
) -> Verdict:
    """Ask for enough hours, topics and hours with the mentor, and a log that is signed."""
    rules = ctx.rules
    found = attendance_of(answers)
    good = Verdict(
        outcome=Outcome.PASSED,
        code="ATTENDED",
        message=told(
            "{hours} hours attended in {topics} topics, {mentor} hours with the mentor.",
            hours=found.hours,
            topics=len(found.topics),
            mentor=answers.mentor_hours,
        ),
        facts=(
            Fact(name="hours_attended", value=found.hours, unit="hours"),
            Fact(name="hours_minimum", value=rules.decimal("hours_minimum"), unit="hours"),
            Fact(name="topics_attended", value=len(found.topics), unit="topics"),
            Fact(name="topics_minimum", value=rules.integer("topics_minimum"), unit="topics"),
            Fact(name="mentor_hours", value=answers.mentor_hours, unit="hours"),
            Fact(
                name="mentor_hours_minimum",
                value=rules.decimal("mentor_hours_minimum"),
                unit="hours",
            ),
            Fact(name="signed_on", value=answers.signed_on),
        ),
        evidence=(
            Evidence.of_answers(kind="attendance_log", label="Attendance log", answers=answers),
        ),
    )
    findings = [
        *_sessions(found, rules),
        *_mentor(answers.mentor_hours, rules.decimal("mentor_hours_minimum")),
        *_signature(answers.signed_on, ctx.today),
    ]
    return judged(findings, good)


def _sessions(found: Attendance, rules: RulesInForce) -> Iterator[Finding]:
    hours, topics = rules.decimal("hours_minimum"), rules.integer("topics_minimum")
    if found.hours >= hours and len(found.topics) >= topics:
        return
    if found.hours < hours:
        code = "TOO_FEW_HOURS"
        attended = told("{hours} of {wanted} hours attended", hours=found.hours, wanted=hours)
    else:
        code = "TOO_FEW_TOPICS"
        attended = told(
            "{topics} of {wanted} topics attended", topics=len(found.topics), wanted=topics
        )
    missing = (
        told("missing topics: {list}.", list=found.missed)
        if found.missed
        else told("no other topic was offered.")
    )
    yield failed(code, joined([attended, missing], "; "))


def _mentor(hours: Decimal, wanted: Decimal) -> Iterator[Finding]:
    if hours < wanted:
        yield failed(
            "TOO_FEW_MENTOR_HOURS",
            told("{hours} of {wanted} hours with the mentor.", hours=hours, wanted=wanted),
        )


def _signature(signed_on: date | None, today: date) -> Iterator[Finding]:
    if signed_on is None or signed_on > today:
        yield warning("LOG_NOT_SIGNED", told("The mentor has not signed the attendance log yet."))

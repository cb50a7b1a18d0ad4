"""The check of `crosspring_lab.lab_sprint`."""

from collections.abc import Sequence
from datetime import date

from softlanding import (
    CheckContext,
    Evidence,
    Fact,
    Outcome,
    StaySnapshot,
    Text,
    Verdict,
    joined,
)
from softlanding_crosspring_lab.lab_sprint import faults
from softlanding_crosspring_lab.lab_sprint.faults import Found
from softlanding_crosspring_lab.lab_sprint.form import LabSprint
from softlanding_crosspring_lab.lab_sprint.weeks import Week, holidays_in, weeks_of
from softlanding_crosspring_lab.texts import told


async def check_lab_sprint(answers: LabSprint, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Ask for an experiment in each week, and for its result soon after the week.

    Before the arrival this judges a plan; a week that is not over yet owes nothing.
    """
    result_days = ctx.rules.integer("result_days")
    weeks = weeks_of(stay, at_most=ctx.rules.integer("weeks"), result_days=result_days)
    outcome, code, message = _judged(answers, weeks, stay.host.country, ctx.today)
    holidays = {week.number: holidays_in(week, stay.host.country) for week in weeks}
    measured = sum(one.result is not None for one in answers.experiments)
    return Verdict(
        outcome=outcome,
        code=code,
        message=message,
        facts=(
            Fact(name="experiments", value=len(answers.experiments), unit="experiments"),
            Fact(name="results", value=measured, unit="results"),
            Fact(name="weeks", value=len(weeks), unit="weeks"),
            Fact(name="result_days", value=result_days, unit="days"),
            *(Fact(name=f"results_due_week_{week.number}", value=week.due_on) for week in weeks),
            *(
                Fact(name=f"holidays_week_{number}", value=", ".join(days))
                for number, days in holidays.items()
                if days
            ),
        ),
        evidence=(
            Evidence.of_answers(
                kind="lab_board",
                label=f"Board with {len(answers.experiments)} experiments, {measured} results",
                answers=answers,
            ),
        ),
    )


def _judged(
    answers: LabSprint, weeks: Sequence[Week], country: str, today: date
) -> tuple[Outcome, str, Text]:
    experiments = sorted(answers.experiments, key=lambda one: one.week)
    by_number = {week.number: week for week in weeks}
    failed = [
        *faults.outside(experiments, by_number),
        *faults.impossible_results(experiments, by_number, today),
        *faults.empty_weeks(experiments, by_number),
        *faults.missing_results(experiments, by_number, today),
    ]
    if failed:
        return Outcome.FAILED, failed[0][0], _sentences(failed)
    doubtful = [
        *faults.late_results(experiments, by_number),
        *faults.on_holidays(experiments, country),
    ]
    if doubtful:
        return Outcome.WARNING, doubtful[0][0], _sentences(doubtful)
    missing = sum(one.result is None for one in experiments)
    if missing:
        return (
            Outcome.PASSED,
            "SPRINT_ON_TRACK",
            told(
                "Each of the {weeks} weeks has an experiment; {missing} results are not due yet.",
                weeks=len(weeks),
                missing=missing,
            ),
        )
    return (
        Outcome.PASSED,
        "SPRINT_COMPLETE",
        told("All experiments of the {weeks} weeks have a result.", weeks=len(weeks)),
    )


def _sentences(found: Sequence[Found]) -> Text:
    """Join the sentences, each once."""
    unique = {sentence["en"]: sentence for _, sentence in found}
    return joined(unique.values())

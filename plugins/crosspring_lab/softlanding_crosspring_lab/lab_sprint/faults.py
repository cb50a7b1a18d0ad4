"""What is wrong with a board, the first fault of each kind in order of the weeks."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from softlanding import Text, holiday_on
from softlanding_crosspring_lab.lab_sprint.form import Experiment
from softlanding_crosspring_lab.lab_sprint.weeks import ExperimentState, Week
from softlanding_crosspring_lab.texts import told

Found = tuple[str, Text]
"""A code for programs, and a sentence for a person."""


def outside(experiments: Sequence[Experiment], weeks: Mapping[int, Week]) -> Iterator[Found]:
    """Yield experiments in weeks that the lab does not have, or on days outside their week."""
    for one in experiments:
        week = weeks.get(one.week)
        if week is None:
            yield (
                "WEEK_OUTSIDE_LAB",
                told(
                    "The lab of this stay has {count} weeks; there is no week {week}.",
                    count=len(weeks),
                    week=one.week,
                ),
            )
        elif one.planned_on is not None and not week.first <= one.planned_on <= week.last:
            yield (
                "DAY_OUTSIDE_WEEK",
                told(
                    "Week {week} is from {first} to {last}; its experiment is planned on {day}.",
                    week=one.week,
                    first=week.first,
                    last=week.last,
                    day=one.planned_on,
                ),
            )


def empty_weeks(experiments: Sequence[Experiment], weeks: Mapping[int, Week]) -> Iterator[Found]:
    """Yield weeks without any experiment."""
    filled = {one.week for one in experiments}
    for number in weeks:
        if number not in filled:
            yield "WEEK_WITHOUT_EXPERIMENT", told("Week {week} has no experiment.", week=number)


def impossible_results(
    experiments: Sequence[Experiment], weeks: Mapping[int, Week], today: date
) -> Iterator[Found]:
    """Yield results that are dated before their week or after today."""
    for one in experiments:
        if one.result is None or one.week not in weeks:
            continue
        if one.result.measured_on > today:
            yield (
                "RESULT_IN_FUTURE",
                told(
                    "A result of week {week} is dated {day}; today is {today}.",
                    week=one.week,
                    day=one.result.measured_on,
                    today=today,
                ),
            )
        elif one.result.measured_on < weeks[one.week].first:
            yield (
                "RESULT_BEFORE_WEEK",
                told(
                    "A result of week {week} is dated {day}, before the week begins on {first}.",
                    week=one.week,
                    day=one.result.measured_on,
                    first=weeks[one.week].first,
                ),
            )


def missing_results(
    experiments: Sequence[Experiment], weeks: Mapping[int, Week], today: date
) -> Iterator[Found]:
    """Yield weeks with an experiment whose result has not come in time."""
    for number, week in weeks.items():
        states = [week.state(one, today) for one in experiments if one.week == number]
        if ExperimentState.OVERDUE in states:
            if ExperimentState.MEASURED in states:
                message = told("Week {week} has an experiment without a result.", week=number)
            else:
                message = told("Week {week} has no measured result.", week=number)
            yield "RESULT_MISSING", message


def late_results(experiments: Sequence[Experiment], weeks: Mapping[int, Week]) -> Iterator[Found]:
    """Yield results that came after they were due."""
    for one in experiments:
        if one.result is not None and one.result.measured_on > weeks[one.week].due_on:
            yield (
                "RESULT_LATE",
                told(
                    "A result of week {week} was measured on {day}; it was due by {due}.",
                    week=one.week,
                    day=one.result.measured_on,
                    due=weeks[one.week].due_on,
                ),
            )


def on_holidays(experiments: Sequence[Experiment], country: str) -> Iterator[Found]:
    """Yield experiments that take place, or are measured, on a public holiday."""
    for one in experiments:
        days = {one.planned_on, one.result.measured_on if one.result else None}
        for day in sorted(day for day in days if day is not None):
            if name := holiday_on(day, country):
                yield (
                    "ON_HOLIDAY",
                    told(
                        "Week {week}: {day} is a public holiday, {name}.",
                        week=one.week,
                        day=day,
                        name=name,
                    ),
                )

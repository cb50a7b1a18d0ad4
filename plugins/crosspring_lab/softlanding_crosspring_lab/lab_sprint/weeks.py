"""The weeks of a stay, and where an experiment stands on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from softlanding import Described, StaySnapshot, holiday_on
from softlanding_crosspring_lab.lab_sprint.form import Experiment

DAYS = 7


class ExperimentState(Described):
    """Where an experiment stands."""

    PLANNED = "PLANNED", "Its week is not over yet."
    RESULT_DUE = "RESULT_DUE", "Its week is over; the result is still in time."
    OVERDUE = "OVERDUE", "The result has not come in time."
    MEASURED = "MEASURED", "It has a result."


@dataclass(frozen=True, kw_only=True)
class Week:
    """One week of a stay, both days included; results are due by `due_on`."""

    number: int
    first: date
    last: date
    due_on: date

    @property
    def days(self) -> Iterator[date]:
        """The days of the week."""
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)

    def state(self, experiment: Experiment, today: date) -> ExperimentState:
        """Return where an experiment of this week stands; on `due_on` itself it is in time."""
        if experiment.result is not None:
            return ExperimentState.MEASURED
        if today <= self.last:
            return ExperimentState.PLANNED
        return ExperimentState.RESULT_DUE if today <= self.due_on else ExperimentState.OVERDUE


def week_of(stay: StaySnapshot, number: int, *, result_days: int) -> Week:
    """Return a week of a stay; 1 holds its days 1 to 7. The last may be cut by the departure."""
    first = stay.arrival + timedelta(days=DAYS * (number - 1))
    last = min(first + timedelta(days=DAYS - 1), stay.departure)
    return Week(number=number, first=first, last=last, due_on=last + timedelta(days=result_days))


def weeks_of(stay: StaySnapshot, *, at_most: int, result_days: int) -> list[Week]:
    """Return the weeks that begin within a stay, `at_most` so many."""
    count = min(at_most, (stay.days + DAYS - 1) // DAYS)
    return [week_of(stay, number, result_days=result_days) for number in range(1, count + 1)]


def holidays_in(week: Week, country: str) -> list[str]:
    """Return the public holidays in a week, as `2027-04-27 Koningsdag`."""
    return [f"{day.isoformat()} {name}" for day in week.days if (name := holiday_on(day, country))]

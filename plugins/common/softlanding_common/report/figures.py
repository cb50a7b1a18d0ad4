"""The figures that meetings, mentor sessions and absences add up to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from softlanding import StaySnapshot
from softlanding_common.goals.form import Need
from softlanding_common.report.form import MeetingResult, Report, ReportMeeting


@dataclass(frozen=True, kw_only=True)
class ReportFigures:
    """The figures, named as in the outcome report; `usefulness` is the mean, of 1 to 5."""

    meetings_held: int
    meetings_useful: int
    usefulness: Decimal | None
    leads: int
    pilots: int
    customers: int
    investors_met: int
    researchers_met: int
    collaborations: int
    mentor_hours: Decimal
    days_present: int


def figures_of(report: Report, stay: StaySnapshot, *, useful_from: int) -> ReportFigures:
    """Return the sums; a meeting is useful from the mark `useful_from` on.

    Investors and research groups are counted once, however often they were met.
    """

    def count(*results: MeetingResult) -> int:
        return sum(meeting.result in results for meeting in report.meetings)

    def met(need: Need) -> int:
        return len(_organisations(report, lambda meeting: meeting.need is need))

    marks = [meeting.usefulness for meeting in report.meetings]
    mean = Decimal(sum(marks)) / len(marks) if marks else None
    return ReportFigures(
        meetings_held=len(marks),
        meetings_useful=sum(mark >= useful_from for mark in marks),
        usefulness=None if mean is None else mean.quantize(Decimal("0.01")),
        leads=count(MeetingResult.LEAD),
        pilots=count(MeetingResult.LETTER_OF_INTENT, MeetingResult.PILOT),
        customers=count(MeetingResult.CUSTOMER),
        investors_met=met(Need.INVESTORS),
        researchers_met=met(Need.RESEARCH),
        collaborations=count(MeetingResult.COLLABORATION),
        mentor_hours=sum((one.hours for one in report.mentor_sessions), Decimal(0)),
        days_present=stay.days - len(days_away(report, stay)),
    )


def days_away(report: Report, stay: StaySnapshot) -> set[date]:
    """Return the days of the stay on which the start-up was away, each once."""
    return {
        day
        for day in _days(stay.arrival, stay.departure)
        if any(absence.first <= day <= absence.last for absence in report.absences)
    }


def _organisations(report: Report, wanted: Callable[[ReportMeeting], bool]) -> set[str]:
    return {meeting.organisation.casefold() for meeting in report.meetings if wanted(meeting)}


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softlanding_common.mobility_9090.budget import Budget, Span, budget_of

MARCH = Span(first=date(2027, 3, 1), last=date(2027, 3, 30))


def span(first: str, last: str) -> Span:
    return Span(first=date.fromisoformat(first), last=date.fromisoformat(last))


def budget(
    stay: Span,
    prior: Sequence[Span] = (),
    side_trips: Sequence[Span] = (),
    permitted_until: date | None = None,
) -> Budget:
    return budget_of(
        stay,
        prior=prior,
        side_trips=side_trips,
        permitted_until=permitted_until,
        limit=90,
        window=180,
    )


def test_75_days_before_a_month_pass_90_in_the_middle_of_it() -> None:
    assert budget(MARCH, [span("2026-11-01", "2027-01-14")]) == Budget(
        limit=90,
        used=75,
        remaining=15,
        worst_total=105,
        first_day_over=date(2027, 3, 16),
        at_entry=False,
        latest_exit=date(2027, 3, 15),
    )


def test_45_days_before_a_month_make_75() -> None:
    assert budget(MARCH, [span("2026-11-01", "2026-12-15")]) == Budget(
        limit=90,
        used=45,
        remaining=45,
        worst_total=75,
        first_day_over=None,
        at_entry=False,
        # The 45 days left are over before the first earlier day leaves the window on 30 April.
        latest_exit=date(2027, 4, 14),
    )


def test_90_days_leave_the_window_as_fast_as_new_ones_come() -> None:
    stay = span("2027-02-28", "2027-03-30")
    assert budget(stay, [span("2026-09-01", "2026-11-29")]) == Budget(
        limit=90,
        used=89,
        remaining=1,
        worst_total=90,
        first_day_over=None,
        at_entry=False,
        latest_exit=date(2027, 5, 28),
    )


def test_without_earlier_days_one_may_stay_for_90() -> None:
    assert budget(MARCH) == Budget(
        limit=90,
        used=0,
        remaining=90,
        worst_total=30,
        first_day_over=None,
        at_entry=False,
        latest_exit=date(2027, 5, 29),
    )


@pytest.mark.parametrize(("days", "over"), [(89, None), (90, None), (91, 91)])
def test_the_day_of_entry_is_the_first_and_the_91st_is_over(days: int, over: int | None) -> None:
    first = date(2027, 3, 1)
    found = budget(Span(first=first, last=first + timedelta(days=days - 1)))
    assert found.worst_total == days
    assert found.first_day_over == (over and first + timedelta(days=over - 1))


@pytest.mark.parametrize(("days", "over"), [(59, None), (60, None), (61, date(2027, 3, 30))])
def test_earlier_days_count_up_to_the_last_day_of_the_stay(days: int, over: date | None) -> None:
    last = date(2027, 2, 1)
    prior = Span(first=last - timedelta(days=days - 1), last=last)
    found = budget(MARCH, [prior])
    assert (found.worst_total, found.first_day_over) == (days + 30, over)


def test_the_window_has_180_days_with_the_day_itself() -> None:
    stay = span("2027-03-01", "2027-03-01")
    day_180 = date(2027, 3, 1) - timedelta(days=179)
    assert budget(stay, [Span(first=day_180, last=day_180)]).worst_total == 2
    day_181 = day_180 - timedelta(days=1)
    assert budget(stay, [Span(first=day_181, last=day_181)]).worst_total == 1


def test_days_told_twice_count_once() -> None:
    twice = [span("2026-11-01", "2026-12-15"), span("2026-12-01", "2026-12-15")]
    assert budget(MARCH, twice) == budget(MARCH, [span("2026-11-01", "2026-12-15")])


def test_an_exit_and_an_entry_on_the_same_day_are_one_day() -> None:
    assert budget(MARCH, [span("2027-02-20", "2027-03-01")]).worst_total == 39


@pytest.mark.parametrize(
    ("trip", "total"), [("2027-09-25", 31), ("2027-09-26", 30), ("2026-09-02", 30)]
)
def test_a_trip_counts_as_far_as_it_shares_a_window_with_the_stay(trip: str, total: int) -> None:
    # Six months later one looks back to the last day of the stay, and no further.
    found = budget(MARCH, [span("2027-08-27", trip)], [span(trip, trip)])
    assert found.worst_total == total


@pytest.mark.parametrize(("absent", "over"), [(89, date(2027, 3, 1)), (90, None), (91, None)])
def test_ninety_days_of_absence_give_a_new_ninety(absent: int, over: date | None) -> None:
    last = date(2027, 3, 1) - timedelta(days=absent + 1)
    full = Span(first=last - timedelta(days=89), last=last)
    assert budget(span("2027-03-01", "2027-05-29"), [full]).first_day_over == over


def test_one_who_has_used_all_days_cannot_enter() -> None:
    found = budget(MARCH, [span("2026-11-01", "2027-01-29")])
    assert found == Budget(
        limit=90,
        used=90,
        remaining=0,
        worst_total=120,
        first_day_over=date(2027, 3, 1),
        at_entry=True,
        latest_exit=None,
    )


def test_one_who_is_there_already_is_over_by_staying_on() -> None:
    found = budget(MARCH, [span("2026-12-01", "2027-02-28")])
    assert (found.first_day_over, found.at_entry, found.latest_exit) == (
        date(2027, 3, 1),
        False,
        None,
    )


def test_a_side_trip_after_the_stay_counts() -> None:
    trip = [span("2027-03-31", "2027-04-04")]
    found = budget(MARCH, [span("2026-11-10", "2027-01-05")], trip)
    assert (found.worst_total, found.first_day_over) == (92, date(2027, 4, 3))


def test_a_side_trip_during_the_stay_adds_nothing() -> None:
    assert budget(MARCH, side_trips=[span("2027-03-10", "2027-03-12")]) == budget(MARCH)


def test_a_later_trip_is_looked_at_on_its_own_days() -> None:
    found = budget(MARCH, [span("2026-11-01", "2026-12-15")], [span("2027-04-01", "2027-04-20")])
    assert (found.worst_total, found.first_day_over) == (95, date(2027, 4, 16))


def test_days_under_a_permit_of_the_host_do_not_count() -> None:
    prior = [span("2026-11-01", "2027-01-14")]
    assert budget(MARCH, prior, permitted_until=date(2027, 3, 30)).first_day_over is None
    assert budget(MARCH, prior, permitted_until=date(2027, 3, 30)).worst_total == 0
    partly = budget(MARCH, prior, permitted_until=date(2027, 3, 14))
    assert (partly.worst_total, partly.first_day_over) == (91, date(2027, 3, 30))
    assert partly.latest_exit == date(2027, 3, 29)
    assert budget(MARCH, prior, permitted_until=date(2027, 3, 15)).first_day_over is None


def test_a_permit_that_ended_before_the_arrival_changes_nothing() -> None:
    assert budget(MARCH, permitted_until=date(2027, 2, 28)) == budget(MARCH)


def test_a_side_trip_counts_under_a_permit_of_the_host() -> None:
    trip = [span("2027-03-10", "2027-03-12")]
    assert budget(MARCH, side_trips=trip, permitted_until=date(2027, 12, 31)).worst_total == 3


def test_a_span_that_ends_before_it_begins_is_empty() -> None:
    assert budget(MARCH, [span("2027-02-20", "2027-02-10")]) == budget(MARCH)


DAYS = st.dates(min_value=date(2026, 6, 1), max_value=date(2027, 9, 30))
SPANS = st.builds(
    lambda first, length: Span(first=first, last=first + timedelta(days=length)),
    DAYS,
    st.integers(min_value=0, max_value=100),
)


@given(stay=SPANS, prior=st.lists(SPANS, max_size=5), trips=st.lists(SPANS, max_size=3))
def test_the_count_is_the_plain_one_day_by_day(
    stay: Span, prior: list[Span], trips: list[Span]
) -> None:
    def days(spans: Sequence[Span]) -> set[date]:
        return {
            one.first + timedelta(days=number)
            for one in spans
            for number in range((one.last - one.first).days + 1)
        }

    near = days(
        [
            Span(
                first=stay.first - timedelta(days=179),
                last=stay.last + timedelta(days=179),
            )
        ]
    )
    planned = days([stay, *trips]) & near
    present = planned | days(prior)
    totals = {
        day: sum(day - timedelta(days=back) in present for back in range(180)) for day in planned
    }
    found = budget(stay, prior, trips)
    assert found.worst_total == max(totals.values())
    assert found.first_day_over == min((day for day in totals if totals[day] > 90), default=None)


@given(prior=st.lists(SPANS, max_size=5))
def test_staying_on_to_the_latest_exit_is_lawful_and_a_day_more_is_not(prior: list[Span]) -> None:
    before = [one for one in prior if one.last < MARCH.first]
    latest = budget(MARCH, before).latest_exit
    if latest is not None:
        assert budget(Span(first=MARCH.first, last=latest), before).first_day_over is None
    next_day = MARCH.first if latest is None else latest + timedelta(days=1)
    assert budget(Span(first=MARCH.first, last=next_day), before).first_day_over == next_day


def test_the_widest_answers_are_counted() -> None:
    ever = span("1950-01-01", "2099-12-31")
    found = budget(MARCH, [ever] * 100, [ever] * 20)
    assert found.worst_total == 180

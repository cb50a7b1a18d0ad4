"""The lifecycle table and what must hold for a stay: pure functions."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from softlanding.access import ACTIONS
from softlanding.domain.problems import Code, Problem
from softlanding.domain.snapshots import Period
from softlanding.domain.stays import (
    TRANSITIONS,
    capacity_problems,
    overlap_problems,
    shape_problems,
    transition_problems,
)
from softlanding.domain.vocabulary import StayState
from softlanding.roles import Role

HOME, HOST = UUID(int=1), UUID(int=2)
ARRIVAL, DEPARTURE, TODAY = date(2027, 3, 1), date(2027, 3, 30), date(2026, 11, 22)


def shape(**changes: object) -> list[Code]:
    values: dict[str, object] = {
        "home_id": HOME,
        "host_id": HOST,
        "home_country": "LT",
        "host_country": "FR",
        "arrival": ARRIVAL,
        "departure": DEPARTURE,
        "today": TODAY,
    }
    return [problem.code for problem in shape_problems(**{**values, **changes})]  # type: ignore[arg-type] # the cases name their fields


def test_a_month_abroad_is_fine() -> None:
    assert shape() == []


def test_home_and_host_are_two_incubators() -> None:
    assert shape(host_id=HOME) == [Code.SAME_INCUBATOR]


def test_a_stay_crosses_a_border() -> None:
    assert shape(host_country="LT") == [Code.SAME_COUNTRY]


@pytest.mark.parametrize(
    ("days", "codes"),
    [(6, [Code.BAD_DATES]), (7, []), (8, []), (92, []), (93, []), (94, [Code.BAD_DATES])],
)
def test_a_stay_lasts_7_to_93_days_both_ends_included(days: int, codes: list[Code]) -> None:
    assert shape(departure=ARRIVAL + timedelta(days=days - 1)) == codes


def test_the_departure_follows_the_arrival_and_the_problem_says_how() -> None:
    assert list(
        shape_problems(
            home_id=HOME,
            host_id=HOST,
            home_country="LT",
            host_country="FR",
            arrival=ARRIVAL,
            departure=date(2027, 2, 28),
            today=TODAY,
        )
    ) == [
        Problem(
            code=Code.BAD_DATES,
            message="The departure 2027-02-28 lies before the arrival 2027-03-01.",
            path=("departure",),
            hint="Give the departure as a day on or after the arrival.",
        )
    ]


@pytest.mark.parametrize(("today", "codes"), [(ARRIVAL, []), (date(2027, 3, 2), [Code.BAD_DATES])])
def test_an_arrival_may_be_today_but_not_earlier(today: date, codes: list[Code]) -> None:
    assert shape(today=today) == codes


def period(first: date, last: date) -> Period:
    return Period(stay_id=UUID(int=9), arrival=first, departure=last)


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (date(2027, 2, 1), date(2027, 2, 28), False),
        (date(2027, 2, 1), ARRIVAL, True),
        (date(2027, 3, 10), date(2027, 3, 12), True),
        (DEPARTURE, date(2027, 4, 10), True),
        (date(2027, 3, 31), date(2027, 4, 10), False),
    ],
)
def test_a_startup_has_one_stay_on_a_day(first: date, last: date, refused: bool) -> None:
    found = list(
        overlap_problems(arrival=ARRIVAL, departure=DEPARTURE, others=[period(first, last)])
    )
    assert [problem.code for problem in found] == ([Code.OVERLAPPING_STAY] if refused else [])


def full_days(capacity: int | None, *others: Period) -> list[str]:
    found = capacity_problems(
        arrival=ARRIVAL, departure=DEPARTURE, capacity=capacity, others=others
    )
    return [problem.message for problem in found]


def test_a_host_without_a_number_of_desks_is_not_limited() -> None:
    assert full_days(None, *[period(ARRIVAL, DEPARTURE)] * 50) == []


def test_a_host_without_desks_takes_nobody() -> None:
    assert full_days(0) == ["The host is full on 2027-03-01: 0 of 0 desks are taken."]


def test_the_last_desk_is_free_until_it_is_taken() -> None:
    taken = period(ARRIVAL, DEPARTURE)
    assert full_days(2, taken) == []
    assert full_days(2, taken, taken) == ["The host is full on 2027-03-01: 2 of 2 desks are taken."]


def test_desks_taken_one_after_the_other_are_one_desk() -> None:
    first = period(ARRIVAL, date(2027, 3, 10))
    second = period(date(2027, 3, 11), DEPARTURE)
    assert full_days(2, first, second) == []


def test_the_fullest_day_in_the_middle_decides() -> None:
    first = period(date(2027, 3, 5), date(2027, 3, 20))
    second = period(date(2027, 3, 15), date(2027, 3, 25))
    assert full_days(2, first, second) == [
        "The host is full on 2027-03-15: 2 of 2 desks are taken."
    ]


def test_the_lifecycle_is_this_table() -> None:
    assert {
        name: (
            sorted(str(state) for state in way.sources),
            str(way.target),
            sorted(str(role) for role in ACTIONS[way.action].by),
        )
        for name, way in TRANSITIONS.items()
    } == {
        "submit": (["DRAFT"], "SUBMITTED", ["FOUNDER", "HOME"]),
        "review": (["SUBMITTED"], "IN_REVIEW", ["HOST"]),
        "accept": (["IN_REVIEW"], "ACCEPTED", ["HOST"]),
        "decline": (["IN_REVIEW", "SUBMITTED"], "DECLINED", ["HOST"]),
        "withdraw": (
            ["ACCEPTED", "DRAFT", "IN_REVIEW", "SUBMITTED"],
            "WITHDRAWN",
            ["FOUNDER", "HOME"],
        ),
        "confirm": (["ACCEPTED"], "CONFIRMED", ["HOST"]),
        "cancel": (
            ["ACCEPTED", "ACTIVE", "CONFIRMED"],
            "CANCELLED",
            ["FOUNDER", "HOME", "HOST"],
        ),
        "start": (["CONFIRMED"], "ACTIVE", ["HOST"]),
        "complete": (["ACTIVE"], "COMPLETED", ["HOST"]),
        "close": (["COMPLETED"], "CLOSED", ["FOUNDER", "HOME"]),
    }


@pytest.mark.parametrize("state", list(StayState))
@pytest.mark.parametrize("name", list(TRANSITIONS))
def test_a_transition_is_refused_from_every_state_that_is_not_its_source(
    name: str, state: StayState
) -> None:
    way = TRANSITIONS[name]
    found = transition_problems(
        transition=way,
        state=state,
        arrival=ARRIVAL,
        departure=DEPARTURE,
        today=DEPARTURE if way.not_before == "departure" else ARRIVAL,
    )
    expected = [] if state in way.sources else [Code.WRONG_STATE]
    assert [problem.code for problem in found] == expected


@pytest.mark.parametrize(
    ("name", "state", "today", "codes"),
    [
        ("start", StayState.CONFIRMED, date(2027, 2, 28), [Code.TOO_EARLY]),
        ("start", StayState.CONFIRMED, ARRIVAL, []),
        ("start", StayState.CONFIRMED, DEPARTURE, []),
        ("start", StayState.CONFIRMED, date(2027, 3, 31), [Code.TOO_LATE]),
        ("submit", StayState.DRAFT, ARRIVAL, []),
        ("submit", StayState.DRAFT, date(2027, 3, 2), [Code.TOO_LATE]),
        ("accept", StayState.IN_REVIEW, ARRIVAL, []),
        ("accept", StayState.IN_REVIEW, date(2027, 3, 2), [Code.TOO_LATE]),
        ("confirm", StayState.ACCEPTED, DEPARTURE, []),
        ("confirm", StayState.ACCEPTED, date(2027, 3, 31), [Code.TOO_LATE]),
        ("complete", StayState.ACTIVE, date(2027, 3, 29), [Code.TOO_EARLY]),
        ("complete", StayState.ACTIVE, DEPARTURE, []),
    ],
)
def test_transitions_have_their_days(
    name: str, state: StayState, today: date, codes: list[Code]
) -> None:
    found = transition_problems(
        transition=TRANSITIONS[name], state=state, arrival=ARRIVAL, departure=DEPARTURE, today=today
    )
    assert [problem.code for problem in found] == codes


def test_every_side_of_a_stay_can_do_something() -> None:
    sides = {role for way in TRANSITIONS.values() for role in ACTIONS[way.action].by}
    assert sides == {Role.FOUNDER, Role.HOME, Role.HOST}

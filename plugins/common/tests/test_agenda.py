"""Appointments: order, collisions, and the calendar file."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from softlanding_common.agenda import (
    Appointment,
    calendar_text,
    end_of,
    in_order,
    overlapping,
)

VILNIUS = ZoneInfo("Europe/Vilnius")
PARIS = ZoneInfo("Europe/Paris")


def appointment(
    uid: str, begins: datetime, minutes: int = 60, place: str | None = None
) -> Appointment:
    return Appointment(
        uid=uid, begins=begins, ends=end_of(begins, minutes), title=f"Meeting {uid}", place=place
    )


def at(hour: int, minute: int = 0, *, day: int = 9, zone: ZoneInfo = VILNIUS) -> datetime:
    return datetime(2027, 6, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("second", "collides"),
    [
        (at(9), False),
        (at(9, 1), True),
        (at(10), True),
        (at(10, 59), True),
        (at(11), False),
        (at(10, day=10), False),
        (at(9, zone=PARIS), True),
        (at(10, zone=PARIS), False),
    ],
)
def test_two_appointments_collide_when_they_share_a_moment(
    second: datetime, collides: bool
) -> None:
    one, other = appointment("a", at(10)), appointment("b", second)
    assert (overlapping([one, other]) is not None) is collides
    assert one.overlaps(other) is other.overlaps(one) is collides


def test_nothing_collides_with_nothing() -> None:
    assert overlapping([]) is None
    assert overlapping([appointment("a", at(10))]) is None


def test_the_first_collision_in_time_is_found_whatever_the_order() -> None:
    long = appointment("long", at(9), 240)
    inside, later = appointment("inside", at(10), 15), appointment("later", at(11), 15)
    apart = appointment("apart", at(13))
    for order in permutations([long, inside, later, apart]):
        assert overlapping(order) == (long, inside)


def test_a_long_appointment_collides_also_past_a_short_one_that_touches_it() -> None:
    before, long = appointment("before", at(8)), appointment("long", at(9), 240)
    late = appointment("late", at(12, 30))
    assert overlapping([before, late, long]) == (long, late)


@given(
    st.lists(
        st.tuples(st.integers(min_value=0, max_value=200), st.integers(min_value=15, max_value=60)),
        max_size=8,
    )
)
def test_a_collision_is_found_exactly_when_a_pair_overlaps(given: list[tuple[int, int]]) -> None:
    appointments = [
        appointment(str(number), at(8) + timedelta(minutes=start), minutes)
        for number, (start, minutes) in enumerate(given)
    ]
    pairs = [(one, other) for one, other in permutations(appointments, 2) if one.overlaps(other)]
    found = overlapping(appointments)
    assert (found in pairs) if pairs else (found is None)


def test_the_hour_that_the_clock_shows_twice_is_two_hours() -> None:
    first = datetime(2027, 10, 31, 3, 30, tzinfo=VILNIUS)
    again = first.replace(fold=1)
    one, other = appointment("first", first, 30), appointment("again", again, 30)
    assert overlapping([other, one]) is None
    assert in_order([other, one]) == [one, other]
    assert end_of(first, 60) == again
    assert end_of(first, 60).fold == 1


def test_the_hour_that_the_clock_leaves_out_does_not_shorten_a_meeting() -> None:
    begins = datetime(2027, 3, 28, 2, 30, tzinfo=VILNIUS)
    assert end_of(begins, 60).isoformat() == "2027-03-28T04:30:00+03:00"


def test_a_time_without_a_zone_is_refused() -> None:
    begins = at(10)
    with pytest.raises(ValueError, match="x has a time without a time zone"):
        Appointment(uid="x", begins=begins.replace(tzinfo=None), ends=begins, title="x")
    with pytest.raises(ValueError, match="x has a time without a time zone"):
        Appointment(uid="x", begins=begins, ends=begins.replace(tzinfo=None), title="x")


def test_an_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(ValueError, match="x ends before it begins"):
        Appointment(uid="x", begins=at(10), ends=at(9, 59), title="x")


def test_the_calendar_holds_every_appointment_with_its_zone() -> None:
    text = calendar_text(
        [appointment("b", at(14), 45), appointment("a", at(10), place="Room 1; first floor")],
        "Example",
    )
    calendar = Calendar.from_ical(text)
    assert calendar["prodid"] == "-//Soft Landing//Example//EN"
    assert [zone.tz_name for zone in calendar.timezones] == ["Europe/Vilnius"]
    assert [
        (
            str(event["uid"]),
            str(event["summary"]),
            event.decoded("dtstart").isoformat(),
            event.decoded("dtend").isoformat(),
            event.decoded("dtstamp").isoformat(),
            str(event.get("location")),
        )
        for event in calendar.events
    ] == [
        (
            "a",
            "Meeting a",
            "2027-06-09T10:00:00+03:00",
            "2027-06-09T11:00:00+03:00",
            "2027-06-09T07:00:00+00:00",
            "Room 1; first floor",
        ),
        (
            "b",
            "Meeting b",
            "2027-06-09T14:00:00+03:00",
            "2027-06-09T14:45:00+03:00",
            "2027-06-09T11:00:00+00:00",
            "None",
        ),
    ]


def test_the_calendar_is_written_as_the_standard_asks() -> None:
    text = calendar_text([appointment("a", at(10), place="Ž" * 100)], "Example")
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("\n") == text.count("\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_the_same_appointments_give_the_same_text_whatever_their_order() -> None:
    zones = [VILNIUS, PARIS, ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London")]
    given = [appointment(zone.key, at(10, zone=zone)) for zone in zones]
    texts = {calendar_text(order, "Example") for order in permutations(given)}
    assert len(texts) == 1
    assert [zone.tz_name for zone in Calendar.from_ical(texts.pop()).timezones] == [
        "Europe/Berlin",
        "Europe/London",
        "Europe/Paris",
        "Europe/Vilnius",
    ]


@pytest.mark.parametrize("year", [1950, 2099])
def test_the_first_and_the_last_year_of_a_form_can_be_written(year: int) -> None:
    begins = datetime(year, 12, 31, 23, 30, tzinfo=VILNIUS)
    text = calendar_text([appointment("a", begins, 240)], "Example")
    assert f"DTSTART;TZID=Europe/Vilnius:{year}1231T233000" in text
    assert f"DTEND;TZID=Europe/Vilnius:{year + 1}0101T033000" in text


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=2))])
def test_a_zone_without_a_name_needs_no_description(zone: timezone) -> None:
    text = calendar_text([appointment("a", datetime(2027, 6, 9, 10, tzinfo=zone))], "Example")
    assert list(Calendar.from_ical(text).timezones) == []


def test_no_appointments_are_an_empty_calendar() -> None:
    assert calendar_text([], "Example") == (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Soft Landing//Example//EN\r\nEND:VCALENDAR\r\n"
    )

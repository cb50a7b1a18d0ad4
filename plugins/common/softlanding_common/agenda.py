"""Appointments of a stay: whether they collide, and as a calendar file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """Something that takes place from `begins` to `ends`, both with a time zone.

    `uid` names it in calendars. Raises `ValueError` for a time without a zone, which would be
    another moment on each machine, and for an end before the beginning.
    """

    uid: str
    begins: datetime
    ends: datetime
    title: str
    place: str | None = None

    def __post_init__(self) -> None:
        if self.begins.utcoffset() is None or self.ends.utcoffset() is None:
            raise ValueError(f"the appointment {self.uid} has a time without a time zone")
        # Moments of one zone are compared by what the clock shows, and in autumn it shows an
        # hour twice; so all comparisons here are of time stamps.
        if self.ends.timestamp() < self.begins.timestamp():
            raise ValueError(f"the appointment {self.uid} ends before it begins")

    def overlaps(self, other: "Appointment") -> bool:
        """Tell whether both take a moment; one may begin when the other ends."""
        return (
            self.begins.timestamp() < other.ends.timestamp()
            and other.begins.timestamp() < self.ends.timestamp()
        )


def end_of(begins: datetime, minutes: int) -> datetime:
    """Return the moment `minutes` after `begins`, in its zone, also across a change of clocks."""
    return (begins.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(begins.tzinfo)


def in_order(appointments: Iterable[Appointment]) -> list[Appointment]:
    """Return appointments by beginning, those that begin together by end and uid."""
    return sorted(
        appointments, key=lambda one: (one.begins.timestamp(), one.ends.timestamp(), one.uid)
    )


def overlapping(appointments: Iterable[Appointment]) -> tuple[Appointment, Appointment] | None:
    """Return the first two that take a moment both, or None; one may begin as another ends.

    First is the pair whose second appointment begins first.
    """
    longest: Appointment | None = None
    for one in in_order(appointments):
        if longest is not None and longest.overlaps(one):
            return longest, one
        if longest is None or longest.ends.timestamp() < one.ends.timestamp():
            longest = one
    return None


def calendar_text(appointments: Iterable[Appointment], product: str) -> str:
    """Return appointments as iCalendar (RFC 5545), with the time zones that they use.

    `product` names the part of Soft Landing that wrote it. The same appointments, in any order,
    always give the same text.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Soft Landing//{product}//EN")
    calendar.add("version", "2.0")
    for one in in_order(appointments):
        event = Event()
        event.add("uid", one.uid)
        # The stamp is that of the appointment, not of the moment, so that nothing changes by
        # itself.
        event.add("dtstamp", one.begins.astimezone(UTC))
        event.add("dtstart", one.begins)
        event.add("dtend", one.ends)
        event.add("summary", one.title)
        if one.place is not None:
            event.add("location", one.place)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    # The zones come from a set; with more than one their order would be left to chance.
    zones = sorted(calendar.timezones, key=lambda zone: zone.tz_name)
    calendar.subcomponents = [*zones, *calendar.events]
    text: bytes = calendar.to_ical()
    return text.decode()

"""Meetings with researchers: when they are, whether they collide, and as a calendar."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from softlanding import StaySnapshot, is_working_day
from softlanding_imt_starter.identifiers import orcid_of
from softlanding_imt_starter.research_match.form import ResearchContact

EVRY = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One agreed meeting; `orcid` is written with hyphens."""

    orcid: str
    begins: datetime
    ends: datetime
    room: str | None = None

    def overlaps(self, other: "Slot") -> bool:
        """Tell whether both take a moment; one may begin when the other ends."""
        return self.begins < other.ends and other.begins < self.ends


def slots(contacts: Iterable[ResearchContact]) -> list[Slot]:
    """Return the agreed meetings in their order; contacts without a valid ORCID are left out."""
    return sorted(_slots(contacts), key=lambda slot: (slot.begins, slot.orcid))


def _slots(contacts: Iterable[ResearchContact]) -> Iterator[Slot]:
    for contact in contacts:
        orcid = orcid_of(contact.orcid)
        if contact.meeting is None or orcid is None:
            continue
        start = time.fromisoformat(contact.meeting.starts_at)
        begins = datetime.combine(contact.meeting.day, start, EVRY)
        yield Slot(
            orcid=orcid,
            begins=begins,
            ends=begins + timedelta(minutes=contact.meeting.minutes),
            room=contact.meeting.room,
        )


def collision(own: Sequence[Slot]) -> tuple[Slot, Slot] | None:
    """Return the first two meetings of a start-up that overlap."""
    return next((pair for pair in combinations(own, 2) if pair[0].overlaps(pair[1])), None)


def double_booking(own: Iterable[Slot], others: Sequence[Slot]) -> Slot | None:
    """Return the first meeting whose researcher meets somebody else then."""
    for slot in own:
        if any(slot.orcid == other.orcid and slot.overlaps(other) for other in others):
            return slot
    return None


def is_meeting_day(day: date, stay: StaySnapshot) -> bool:
    """Tell whether a day lies inside the stay and is a French working day."""
    return stay.arrival <= day <= stay.departure and is_working_day(day, "FR")


def calendar_text(own: Iterable[Slot], stay: StaySnapshot, names: dict[str, str]) -> str:
    """Return the meetings as iCalendar; the same meetings always give the same text."""
    calendar = Calendar()
    calendar.add("prodid", "-//Soft Landing//IMT Starter//EN")
    calendar.add("version", "2.0")
    for slot in own:
        event = Event()
        event.add("uid", f"{stay.id}-{slot.orcid}-{slot.begins:%Y%m%dT%H%M}")
        # The stamp is that of the meeting, not of the moment, so that nothing changes by itself.
        event.add("dtstamp", slot.begins.astimezone(ZoneInfo("UTC")))
        event.add("dtstart", slot.begins)
        event.add("dtend", slot.ends)
        event.add("summary", f"{stay.startup.name}: {names.get(slot.orcid, slot.orcid)}")
        if slot.room is not None:
            event.add("location", slot.room)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    text: bytes = calendar.to_ical()
    return text.decode()

"""Meetings with researchers: when they are, whether they collide, and as a calendar."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from softlanding import StaySnapshot, is_working_day
from softlanding_common import agenda
from softlanding_common.agenda import Appointment, end_of, overlapping
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

    def appointment(self, *, uid: str = "", title: str = "") -> Appointment:
        """Return the meeting as an appointment."""
        return Appointment(
            uid=uid, begins=self.begins, ends=self.ends, title=title, place=self.room
        )


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
            ends=end_of(begins, contact.meeting.minutes),
            room=contact.meeting.room,
        )


def collision(own: Sequence[Slot]) -> tuple[Slot, Slot] | None:
    """Return the first two meetings of a start-up that overlap."""
    by_uid = {str(number): slot for number, slot in enumerate(own)}
    pair = overlapping(slot.appointment(uid=uid) for uid, slot in by_uid.items())
    return None if pair is None else (by_uid[pair[0].uid], by_uid[pair[1].uid])


def double_booking(own: Iterable[Slot], others: Sequence[Slot]) -> Slot | None:
    """Return the first meeting whose researcher meets somebody else then."""
    for slot in own:
        if any(
            slot.orcid == other.orcid and slot.appointment().overlaps(other.appointment())
            for other in others
        ):
            return slot
    return None


def is_meeting_day(day: date, stay: StaySnapshot) -> bool:
    """Tell whether a day lies inside the stay and is a French working day."""
    return stay.arrival <= day <= stay.departure and is_working_day(day, "FR")


def calendar_text(own: Iterable[Slot], stay: StaySnapshot, names: Mapping[str, str]) -> str:
    """Return the meetings as iCalendar; the same meetings always give the same text."""
    appointments = [
        slot.appointment(
            uid=f"{stay.id}-{slot.orcid}-{slot.begins:%Y%m%dT%H%M}",
            title=f"{stay.startup.name}: {names.get(slot.orcid, slot.orcid)}",
        )
        for slot in own
    ]
    return agenda.calendar_text(appointments, "IMT Starter")

"""What is wrong with the chosen researchers and their meetings."""

from collections.abc import Sequence

from softlanding import Fact, Outcome, StaySnapshot, Verdict
from softlanding_imt_starter.directory import Directory
from softlanding_imt_starter.identifiers import orcid_of
from softlanding_imt_starter.research_match.form import ResearchMatch
from softlanding_imt_starter.research_match.meetings import (
    Slot,
    collision,
    double_booking,
    is_meeting_day,
)
from softlanding_imt_starter.texts import told


def contact_fault(answers: ResearchMatch, directory: Directory) -> Verdict | None:
    """Return the first researcher whose ORCID is wrong, or who is not listed.

    One who is not open to contact is told of as if not there.
    """
    for contact in answers.contacts:
        orcid = orcid_of(contact.orcid)
        if orcid is None:
            return _failed(
                "ORCID_INVALID",
                told(
                    "{orcid} is no ORCID: its check digit does not hold.",
                    orcid=contact.orcid,
                ),
            )
        listed = directory.researchers.get(orcid)
        if listed is None or not listed.open_to_contact:
            return _failed(
                "RESEARCHER_UNKNOWN",
                told(
                    "The directory lists no researcher {orcid} who is open to contact.",
                    orcid=orcid,
                ),
            )
    return None


def meeting_fault(
    own: Sequence[Slot], others: Sequence[Slot], stay: StaySnapshot
) -> Verdict | None:
    """Return a collision of meetings, or that none lies on a working day of the stay."""
    if pair := collision(own):
        return _failed(
            "MEETINGS_COLLIDE",
            told(
                "Two meetings overlap: {first} and {second}.",
                first=_shown(pair[0]),
                second=_shown(pair[1]),
            ),
        )
    if slot := double_booking(own, others):
        return _failed(
            "RESEARCHER_BOOKED",
            told(
                "The researcher already meets another start-up then: {slot}.",
                slot=_shown(slot),
            ),
        )
    if not any(is_meeting_day(slot.begins.date(), stay) for slot in own):
        return _failed(
            "NO_MEETING",
            told(
                "No meeting lies on a French working day from {arrival} to {departure}."
                " Agree on at least one.",
                arrival=stay.arrival,
                departure=stay.departure,
            ),
            Fact(name="meetings", value=len(own), unit="meetings"),
        )
    return None


def _shown(slot: Slot) -> str:
    return f"{slot.begins:%Y-%m-%d %H:%M}-{slot.ends:%H:%M} ({slot.orcid})"


def _failed(code: str, message: dict[str, str], *facts: Fact) -> Verdict:
    return Verdict(outcome=Outcome.FAILED, code=code, message=message, facts=facts)

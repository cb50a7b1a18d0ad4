"""What an attendance log adds up to."""

from dataclasses import dataclass
from decimal import Decimal

from softlanding_common.roster import same_name
from softlanding_gtec.founder_school.form import GtecFounderSchool


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """Hours and topics attended, and the topics that were offered and missed, by name."""

    hours: Decimal
    topics: tuple[str, ...]
    missed: tuple[str, ...]


def attendance_of(log: GtecFounderSchool) -> Attendance:
    """Return what was attended; a topic is attended when one of its sessions was."""
    attended: dict[str, str] = {}
    offered: dict[str, str] = {}
    for session in log.sessions:
        key = same_name(session.topic)
        offered.setdefault(key, session.topic)
        if session.attended:
            attended.setdefault(key, session.topic)
    return Attendance(
        hours=sum((one.hours for one in log.sessions if one.attended), Decimal(0)),
        topics=tuple(attended.values()),
        missed=tuple(topic for key, topic in offered.items() if key not in attended),
    )

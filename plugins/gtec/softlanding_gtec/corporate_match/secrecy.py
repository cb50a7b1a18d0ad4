"""Whether something confidential is told before an agreement on secrecy is signed."""

from collections.abc import Iterator
from datetime import date

from softlanding_common.findings import Finding, failed
from softlanding_common.roster import same_name
from softlanding_gtec.corporate_match.form import GtecCorporateMatch
from softlanding_gtec.texts import told


def secrecy_findings(answers: GtecCorporateMatch, today: date) -> Iterator[Finding]:
    """Yield the first confidential meeting of each party without an NDA of an earlier day.

    An NDA dated after today is not signed yet; one of the day of the meeting is not certain to
    come before it.
    """
    signed: dict[str, date] = {}
    for nda in answers.ndas:
        if nda.signed_on <= today:
            key = same_name(nda.party)
            signed[key] = min(nda.signed_on, signed.get(key, nda.signed_on))
    seen: set[str] = set()
    for meeting in sorted(answers.meetings, key=lambda meeting: meeting.day):
        key = same_name(meeting.party)
        if not meeting.confidential or key in seen:
            continue
        seen.add(key)
        if key not in signed:
            yield failed(
                "NDA_MISSING",
                told(
                    "The meeting with {party} on {day} is confidential but the NDA is missing.",
                    party=meeting.party,
                    day=meeting.day,
                ),
            )
        elif signed[key] >= meeting.day:
            yield failed(
                "NDA_TOO_LATE",
                told(
                    "The meeting with {party} on {day} is confidential but the NDA is of {signed},"
                    " not before it.",
                    party=meeting.party,
                    day=meeting.day,
                    signed=signed[key],
                ),
            )

"""Whether those who are named in a form are those who travel."""

import unicodedata
from collections.abc import Iterable

from softlanding import StaySnapshot
from softlanding_common.findings import Finding, failed
from softlanding_common.texts import told


def same_name(name: str) -> str:
    """Return a name so that two spellings of it compare equal: case, spaces, composed letters."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def roster_findings(stay: StaySnapshot, names: Iterable[str]) -> list[Finding]:
    """Tell who travels and is not among `names`, and who is among them and does not travel."""
    named = {same_name(name): name for name in names}
    travelling = {same_name(one.name): one.name for one in stay.travellers}
    findings = []
    if missing := [name for key, name in travelling.items() if key not in named]:
        findings.append(
            failed("TRAVELLER_MISSING", told("Nothing is noted for: {names}.", names=missing))
        )
    if unknown := [name for key, name in named.items() if key not in travelling]:
        findings.append(
            failed(
                "TRAVELLER_UNKNOWN",
                told("Not among the travellers of the stay: {names}.", names=unknown),
            )
        )
    return findings

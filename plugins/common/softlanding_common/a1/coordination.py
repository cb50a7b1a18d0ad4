"""Between which countries the social security of workers is coordinated, and by what.

In the EU, the EEA and Switzerland the A1 certificate shows it (Article 14 of Regulation (EC)
987/2009); between the EU and the United Kingdom the certificate for detached workers of the
Trade and Cooperation Agreement. It is needed for every work across a border, even of one day.
"""

from softlanding import AllOf, AnyOf, Condition, Described, Is
from softlanding_common.countries import EEA_AND_SWITZERLAND, EU

_COVERED = sorted(EEA_AND_SWITZERLAND | {"GB"})

COORDINATED: Condition = AllOf(
    AnyOf(*(Is("startup.country", code) for code in _COVERED)),
    AnyOf(*(Is("host.country", code) for code in _COVERED)),
)
"""Start-up and host are both in the EU, the EEA, Switzerland or the United Kingdom."""


class Coordination(Described):
    """What coordinates social security between two countries."""

    A1 = "A1", "The regulations of the EU; shown by the A1 certificate."
    TCA = "TCA", "The Trade and Cooperation Agreement between the EU and the United Kingdom."


def coordination(home: str, host: str) -> Coordination | None:
    """Return what holds between two countries by their codes, or None where it is not known."""
    if {home, host} <= EEA_AND_SWITZERLAND:
        return Coordination.A1
    if "GB" in {home, host} and not EU.isdisjoint({home, host}):
        return Coordination.TCA
    return None

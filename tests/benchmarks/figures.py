"""What was measured: rounds by side, their medians and ratios, and what starting costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from softlanding.storage.engines import Dialect

PLANNED = "planned"
UNPLANNED = "graphql-core"
BY_HAND = "by hand"
WITH_FIELD = "with the field"


def grown(scale: int) -> str:
    """Return the name of the planned side over more data."""
    return PLANNED if scale == 1 else f"planned x{scale}"


@dataclass(frozen=True)
class Round:
    """Figures of one side in one round. CPU is that of the server process."""

    per_second: float
    cpu_milliseconds: float


@dataclass(frozen=True)
class Figures:
    """Figures of one operation, by side, round by round."""

    operation: str
    sides: Mapping[str, Sequence[Round]]

    @property
    def key(self) -> str:
        """The first word of the operation's name."""
        return self.operation.partition(" ")[0]

    def middle(self, side: str) -> Round:
        """Return the medians of a side."""
        rounds = self.sides[side]
        return Round(
            per_second=median(one.per_second for one in rounds),
            cpu_milliseconds=median(one.cpu_milliseconds for one in rounds),
        )

    def speed(self, side: str, against: str) -> float:
        """Return the requests per second of a side as a multiple of another's."""
        return self.middle(side).per_second / self.middle(against).per_second

    def cpu(self, side: str, against: str) -> float:
        """Return the CPU per request of a side as a multiple of another's."""
        return self.middle(side).cpu_milliseconds / self.middle(against).cpu_milliseconds

    def spread(self, side: str, against: str) -> tuple[float, float]:
        """Return the least and the greatest ratio among rounds that followed each other."""
        pairs = zip(self.sides[side], self.sides[against], strict=True)
        ratios = [one.per_second / other.per_second for one, other in pairs]
        return min(ratios), max(ratios)


@dataclass(frozen=True)
class Starting:
    """Seconds from `softlanding serve` to the first answer; memory by stage, in megabytes.

    The last stage is the one after load.
    """

    seconds: float
    memory: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Measured:
    """All that was measured over one database. `field` is Q2 with a plugin's field, if asked."""

    dialect: Dialect
    scales: Sequence[int]
    compared: int
    operations: Sequence[Figures]
    field: Figures | None
    starting: Starting

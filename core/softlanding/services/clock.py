"""The one clock. Everything that needs a day or a time is given it from here."""

from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """Today, and the time now in UTC."""

    def today(self) -> date:
        """Return the day that rules are applied on."""

    def now(self) -> datetime:
        """Return the time that rows are stamped with."""


class SystemClock:
    """The machine's clock, in UTC."""

    def today(self) -> date:
        """Return the machine's day."""
        return self.now().date()

    def now(self) -> datetime:
        """Return the machine's time."""
        return datetime.now(UTC)


class FrozenClock:
    """A day that stands still, for the demo and for tests; the time of day goes on."""

    def __init__(self, today: date) -> None:
        self._today = today

    def today(self) -> date:
        """Return the frozen day."""
        return self._today

    def now(self) -> datetime:
        """Return the machine's time of day on the frozen day."""
        return datetime.combine(self._today, datetime.now(UTC).timetz())

    def move_to(self, day: date) -> None:
        """Make `day` today."""
        self._today = day

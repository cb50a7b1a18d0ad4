"""Undertaking in difficulty: losses against subscribed capital, Regulation (EU) 651/2014."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from softlanding import add_months


@dataclass(frozen=True, kw_only=True)
class Losses:
    """Losses that are not covered by reserves, and the capital they eat; in euros."""

    net: Decimal
    capital: Decimal

    @property
    def share(self) -> Decimal | None:
        """Net losses in percent of the capital; None without capital."""
        return self.net * 100 / self.capital if self.capital else None

    def are_above(self, limit_pct: Decimal) -> bool:
        """Tell whether they eat more than this share of the capital; exactly it is not more."""
        return self.net * 100 > self.capital * limit_pct


def losses(
    *,
    share_capital: Decimal,
    share_premium: Decimal,
    reserves: Decimal,
    accumulated_losses: Decimal,
) -> Losses:
    """Return the losses left after reserves, never below 0, and capital with premium."""
    return Losses(
        net=max(accumulated_losses - reserves, Decimal(0)), capital=share_capital + share_premium
    )


def exempt_until(founded_on: date, months: int) -> date:
    """Return the first day on which a young SME is no longer exempt."""
    return add_months(founded_on, months)


def full_years(founded_on: date, day: date) -> int:
    """Return the age in full years on a day."""
    years = 0
    while add_months(founded_on, (years + 1) * 12) <= day:
        years += 1
    return years

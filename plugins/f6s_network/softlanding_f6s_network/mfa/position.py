"""Where a start-up stands with minimal financial assistance, as figures and as facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from softlanding import Fact, RulesInForce
from softlanding_common.euros import money_fact
from softlanding_f6s_network.mfa.form import SubsidyGrant

CURRENCY = "GBP"


@dataclass(frozen=True, kw_only=True)
class Position:
    """Amounts in pounds. `used` is without the new amount; `headroom` is never below 0."""

    window_start: date
    used: Decimal
    new: Decimal
    ceiling: Decimal
    transparency_above: Decimal

    @property
    def fits(self) -> bool:
        """Whether the new amount fits below the ceiling."""
        return self.used + self.new <= self.ceiling

    @property
    def headroom(self) -> Decimal:
        """What is left before the new amount."""
        return max(self.ceiling - self.used, Decimal(0))

    @property
    def published(self) -> bool:
        """Whether the new amount is one that the authority publishes."""
        return self.new > self.transparency_above


def window_start(day: date, first_month: int, previous_years: int) -> date:
    """Return the first day of the financial year so many years before that of `day`.

    Financial years begin on the first of `first_month`: for 2026-11-22, 4 and 2 it is 2024-04-01.
    """
    running = day.year if day.month >= first_month else day.year - 1
    return date(running - previous_years, first_month, 1)


def position_on(
    day: date, grants: Iterable[SubsidyGrant], new: Decimal, rules: RulesInForce
) -> Position:
    """Return the position on `day`; what is given after it counts too, to be cautious."""
    start = window_start(
        day, rules.integer("financial_year_month"), rules.integer("previous_financial_years")
    )
    return Position(
        window_start=start,
        used=sum((one.amount.amount for one in grants if one.given_on >= start), Decimal(0)),
        new=new,
        ceiling=rules.decimal("ceiling"),
        transparency_above=rules.decimal("transparency_above"),
    )


def position_facts(position: Position) -> tuple[Fact, ...]:
    """Return the position as facts; `Startup.f6sNetwork.subsidyPosition` is read from them."""
    return (
        Fact(name="window_start", value=position.window_start),
        money_fact("used", position.used, CURRENCY),
        money_fact("new_amount", position.new, CURRENCY),
        money_fact("ceiling", position.ceiling, CURRENCY),
        money_fact("headroom", position.headroom, CURRENCY),
        money_fact("transparency_above", position.transparency_above, CURRENCY),
        Fact(name="transparency", value=position.published),
    )

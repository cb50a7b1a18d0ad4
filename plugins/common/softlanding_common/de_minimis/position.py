"""Where an undertaking stands with its aid from one state, as figures and as facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from softlanding import Fact, RulesInForce
from softlanding_common.aid import Aid, first_day_below, used_on, window_start
from softlanding_common.euros import euro_fact

AGRICULTURE, FISHERY = "01", "03"


@dataclass(frozen=True, kw_only=True)
class Position:
    """Aid of one state on the day the new aid would be granted; amounts in euros.

    `used` is without the stay, `headroom` what was left before it, never below 0.
    """

    state: str
    day: date
    window_start: date
    used: Decimal
    stay_value: Decimal
    ceiling: Decimal
    warning_from: Decimal
    first_date_below: date | None
    later: Decimal

    @property
    def total(self) -> Decimal:
        """Used, and the stay."""
        return self.used + self.stay_value

    @property
    def headroom(self) -> Decimal:
        """What was left below the ceiling before the stay."""
        return max(self.ceiling - self.used, Decimal(0))


def ceiling_for(nace: str | None, rules: RulesInForce) -> Decimal:
    """Return the ceiling for a NACE class; fishery has none that is verified."""
    division = (nace or "")[:2]
    if division == FISHERY:
        return rules.decimal("fishery_ceiling")
    return rules.decimal("agriculture_ceiling" if division == AGRICULTURE else "ceiling")


def position_on(
    day: date,
    aid: Sequence[Aid],
    *,
    state: str,
    stay_value: Decimal,
    nace: str | None,
    rules: RulesInForce,
) -> Position:
    """Return the position on `day`; `later` is aid dated after it."""
    months = rules.integer("window_months")
    ceiling = ceiling_for(nace, rules)
    return Position(
        state=state,
        day=day,
        window_start=window_start(day, months),
        used=used_on(aid, day, months),
        stay_value=stay_value,
        ceiling=ceiling,
        warning_from=ceiling * rules.decimal("warning_share") / 100,
        first_date_below=first_day_below(
            aid, new=stay_value, ceiling=ceiling, day=day, months=months
        ),
        later=sum((one.amount for one in aid if one.granted_on > day), Decimal(0)),
    )


def position_facts(position: Position) -> tuple[Fact, ...]:
    """Return the position as the facts of a verdict."""
    return (
        Fact(name="state", value=position.state),
        Fact(name="granted_on", value=position.day),
        Fact(name="window_start", value=position.window_start),
        euro_fact("aid_used", position.used),
        euro_fact("stay_value", position.stay_value),
        euro_fact("aid_total", position.total),
        euro_fact("ceiling", position.ceiling),
        euro_fact("headroom", position.headroom),
        euro_fact("warning_from", position.warning_from),
        Fact(name="first_date_below", value=position.first_date_below),
    )

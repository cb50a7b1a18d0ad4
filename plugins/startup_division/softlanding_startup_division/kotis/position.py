"""Where a start-up and its group stand with aid from Lithuania, by the rows of an extract."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from softlanding import Fact, Money, RulesInForce
from softlanding_common.aid import Aid, release_day, used_on, window_start
from softlanding_common.de_minimis.form import DeMinimisRegime
from softlanding_common.de_minimis.position import ceiling_for
from softlanding_common.euros import euro_fact
from softlanding_startup_division.kotis.form import KotisRow


@dataclass(frozen=True, kw_only=True)
class Release:
    """The first day on which some aid no longer counts, and how much that is, in euros."""

    day: date
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Position:
    """Aid from Lithuania on a day, in euros. `used` counts what is reserved, not the new aid."""

    window_start: date
    used: Decimal
    reserved: Decimal
    new: Decimal
    ceiling: Decimal
    warning_from: Decimal
    release: Release | None

    @property
    def total(self) -> Decimal:
        """Used, and the new aid."""
        return self.used + self.new

    @property
    def headroom(self) -> Decimal:
        """What is left below the ceiling before the new aid."""
        return max(self.ceiling - self.used, Decimal(0))


def position_on(
    day: date,
    rows: Sequence[KotisRow],
    *,
    new: Decimal,
    nace: str | None,
    rules: RulesInForce,
) -> Position:
    """Return the position on `day`.

    Aid of another regime does not count. A reserved amount without a day, or with a later one,
    counts as if it were granted on `day`; when it will be released is not known yet.
    """
    rows = [row for row in rows if row.regime is DeMinimisRegime.DE_MINIMIS]
    months = rules.integer("window_months")
    ceiling = ceiling_for(nace, rules)
    granted = [
        Aid(granted_on=row.granted_on, amount=row.amount.amount)
        for row in rows
        if row.granted_on is not None and row.granted_on <= day
    ]
    ahead = [
        Aid(granted_on=day, amount=row.amount.amount)
        for row in rows
        if row.granted_on is None or row.granted_on > day
    ]
    first = window_start(day, months)
    return Position(
        window_start=first,
        used=used_on([*granted, *ahead], day, months),
        reserved=sum(
            (
                row.amount.amount
                for row in rows
                if row.reserved and (row.granted_on is None or row.granted_on >= first)
            ),
            Decimal(0),
        ),
        new=new,
        ceiling=ceiling,
        warning_from=ceiling * rules.decimal("warning_share") / 100,
        release=_release([one for one in granted if one.granted_on >= first], months),
    )


def _release(counted: Sequence[Aid], months: int) -> Release | None:
    days = {release_day(one.granted_on, months) for one in counted if one.amount}
    if not days:
        return None
    day = min(days)
    amount = sum(
        (one.amount for one in counted if release_day(one.granted_on, months) == day), Decimal(0)
    )
    return Release(day=day, amount=amount)


def position_facts(position: Position) -> tuple[Fact, ...]:
    """Return the position as facts of a verdict."""
    release = position.release
    return (
        Fact(name="window_start", value=position.window_start),
        euro_fact("aid_used", position.used),
        euro_fact("aid_reserved", position.reserved),
        euro_fact("new_aid", position.new),
        euro_fact("aid_total", position.total),
        euro_fact("ceiling", position.ceiling),
        euro_fact("headroom", position.headroom),
        euro_fact("warning_from", position.warning_from),
        Fact(name="next_release_on", value=None if release is None else release.day),
        euro_fact("next_release", Decimal(0) if release is None else release.amount),
    )


def euros(amount: Decimal) -> Money:
    """Return an amount for a sentence; a sum may be larger than a form accepts."""
    return Money.model_construct(amount=amount, currency="EUR")

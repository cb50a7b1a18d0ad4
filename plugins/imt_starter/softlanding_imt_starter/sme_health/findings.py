"""What the accounts say: classes by period, losses, age."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from softlanding import Fact, RulesInForce, StaySnapshot
from softlanding_common.euros import euro_fact, percent_fact
from softlanding_imt_starter.sme_health.difficulty import (
    Losses,
    exempt_until,
    full_years,
    losses,
)
from softlanding_imt_starter.sme_health.form import SmeHealth
from softlanding_imt_starter.sme_health.size import (
    Size,
    SmeClass,
    classify,
    group_size,
    missing_figures,
    public_holders,
)


@dataclass(frozen=True, kw_only=True)
class Findings:
    """The figures of the verdict; `classes` from the earlier period to the later."""

    classes: tuple[SmeClass, ...]
    size: Size
    missing: list[str]
    public: list[str]
    losses: Losses
    limit_pct: Decimal
    above_limit: bool
    age: int
    exempt_until: date
    exempt_months: int
    exempt: bool
    limits: tuple[Fact, ...]

    @property
    def sme_class(self) -> SmeClass | None:
        """The class, if it is certain.

        A class changes when two periods agree; until then that of the earlier period stays.
        """
        return None if self.missing or self.public else self.classes[0]

    def facts(self) -> tuple[Fact, ...]:
        """Return the findings as facts; `Startup.smeClass` is read from them."""
        share = self.losses.share
        return (
            Fact(name="sme_class", value=self.sme_class and str(self.sme_class)),
            Fact(name="group_headcount", value=self.size.headcount, unit="annual work units"),
            euro_fact("group_turnover", self.size.turnover),
            euro_fact("group_balance", self.size.balance),
            euro_fact("net_losses", self.losses.net),
            euro_fact("subscribed_capital", self.losses.capital),
            Fact(name="loss_share", value=None, unit="percent")
            if share is None
            else percent_fact("loss_share", share),
            percent_fact("loss_limit", self.limit_pct),
            Fact(name="age", value=self.age, unit="years"),
            Fact(name="exempt_months", value=self.exempt_months, unit="months"),
            Fact(name="exempt_until", value=self.exempt_until),
            *self.limits,
        )


def found(answers: SmeHealth, stay: StaySnapshot, rules: RulesInForce) -> Findings:
    """Work out the figures; the age counts on the day of arrival.

    Where form and start-up name different days of foundation, the earlier one counts: it ends
    the exemption sooner.
    """
    periods = sorted(answers.periods, key=lambda period: period.ends_on)
    sizes = [group_size(Size.of(period.figures), answers.owners, rules) for period in periods]
    net = losses(
        share_capital=answers.share_capital.amount,
        share_premium=answers.share_premium.amount,
        reserves=answers.reserves.amount,
        accumulated_losses=answers.accumulated_losses.amount,
    )
    limit = rules.decimal("difficulty_capital_share")
    classes = tuple(classify(size, rules) for size in sizes)
    founded = min(answers.founded_on, stay.startup.founded_on or answers.founded_on)
    exempt_months = rules.integer("difficulty_exempt_months")
    until = exempt_until(founded, exempt_months)
    return Findings(
        classes=classes,
        size=sizes[-1],
        missing=missing_figures(answers.owners, rules),
        public=public_holders(answers.owners, rules),
        losses=net,
        limit_pct=limit,
        above_limit=net.are_above(limit),
        age=full_years(founded, stay.arrival),
        exempt_until=until,
        exempt_months=exempt_months,
        # Only an SME is exempt; large is who was so in two periods.
        exempt=stay.arrival < until and classes != (SmeClass.LARGE, SmeClass.LARGE),
        limits=_limits(classify(sizes[-1], rules), rules),
    )


def _limits(sme_class: SmeClass, rules: RulesInForce) -> tuple[Fact, ...]:
    # A large enterprise is one that misses the limits of the medium class.
    name = "medium" if sme_class is SmeClass.LARGE else sme_class.lower()
    return (
        Fact(
            name="headcount_below",
            value=rules.decimal(f"{name}_headcount"),
            unit="annual work units",
        ),
        euro_fact("turnover_up_to", rules.decimal(f"{name}_turnover")),
        euro_fact("balance_up_to", rules.decimal(f"{name}_balance")),
        percent_fact("partner_from", rules.decimal("partner_from")),
        percent_fact("linked_above", rules.decimal("linked_above")),
    )

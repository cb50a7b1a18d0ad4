"""The days of all travellers who count them, and how a verdict tells them."""

from collections.abc import Sequence
from dataclasses import dataclass

from softlanding import Fact, Outcome, RulesInForce, StaySnapshot, Text, Traveller, Verdict
from softlanding_common.mobility_9090.budget import Budget
from softlanding_common.mobility_9090.form import Mobility9090, MobilityTraveller
from softlanding_common.mobility_9090.travellers import (
    budget_for,
    counted_travellers,
    told_by_name,
)
from softlanding_common.roster import same_name
from softlanding_common.texts import told


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A traveller of a stay, what the form says of the person, and the budget that follows."""

    traveller: Traveller
    given: MobilityTraveller
    budget: Budget


def count_days(answers: Mobility9090, stay: StaySnapshot, rules: RulesInForce) -> list[Counted]:
    """Return the travellers from third countries whose days are told, in the stay's order.

    `rules` are those of `common.mobility`; raises `RuleUnknown` where they do not hold.
    """
    limit, window = rules.integer("stay_days"), rules.integer("window_days")
    given = told_by_name(answers)
    return [
        Counted(
            traveller=traveller,
            given=given[key],
            budget=budget_for(given[key], stay, limit=limit, window=window),
        )
        for traveller in counted_travellers(stay)
        if (key := same_name(traveller.name)) in given
    ]


def moving_freely() -> Verdict:
    """Return the verdict where all travellers move freely."""
    return Verdict(
        outcome=Outcome.NOT_APPLICABLE,
        code="MOVING_FREELY",
        message=told("All travellers are nationals of the EU, the EEA or Switzerland."),
    )


def budget_told(counted: Counted) -> Text:
    """Say what a traveller has used and until when staying on would be lawful."""
    traveller, budget = counted.traveller, counted.budget
    if budget.latest_exit is None:
        return told(
            "{name} has used {used} of {limit} days on arrival.",
            name=traveller.name,
            used=budget.used,
            limit=budget.limit,
        )
    return told(
        "{name} has used {used} of {limit} days on arrival, {left} are left; latest lawful exit"
        " {exit}.",
        name=traveller.name,
        used=budget.used,
        limit=budget.limit,
        left=budget.remaining,
        exit=budget.latest_exit,
    )


def budget_facts(counted: Sequence[Counted], rules: RulesInForce) -> tuple[Fact, ...]:
    """Return the figures of the traveller who comes closest to the limit, without the name."""
    budgets = [one.budget for one in counted]
    worst = max(budgets, key=lambda budget: (budget.worst_total, budget.used))
    return (
        Fact(name="travellers_counted", value=len(budgets), unit="persons"),
        Fact(name="limit", value=worst.limit, unit="days"),
        Fact(name="window", value=rules.integer("window_days"), unit="days"),
        Fact(name="days_used", value=worst.used, unit="days"),
        Fact(name="days_left", value=worst.remaining, unit="days"),
        Fact(name="worst_total", value=worst.worst_total, unit="days"),
        Fact(name="first_day_over", value=worst.first_day_over),
        Fact(name="latest_exit", value=worst.latest_exit),
    )

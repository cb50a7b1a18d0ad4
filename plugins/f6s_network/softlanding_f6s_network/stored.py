"""Facts of a stored verdict, read again: they are kept as texts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from softlanding import AnsweredStep, Money
from softlanding_common.euros import money

Values: TypeAlias = Mapping[str, str]
"""The facts of a verdict by name; those without a value are left out."""


def values_of(step: AnsweredStep | None) -> Values:
    """Return the facts of a step, none when it is not there or was never checked."""
    facts = () if step is None else step.facts
    return {fact.name: str(fact.value) for fact in facts if fact.value is not None}


def money_of(values: Values, name: str, currency: str) -> Money | None:
    """Return an amount, or None without a value."""
    return money(Decimal(values[name]), currency) if name in values else None


def day_of(values: Values, name: str) -> date | None:
    """Return a day, or None without a value."""
    return date.fromisoformat(values[name]) if name in values else None

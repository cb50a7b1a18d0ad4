"""Figures of a rule file that may not have been verified."""

from decimal import Decimal

from softlanding import RulesInForce, RuleUnknown


def known(rules: RulesInForce, name: str) -> Decimal | None:
    """Return a figure, or None where none is in force or verified.

    For checks that have more to say than that the figure is unknown.
    """
    try:
        return rules.decimal(name)
    except RuleUnknown:
        return None

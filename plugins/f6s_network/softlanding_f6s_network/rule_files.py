"""The figures of the steps, read from the TOML files in `rules`."""

from functools import cache
from importlib.resources import files

from softlanding import RuleSet

KEYS = ("border", "cascade", "data_transfer", "f6s_profile", "mfa", "visitor_activities")


@cache
def rule_sets() -> tuple[RuleSet, ...]:
    """Return the rule sets, one per step with figures; a bad file is refused by name and key."""
    folder = files("softlanding_f6s_network") / "rules"
    return tuple(RuleSet.from_toml(folder / f"{key}.toml") for key in KEYS)

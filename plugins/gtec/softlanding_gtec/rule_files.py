"""The figures of the steps, read from the TOML files in `rules`."""

from functools import cache
from importlib.resources import files

from softlanding import RuleSet

KEYS = ("address", "corporate_match", "founder_school")


@cache
def rule_sets() -> tuple[RuleSet, ...]:
    """Return the rule sets of GTEC; a bad file is refused by name and key."""
    folder = files("softlanding_gtec") / "rules"
    return tuple(RuleSet.from_toml(folder / f"{key}.toml") for key in KEYS)

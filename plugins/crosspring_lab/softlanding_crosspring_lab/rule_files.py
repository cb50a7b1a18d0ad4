"""The figures of the steps, read from the TOML files in `rules`."""

from functools import cache
from importlib.resources import files

from softlanding import RuleSet

KEYS = ("facilitator_terms", "innovation_plan", "lab_sprint", "permit_screen", "registration")


@cache
def rule_sets() -> tuple[RuleSet, ...]:
    """Return the rule sets, one per step with figures; a bad file is refused by name and key."""
    folder = files("softlanding_crosspring_lab") / "rules"
    return tuple(RuleSet.from_toml(folder / f"{key}.toml") for key in KEYS)

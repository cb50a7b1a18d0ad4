"""The figures of the steps, read from the TOML files in `rules`."""

from functools import cache
from importlib.resources import files

from softlanding import RuleSet

KEYS = (
    "campus_pass",
    "follow_up_funding",
    "lab_access",
    "research_match",
    "research_profile",
    "sme_health",
)


@cache
def rule_sets() -> tuple[RuleSet, ...]:
    """Return the rule sets of this plugin; a bad file is refused by name and key."""
    folder = files("softlanding_imt_starter") / "rules"
    return tuple(RuleSet.from_toml(folder / f"{key}.toml") for key in KEYS)

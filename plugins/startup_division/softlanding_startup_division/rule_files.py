"""The figures of the steps, read from the TOML files in `rules`."""

from functools import cache
from importlib.resources import files

from softlanding import RuleSet


@cache
def rule_sets() -> tuple[RuleSet, ...]:
    """Return the rule sets of all files in the folder; a bad file is refused by name and key."""
    folder = files("softlanding_startup_division") / "rules"
    found = sorted(folder.iterdir(), key=lambda file: file.name)
    return tuple(RuleSet.from_toml(file) for file in found if file.name.endswith(".toml"))

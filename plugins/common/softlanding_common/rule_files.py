"""The figures of the steps, read from the TOML files in `rules`."""

from functools import cache
from importlib.resources import files

from softlanding import RuleSet


@cache
def rule_sets() -> tuple[RuleSet, ...]:
    """Return the rule sets of all files, by name; a bad file is refused by name and key."""
    folder = files("softlanding_common") / "rules"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return tuple(RuleSet.from_toml(folder / name) for name in names)

"""The figures of the steps, read from the TOML files in `rules`."""

from functools import cache
from importlib.resources import files

from softlanding import RuleSet


@cache
def rule_sets() -> tuple[RuleSet, ...]:
    """Return the rule sets, one per file; a bad file is refused by name and key."""
    folder = files("softlanding_common") / "rules"
    found = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml")),
        key=lambda file: file.name,
    )
    return tuple(RuleSet.from_toml(file) for file in found)

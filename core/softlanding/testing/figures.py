"""Whether figures and their files explain themselves, for `softlanding.testing.conventions`."""

from collections.abc import Collection, Iterable
from importlib.resources import files

from softlanding.contract.rules import RuleSet
from softlanding.contract.steps import Step

SHORTEST_SOURCE = 9
NOT_VERIFIED = "not verified"


def figure_faults(rule_sets: Iterable[RuleSet]) -> list[str]:
    """Return the figures whose source tells nothing, or that have a value nobody has verified.

    Without a value a check asks a person; the source then says that it is not verified.
    """
    found = []
    for rule_set in rule_sets:
        for figure in rule_set.figures:
            where = f"figure {rule_set.key}.{figure.name}"
            unverified = figure.source.startswith(NOT_VERIFIED)
            if len(figure.source) < SHORTEST_SOURCE:
                found.append(f"{where}: its source does not tell where it is from")
            if figure.value is None and not unverified:
                found.append(f"{where}: it has no value, so its source must say {NOT_VERIFIED!r}")
            if figure.value is not None and unverified:
                found.append(f"{where}: it has a value, and its source says {NOT_VERIFIED!r}")
    return found


def rule_set_faults(
    steps: Iterable[Step], rule_sets: Iterable[RuleSet], *, shared: Collection[str] = ()
) -> list[str]:
    """Return the rule sets that no step uses, or that their own step does not use."""
    used = {step.key: step.rule_set for step in steps}
    found = []
    for key in (rule_set.key for rule_set in rule_sets):
        if used.get(key, key) != key:
            found.append(f"rule set {key}: the step {key} does not use it")
        elif key not in used.values() and key not in shared:
            found.append(f"rule set {key}: no step uses it")
    return found


def file_faults(package: str, rule_sets: Iterable[RuleSet]) -> list[str]:
    """Return the rule files of a package that are not declared, or not named after their key."""
    folder = files(package) / "rules"
    if not folder.is_dir():
        return []
    declared = {rule_set.key for rule_set in rule_sets}
    found = []
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            key = RuleSet.from_toml(file).key
            if key.partition(".")[2] != file.name.removesuffix(".toml"):
                found.append(f"rule file {file.name}: its key {key} does not end with its name")
            if key not in declared:
                found.append(f"rule file {file.name}: rules() does not declare {key}")
    return found

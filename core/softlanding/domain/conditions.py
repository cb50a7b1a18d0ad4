"""When a step applies: conditions as data, evaluated with three values.

`True` and `False` are certain, `None` means that a fact is not known yet. A step whose
condition is unknown applies, so that nothing is left out because an answer is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Facts: TypeAlias = Mapping[str, Any]
"""Facts by dotted path: `host.slug`, `startup.country`, `answers.<step key>.<field>`."""


@dataclass(frozen=True)
class Is:
    """The fact at `path` equals `value`."""

    path: str
    value: str | int | bool

    def holds(self, facts: Facts) -> bool | None:
        """Compare, or return None when the fact is not known."""
        fact = facts.get(self.path)
        return None if fact is None else fact == self.value

    def describe(self) -> str:
        """Say the condition in words."""
        return f"{self.path} is {self.value}"


@dataclass(frozen=True)
class Not:
    """The inner condition does not hold."""

    inner: "Condition"

    def holds(self, facts: Facts) -> bool | None:
        """Negate; unknown stays unknown."""
        inner = self.inner.holds(facts)
        return None if inner is None else not inner

    def describe(self) -> str:
        """Say the condition in words."""
        return f"not ({self.inner.describe()})"


@dataclass(frozen=True, init=False)
class AllOf:
    """Every inner condition holds; `AllOf()` always holds."""

    inner: tuple["Condition", ...]

    def __init__(self, *inner: "Condition") -> None:
        object.__setattr__(self, "inner", inner)

    def holds(self, facts: Facts) -> bool | None:
        """Return False as soon as one is false, None as soon as one is unknown."""
        values = [condition.holds(facts) for condition in self.inner]
        return False if False in values else None if None in values else True

    def describe(self) -> str:
        """Say the condition in words."""
        return " and ".join(condition.describe() for condition in self.inner) or "always"


@dataclass(frozen=True, init=False)
class AnyOf:
    """At least one inner condition holds."""

    inner: tuple["Condition", ...]

    def __init__(self, *inner: "Condition") -> None:
        object.__setattr__(self, "inner", inner)

    def holds(self, facts: Facts) -> bool | None:
        """Return True as soon as one is true, None as soon as one is unknown."""
        values = [condition.holds(facts) for condition in self.inner]
        return True if True in values else None if None in values else False

    def describe(self) -> str:
        """Say the condition in words."""
        return " or ".join(f"({condition.describe()})" for condition in self.inner)


Condition: TypeAlias = Is | Not | AllOf | AnyOf
ALWAYS = AllOf()


def to_data(condition: Condition) -> dict[str, Any]:
    """Return a condition as JSON, for storing."""
    if isinstance(condition, Is):
        return {"is": [condition.path, condition.value]}
    if isinstance(condition, Not):
        return {"not": to_data(condition.inner)}
    name = "all" if isinstance(condition, AllOf) else "any"
    return {name: [to_data(inner) for inner in condition.inner]}


def from_data(data: Mapping[str, Any] | None) -> Condition:
    """Return a stored condition; nothing stored is one that always holds."""
    for name, value in (data or {}).items():
        if name == "is":
            return Is(*value)
        if name == "not":
            return Not(from_data(value))
        inner = [from_data(part) for part in value]
        return AllOf(*inner) if name == "all" else AnyOf(*inner)
    return ALWAYS

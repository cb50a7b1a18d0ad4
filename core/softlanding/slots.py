"""Values that are known only when somebody asks.

A statement is written once and run for many requests: where a value depends on the request, it
holds a slot, which is read when the statement is run.
"""

from collections.abc import Callable, Iterator
from typing import Any


class Slot:
    """A value of a request, found by `get`."""

    __slots__ = ("get",)

    def __init__(self, get: Callable[[Any], Any]) -> None:
        self.get = get

    def __iter__(self) -> "Iterator[Spread]":
        """Stand for the items of a list, so that copies of the list keep the slot."""
        yield Spread(self)

    def then(self, change: Callable[[Any], Any]) -> "Slot":
        """Return the slot of a value made of this one."""
        get = self.get
        return Slot(lambda asked: change(get(asked)))


class Spread:
    """All items of a list that a slot gives."""

    __slots__ = ("slot",)

    def __init__(self, slot: Slot) -> None:
        self.slot = slot


def spread_of(values: object) -> Slot | None:
    """Return the slot whose items `values` are, or None when they are known."""
    if isinstance(values, Slot):
        return values
    if isinstance(values, list | tuple) and len(values) == 1 and isinstance(values[0], Spread):
        return values[0].slot
    return None

"""Values that are known only when somebody asks (see `softlanding.predicates.Unbound`).

A statement is written once and run for many requests: where a value depends on the request, it
holds a slot, which is read when the statement is run.
"""

from collections.abc import Callable, Iterator
from typing import Any

from softlanding.predicates import Unbound


class Slot(Unbound):
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


def without_copies(value: Any, checked: Callable[[Any], Any]) -> Any:
    """Return an input with slots again where lists of them were copied.

    `checked` returns the list that a request gives, or refuses it.
    """
    if isinstance(value, list):
        if len(value) == 1 and isinstance(value[0], Spread):
            return value[0].slot.then(checked)
        return [without_copies(item, checked) for item in value]
    if hasattr(value, "__strawberry_definition__"):
        for name, item in vars(value).items():
            setattr(value, name, without_copies(item, checked))
    return value

"""A bounded cache that a flood of new keys cannot empty."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class BoundedCache(Generic[Value]):
    """The least recently used goes first; what was asked for twice outlives what was not.

    New keys live in one segment, and move to another when they are asked for again. Each segment
    holds at most `size` keys, so keys that nobody asks for again only push out their like.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._new: OrderedDict[Hashable, Value] = OrderedDict()
        self._known: OrderedDict[Hashable, Value] = OrderedDict()

    def __len__(self) -> int:
        return len(self._new) + len(self._known)

    def get(self, key: Hashable) -> Value | None:
        """Return a value, which is then known; None where there is none."""
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        value = self._new.pop(key, None)
        if value is not None:
            self._known[key] = value
            if len(self._known) > self._size:
                self._known.popitem(last=False)
        return value

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value that is new."""
        self._new[key] = value
        if len(self._new) > self._size:
            self._new.popitem(last=False)

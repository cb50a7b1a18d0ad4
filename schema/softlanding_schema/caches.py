"""A bounded cache that a flood of new keys cannot empty."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class BoundedCache(Generic[Value]):
    """The least recently used goes first; what was asked for twice outlives what was not.

    New keys live in one segment, and move to another when they are asked for again. Each segment
    holds keys that weigh at most `size` together, so keys that nobody asks for again only push
    out their like. A key weighs 1, unless `weigh` says otherwise.
    """

    def __init__(self, size: int, weigh: Callable[[Any], int] = lambda key: 1) -> None:
        self._new: _Segment[Value] = _Segment(size, weigh)
        self._known: _Segment[Value] = _Segment(size, weigh)

    def __len__(self) -> int:
        return len(self._new.kept) + len(self._known.kept)

    def get(self, key: Hashable) -> Value | None:
        """Return a value, which is then known; None where there is none."""
        known = self._known.kept
        if key in known:
            known.move_to_end(key)
            return known[key]
        if key not in self._new.kept:
            return None
        value = self._new.take(key)
        self._known.put(key, value)
        return value

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value, in the place of an earlier one."""
        (self._known if key in self._known.kept else self._new).put(key, value)


class _Segment(Generic[Value]):
    def __init__(self, size: int, weigh: Callable[[Any], int]) -> None:
        self.kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._size = size
        self._weigh = weigh
        self._weight = 0

    def take(self, key: Hashable) -> Value:
        self._weight -= self._weigh(key)
        return self.kept.pop(key)

    def put(self, key: Hashable, value: Value) -> None:
        if key not in self.kept:
            self._weight += self._weigh(key)
        self.kept[key] = value
        while self._weight > self._size and len(self.kept) > 1:
            self.take(next(iter(self.kept)))

"""Seats: how many operations are followed at a time, by one asker and in all."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from softlanding.domain.problems import Code, Problem
from softlanding_schema.server.answers import Rejection

OF_ONE = 10
IN_ALL = 500
"""So many streams of one asker, and of all, are open at a time."""


class Seats:
    """Who follows something now."""

    def __init__(self, *, of_one: int = OF_ONE, in_all: int = IN_ALL) -> None:
        self._of_one = of_one
        self._in_all = in_all
        self._taken: Counter[bytes] = Counter()

    def __len__(self) -> int:
        return self._taken.total()

    @contextmanager
    def one(self, asker: bytes) -> Iterator[None]:
        """Take a seat for a while; raises `Rejection`."""
        if self._taken[asker] >= self._of_one:
            raise _full(
                429,
                Code.TOO_MANY_ATTEMPTS,
                f"You follow {self._of_one} things at a time, which is the most.",
                "End one first, or follow all stays at once.",
            )
        if len(self) >= self._in_all:
            raise _full(
                503, Code.UNAVAILABLE, "Too much is followed already.", "Come back in a minute."
            )
        self._taken[asker] += 1
        try:
            yield
        finally:
            self._taken[asker] -= 1
            if not self._taken[asker]:
                del self._taken[asker]


def _full(status: int, code: Code, message: str, hint: str) -> Rejection:
    return Rejection(status, Problem(code=code, message=message, hint=hint), {"retry-after": "60"})

"""News: that something was written, told to everybody in this process who waits for it."""

import asyncio
from weakref import WeakSet


class News:
    """Tells of news; each who waits has a flag of their own, since each takes it down."""

    def __init__(self) -> None:
        self._flags: WeakSet[asyncio.Event] = WeakSet()

    def flag(self) -> asyncio.Event:
        """Return a flag that goes up with the next news, for as long as somebody holds it."""
        flag = asyncio.Event()
        self._flags.add(flag)
        return flag

    def tell(self) -> None:
        """Tell that there are news."""
        for flag in self._flags:
            flag.set()

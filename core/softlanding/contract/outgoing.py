"""Asking others over HTTP, guarded: what a plugin may send, and what it is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


class NotReached(Exception):  # noqa: N818 - a sentence for whoever runs the product
    """Nobody answered, or nobody may be asked there; the message says why, without the address."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What somebody answered: the status, the beginning of the body, how long it took."""

    status: int
    body: bytes
    seconds: float


class Outgoing(Protocol):
    """The one way out over HTTP: public addresses only, no redirects, bounded in time and size."""

    async def post(
        self, address: str, body: bytes, headers: Mapping[str, str], *, seconds: float = 10.0
    ) -> Answered:
        """Post something; returns any answer, redirects too; raises `NotReached`.

        `seconds` is the time for all of it. At most 64 KiB of the answer are read.
        """

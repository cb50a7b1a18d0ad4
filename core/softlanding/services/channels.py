"""How a message reaches a person."""

import sys
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Message:
    """A message for a person, in plain text."""

    to: str
    subject: str
    text: str


class Channel(Protocol):
    """Delivers messages."""

    async def send(self, message: Message) -> None:
        """Deliver a message, or raise."""


class ConsoleChannel:
    """Writes messages to standard error, for whoever runs the product to hand on."""

    async def send(self, message: Message) -> None:
        """Write the message, each line marked, so that it stands out of the log."""
        lines = [f"to {message.to}: {message.subject}", *message.text.splitlines()]
        sys.stderr.write("".join(f"  | {line}\n" for line in lines))
        sys.stderr.flush()


class NoChannel:
    """Delivers nothing, while something is only tried."""

    async def send(self, message: Message) -> None:
        """Do nothing."""

"""Where messages go that no channel of a plugin carries."""

import sys
from typing import Protocol

from softlanding.contract.channels import Message


class Output(Protocol):
    """Takes messages."""

    async def send(self, message: Message) -> None:
        """Take a message, or raise."""


class Console:
    """Writes messages to standard error, for whoever runs the product to hand on."""

    async def send(self, message: Message) -> None:
        """Write the message, each line marked, so that it stands out of the log."""
        lines = [f"to {message.to.address}: {message.subject}", *message.text.splitlines()]
        sys.stderr.write("".join(f"  | {line}\n" for line in lines))
        sys.stderr.flush()

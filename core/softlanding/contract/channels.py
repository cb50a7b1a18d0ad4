"""How the product reaches people and incubators: messages, and the channels that carry them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from softlanding.contract.context import PluginContext


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """Whom a message is for: a PERSON at their e-mail address, or an INCUBATOR by its slug.

    `locale` is the language that the message is written in.
    """

    kind: Literal["PERSON", "INCUBATOR"]
    address: str
    name: str = ""
    locale: str = "en"


@dataclass(frozen=True, kw_only=True)
class MessageItem:
    """One thing that a message tells of: a line, what to add to it, and where to look at it."""

    text: str
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message: a subject, paragraphs, things that it lists. Plain text, no markup anywhere.

    `id` is the same at each attempt to send it; where it is empty, the message is sent once.
    """

    to: Addressee
    subject: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[MessageItem, ...] = ()
    closing: tuple[str, ...] = ()
    id: str = ""

    @property
    def text(self) -> str:
        """The message as plain text, a blank line between its parts."""
        listed = "\n".join(
            "\n".join([f"- {one.text}", *(f"  {more}" for more in (one.detail, one.url) if more)])
            for one in self.items
        )
        return "\n\n".join(part for part in (*self.paragraphs, listed, *self.closing) if part)


Reaches: TypeAlias = Callable[[Addressee, PluginContext], bool]
"""`(addressee, ctx)` → whether this channel knows a way to them; looks at settings alone."""

Send: TypeAlias = Callable[[Message, PluginContext], Awaitable[None]]
"""`async (message, ctx)`: hands the message over, or raises; it is tried again then."""


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A way on which messages travel. The first one that reaches an addressee carries theirs.

    Where no channel of a plugin reaches a person, the message is written to the console.
    """

    key: str
    reaches: Reaches
    send: Send
    timeout: float = 20.0

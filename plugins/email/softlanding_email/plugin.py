"""The plugin `email`: what it declares."""

from collections.abc import Iterable

from softlanding import Channel, hookimpl
from softlanding_email.channel import CHANNEL
from softlanding_email.settings import EmailSettings

CONTRACT = 1


@hookimpl
def settings() -> type[EmailSettings]:
    """Declare where the mail server is."""
    return EmailSettings


@hookimpl
def channels() -> Iterable[Channel]:
    """Declare the way to people."""
    return [CHANNEL]

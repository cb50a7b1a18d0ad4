"""The plugin `slack`: what it declares."""

from collections.abc import Iterable

from softlanding import Channel, hookimpl
from softlanding_slack.channel import CHANNEL
from softlanding_slack.settings import SlackSettings

CONTRACT = 1


@hookimpl
def settings() -> type[SlackSettings]:
    """Declare where incubators are told."""
    return SlackSettings


@hookimpl
def channels() -> Iterable[Channel]:
    """Declare the way to incubators."""
    return [CHANNEL]

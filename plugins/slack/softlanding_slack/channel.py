"""The channel: incubators, in their Slack."""

from softlanding import Addressee, Channel, Message, PluginContext
from softlanding_slack.blocks import body_of
from softlanding_slack.settings import SlackSettings


class NotPosted(Exception):  # noqa: N818 - a sentence for whoever runs the product
    """Slack did not take a message; the message says why, without the address."""


def _settings(ctx: PluginContext) -> SlackSettings:
    assert isinstance(ctx.settings, SlackSettings)  # noqa: S101 - the plugin declares them
    return ctx.settings


def reaches(addressee: Addressee, ctx: PluginContext) -> bool:
    """Tell whether it is an incubator whose Slack is known."""
    return addressee.kind == "INCUBATOR" and addressee.address in _settings(ctx).webhooks


async def send(message: Message, ctx: PluginContext) -> None:
    """Post a message; raises `NotPosted` or `NotReached`."""
    webhook = _settings(ctx).webhooks[message.to.address].get_secret_value()
    answered = await ctx.http.post(
        webhook, body_of(message), {"content-type": "application/json; charset=utf-8"}
    )
    if answered.status != 200:
        said = answered.body[:100].decode("utf-8", "replace")
        raise NotPosted(f"Slack answered {answered.status}: {said}")


CHANNEL = Channel(key="slack", reaches=reaches, send=send)

"""How a message reaches somebody: by the channels of plugins, else on the console."""

from contextlib import suppress

from softlanding.contract.channels import Addressee, Channel, Message
from softlanding.host import guard
from softlanding.host.registry import Plugin
from softlanding.services.core import Core
from softlanding.services.plugin_context import plugin_context


async def send_message(core: Core, message: Message) -> None:
    """Hand a message to the first channel that reaches its addressee; raises `PluginFailed`.

    While something is only tried, nothing is sent.
    """
    if core.tries:
        return
    found = channel_to(core, message.to)
    if found is None:
        await core.console.send(message)
        return
    plugin, channel = found
    context = plugin_context(core, core.database.rows, plugin, "softlanding")
    await guard.call(
        plugin.key, channel.key, channel.send, message, context, timeout=channel.timeout
    )


def channel_to(core: Core, addressee: Addressee) -> tuple[Plugin, Channel] | None:
    """Return the first channel that reaches somebody, or None where the console does.

    A channel that fails is passed over, and the log names it.
    """
    for plugin in core.registry.plugins:
        for channel in plugin.channels:
            context = plugin_context(core, core.database.rows, plugin, "softlanding")
            with suppress(guard.PluginFailed):
                if guard.answer(plugin.key, channel.key, channel.reaches, addressee, context):
                    return plugin, channel
    return None

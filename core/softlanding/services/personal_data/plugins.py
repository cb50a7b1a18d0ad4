"""What plugins keep beside answers and records: exported and erased by themselves."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from softlanding.contract.personal_data import DataSubject
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.host import guard
from softlanding.host.registry import Plugin
from softlanding.services.core import Core
from softlanding.services.plugin_context import plugin_context


async def export_from_plugins(core: Core, subject: DataSubject) -> dict[str, Any]:
    """Return what each plugin keeps of somebody."""
    return {
        plugin.key: await _asked(core, plugin, "export", plugin.personal_data.export, subject)
        for plugin in core.registry.plugins
        if plugin.personal_data.export is not None
    }


async def erase_in_plugins(core: Core, subject: DataSubject) -> Counter[tuple[str, str]]:
    """Have each plugin erase somebody, and return how many of what, by plugin."""
    counts: Counter[tuple[str, str]] = Counter()
    for plugin in core.registry.plugins:
        if plugin.personal_data.erase is not None:
            erased = await _asked(core, plugin, "erase", plugin.personal_data.erase, subject)
            for what, count in erased.items():
                if not isinstance(what, str) or not isinstance(count, int):
                    raise _failed(plugin, "it must answer how many of what, in words and numbers")
                counts[plugin.key, what] += count
    return counts


async def _asked(
    core: Core,
    plugin: Plugin,
    what: str,
    function: Callable[..., Awaitable[Any]] | None,
    subject: DataSubject,
) -> Mapping[str, Any]:
    assert function is not None  # noqa: S101 - only plugins that have one are asked
    ctx = plugin_context(core, core.database.rows, plugin, what)
    timeout = plugin.personal_data.timeout
    try:
        answer = await guard.call(plugin.key, what, function, subject, ctx, timeout=timeout)
    except guard.PluginFailed as failure:
        raise _failed(plugin, failure.reason) from None
    if not isinstance(answer, Mapping):
        raise _failed(plugin, f"{what} must answer a mapping")
    return answer


def _failed(plugin: Plugin, reason: str) -> Refused:
    return Refused(
        Problem(
            code=Code.UNAVAILABLE,
            message=f"The plugin {plugin.key} failed: {reason}.",
            hint="Nothing was erased in the core. Mend the plugin, or take it away, and try again.",
        )
    )

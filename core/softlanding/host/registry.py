"""The plugins in force: what each declares, and why one is quarantined."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from typing import Any

import pluggy
import structlog
from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsError

from softlanding import hookspecs
from softlanding.contract.channels import Channel
from softlanding.contract.events import Subscriber
from softlanding.contract.graphql import GraphQLPart
from softlanding.contract.personal_data import PersonalData
from softlanding.contract.rules import RuleSet
from softlanding.contract.steps import Step
from softlanding.host.declarations import declaration_faults
from softlanding.host.discovery import Candidate
from softlanding.host.personal_data_faults import personal_data_faults
from softlanding.host.reaction_faults import channel_faults, subscriber_faults

log = structlog.get_logger("softlanding.host")


class PluginState(StrEnum):
    """Whether a plugin takes part."""

    ACTIVE = "ACTIVE"
    QUARANTINED = "QUARANTINED"


@dataclass(frozen=True, kw_only=True)
class Plugin:
    """A plugin and all that it declares; nothing when it is quarantined.

    `package` is the import name of the package that it is in.
    """

    key: str
    distribution: str
    version: str
    package: str = ""
    contract: int | None = None
    state: PluginState = PluginState.ACTIVE
    reason: str = ""
    steps: tuple[Step, ...] = ()
    rule_sets: tuple[RuleSet, ...] = ()
    graphql: GraphQLPart = field(default_factory=GraphQLPart)
    settings: BaseSettings | None = None
    personal_data: PersonalData = field(default_factory=PersonalData)
    subscribers: tuple[Subscriber, ...] = ()
    channels: tuple[Channel, ...] = ()

    def quarantined(self, reason: str) -> "Plugin":
        """Return the plugin without its declarations, and with the reason."""
        log.warning("plugin quarantined", plugin=self.key, reason=reason)
        return Plugin(
            key=self.key,
            distribution=self.distribution,
            version=self.version,
            contract=self.contract,
            state=PluginState.QUARANTINED,
            reason=reason,
        )


class RequiredPluginMissing(Exception):  # noqa: N818 - a sentence for whoever starts the product
    """A plugin that the settings require is quarantined; the message tells why."""


class Registry:
    """All plugins of this process, by key."""

    def __init__(self, plugins: Iterable[Plugin]) -> None:
        self.plugins = tuple(sorted(plugins, key=lambda plugin: plugin.key))
        self.steps: Mapping[str, Step] = {
            step.key: step for plugin in self.plugins for step in plugin.steps
        }
        self.rule_sets: Mapping[str, RuleSet] = {
            rules.key: rules for plugin in self.plugins for rules in plugin.rule_sets
        }

    def plugin(self, key: str) -> Plugin:
        """Return the plugin with this key."""
        return next(plugin for plugin in self.plugins if plugin.key == key)

    def plugin_of(self, step_key: str) -> Plugin:
        """Return the plugin that declares a step."""
        return self.plugin(step_key.split(".")[0])

    def quarantine(self, key: str, reason: str) -> "Registry":
        """Return a registry in which this plugin is quarantined."""
        return Registry(
            plugin.quarantined(reason) if plugin.key == key else plugin for plugin in self.plugins
        )

    def require(self, keys: Iterable[str]) -> None:
        """Raise `RequiredPluginMissing` unless each of these plugins is active."""
        states = {plugin.key: plugin for plugin in self.plugins}
        for key in keys:
            plugin = states.get(key)
            if plugin is None:
                raise RequiredPluginMissing(
                    f"The required plugin {key} is not loaded; install it, or name it in"
                    " SOFTLANDING_PLUGINS."
                )
            if plugin.state is not PluginState.ACTIVE:
                raise RequiredPluginMissing(f"The required plugin {key} fails: {plugin.reason}")


def build(candidates: Iterable[Candidate]) -> Registry:
    """Import the candidates and ask each for its declarations, one apart from the other."""
    manager = pluggy.PluginManager("softlanding")
    manager.add_hookspecs(hookspecs)
    plugins = [_load(manager, candidate) for candidate in candidates]
    return Registry(_without_cycles(plugins))


def _load(manager: pluggy.PluginManager, candidate: Candidate) -> Plugin:
    plugin = Plugin(
        key=candidate.key, distribution=candidate.distribution, version=candidate.version
    )
    try:
        module = candidate.load()
        plugin = replace(
            plugin,
            package=getattr(module, "__name__", "").split(".")[0],
            contract=getattr(module, "CONTRACT", hookspecs.CONTRACT),
        )
        if plugin.contract != hookspecs.CONTRACT:
            return plugin.quarantined(
                f"it was written for contract {plugin.contract};"
                f" this version serves {hookspecs.CONTRACT}"
            )
        manager.register(module, name=candidate.key)
        # A misspelled hook would be passed over in silence; those that failed are gone by now.
        manager.check_pending()
        return _declared(plugin, manager)
    except (Exception, SystemExit) as error:
        if manager.has_plugin(candidate.key):
            manager.unregister(name=candidate.key)
        return plugin.quarantined(_sentence(error))


def _declared(plugin: Plugin, manager: pluggy.PluginManager) -> Plugin:
    others = [other for name, other in manager.list_name_plugin() if name != plugin.key]

    def ask(hook: str) -> Any:
        # The plugin alone is asked, so that one that fails does not end the call for all.
        answers = manager.subset_hook_caller(hook, remove_plugins=others)()
        return answers[0] if answers else None

    settings_class = ask("settings")
    declared = replace(
        plugin,
        settings=_settings(settings_class) if settings_class is not None else None,
        rule_sets=tuple(ask("rules") or ()),
        steps=tuple(ask("steps") or ()),
        graphql=ask("graphql") or GraphQLPart(),
        personal_data=ask("personal_data") or PersonalData(),
        subscribers=tuple(ask("subscribers") or ()),
        channels=tuple(ask("channels") or ()),
    )
    faults = [
        *declaration_faults(declared.key, declared.steps, declared.rule_sets, declared.graphql),
        *personal_data_faults(declared.personal_data, declared.steps),
        *subscriber_faults(declared.key, declared.subscribers),
        *channel_faults(declared.key, declared.channels),
    ]
    return declared.quarantined("; ".join(faults)) if faults else declared


def _settings(settings_class: Callable[[], BaseSettings]) -> BaseSettings:
    try:
        return settings_class()
    except ValidationError as error:
        # Names only: a value may be a secret.
        names = sorted({str(part["loc"][0]) for part in error.errors() if part["loc"]})
        raise ValueError(f"bad settings: {', '.join(names) or error.errors()[0]['msg']}") from None
    except SettingsError as error:
        raise ValueError(f"bad settings: {error}") from None


def _sentence(error: BaseException) -> str:
    text = str(error).strip().splitlines()
    kind = type(error).__name__
    return f"{kind}: {text[0]}" if text else kind


def _without_cycles(plugins: list[Plugin]) -> list[Plugin]:
    while True:
        graph = {step.key: step.after for plugin in plugins for step in plugin.steps}
        sorter: TopologicalSorter[str] = TopologicalSorter(graph)
        try:
            sorter.prepare()
        except CycleError as error:
            cycle = list(error.args[1])
            guilty = {key.split(".")[0] for key in cycle}
            reason = f"its steps wait for each other: {' → '.join(cycle)}"
            plugins = [
                plugin.quarantined(reason) if plugin.key in guilty else plugin for plugin in plugins
            ]
        else:
            return plugins

"""Where the plugins keep data of persons: as they declared it, looked up by step and record."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from softlanding.contract.personal_data import retained_paths
from softlanding.domain.personal_data import Places
from softlanding.domain.problems import Code, Problem, refuse_if
from softlanding.host.registry import PluginState, Registry


@dataclass(frozen=True)
class PersonalPlaces:
    """What is declared, by step and by record.

    Of a step or a record that no plugin in force declares, only the texts are searched.
    """

    registry: Registry

    def of_step(self, key: str) -> tuple[Places, Collection[str]]:
        """Return where a step's answers hold personal data, and what is kept for a time only."""
        step = self.registry.steps.get(key)
        if step is None:
            return Places(), ()
        declared = self.registry.plugin_of(key).personal_data.answers
        places = next((one.places for one in declared if one.of == key), Places())
        return places, retained_paths(step.form) if step.form else ()

    def of_record(self, plugin: str, kind: str) -> Places:
        """Return where a record holds personal data."""
        for one in self.registry.plugins:
            if one.key == plugin:
                return next((r.places for r in one.personal_data.records if r.of == kind), Places())
        return Places()

    def unnamed(self) -> Iterable[str]:
        """Return the steps whose answers tell of persons without a name."""
        return [
            fields.of
            for plugin in self.registry.plugins
            for fields in plugin.personal_data.answers
            if fields.unnamed
        ]


def require_all_plugins(registry: Registry) -> None:
    """Refuse while a plugin is quarantined: nobody knows what it keeps, and where."""
    refuse_if(
        Problem(
            code=Code.UNAVAILABLE,
            message=f"The plugin {plugin.key} is quarantined, and may keep personal data:"
            f" {plugin.reason}.",
            hint="Mend the plugin, or take it away, and erase again.",
        )
        for plugin in registry.plugins
        if plugin.state is PluginState.QUARANTINED
    )

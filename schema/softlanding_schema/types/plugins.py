"""Plugins, as administrators and staff see them."""

import strawberry

from softlanding.host import registry
from softlanding.host.registry import PluginState
from softlanding_schema.types.vocabulary import expose

expose(PluginState)


@strawberry.type(description="A plugin of this network. Staff and administrators only.")
class Plugin:
    """A plugin."""

    key: str = strawberry.field(description="Key of the plugin.")
    name: str = strawberry.field(description="Name of its distribution.")
    version: str = strawberry.field(description="Version of its distribution.")
    contract: int | None = strawberry.field(description="The contract it was written for.")
    state: PluginState = strawberry.field(description="Whether it takes part.")
    reason: str = strawberry.field(description="Why it is quarantined; empty where it is not.")
    steps: list[str] = strawberry.field(description="Keys of the steps it contributes.")
    extends: list[str] = strawberry.field(description="Types it adds a field to.")
    rule_sets: list[str] = strawberry.field(description="Keys of the rule sets it contributes.")

    @classmethod
    def of(cls, plugin: registry.Plugin) -> "Plugin":
        """Return a plugin of the registry."""
        return cls(
            key=plugin.key,
            name=plugin.distribution,
            version=plugin.version,
            contract=plugin.contract,
            state=plugin.state,
            reason=plugin.reason,
            steps=[step.key for step in plugin.steps],
            extends=[field.target for field in plugin.graphql.fields],
            rule_sets=[rule_set.key for rule_set in plugin.rule_sets],
        )

"""The schema: the core's types, and each plugin's part.

A plugin's part is tried alone first, so that one that cannot be composed is quarantined by its
name, and the rest of the schema stands.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Optional, cast

import strawberry
from graphql import get_named_type
from strawberry.schema.config import StrawberryConfig
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

from softlanding.contract.graphql import GraphQLField
from softlanding.contract.steps import Step
from softlanding.host.declarations import type_prefix
from softlanding.host.registry import Plugin, PluginState, Registry
from softlanding_schema.audiences import tell_audiences
from softlanding_schema.context import Info
from softlanding_schema.forms import Prefixes, as_input, expose_enums, register_money
from softlanding_schema.mutations.access import AccessMutations
from softlanding_schema.mutations.answering import answering
from softlanding_schema.mutations.api_keys import ApiKeyMutations
from softlanding_schema.mutations.calendars import CalendarMutations
from softlanding_schema.mutations.incubators import IncubatorMutations
from softlanding_schema.mutations.inputs import INPUTS, NESTED, REVISION_OF_STEP
from softlanding_schema.mutations.invitations import InvitationMutations
from softlanding_schema.mutations.mutation_input import CLIENT_MUTATION_ID, DRY_RUN
from softlanding_schema.mutations.people import PeopleMutations
from softlanding_schema.mutations.people_inputs import PEOPLE_INPUTS
from softlanding_schema.mutations.startups import StartupMutations
from softlanding_schema.mutations.stays import StayMutations
from softlanding_schema.mutations.steps import StepMutations, submit_step_mutation
from softlanding_schema.mutations.webhook_inputs import WEBHOOK_INPUTS
from softlanding_schema.mutations.webhooks import WebhookMutations
from softlanding_schema.reads.plugin_fields import PLUGIN_FIELD, may_read
from softlanding_schema.types.incubators import Incubator
from softlanding_schema.types.node import Node
from softlanding_schema.types.onboarding import OnboardingStep
from softlanding_schema.types.query import Query
from softlanding_schema.types.startups import Startup
from softlanding_schema.types.stays import Stay
from softlanding_schema.types.subscription import Subscription

# Made for each schema, of the forms that it has.
_MADE_ANEW = {"StepAnswers", "SubmitStepInput"}
_TARGETS: Mapping[str, type[Node]] = {"Incubator": Incubator, "Startup": Startup, "Stay": Stay}
TABLES: Mapping[str, type[Node]] = {
    "incubators": Incubator,
    "startups": Startup,
    "stays": Stay,
    "onboarding_steps": OnboardingStep,
}
"""The types that are made of rows, by table."""


class ComposedSchema(strawberry.Schema):
    """A schema whose core types carry the fields of plugins, without changing the types."""

    def __init__(self, *, extra: Mapping[type[Node], list[StrawberryField]], **arguments: Any):
        self._extra = extra
        super().__init__(**arguments)
        mutation = self._schema.mutation_type
        assert mutation is not None  # noqa: S101 - there always are mutations
        for field in mutation.fields.values():
            payload = self.get_type_by_name(get_named_type(field.type).name)
            field.resolve = answering(cast("Any", field.resolve), cast("Any", payload).origin)
        tell_audiences(self._schema)

    def get_fields(self, type_definition: StrawberryObjectDefinition) -> list[StrawberryField]:
        """Return a type's own fields and those of plugins."""
        return [*type_definition.fields, *self._extra.get(type_definition.origin, ())]


def compose(registry: Registry) -> tuple[ComposedSchema, Registry]:
    """Return the schema of the core and the plugins, and the registry without unfit ones."""
    register_money()
    for nested in NESTED:
        as_input(nested, nested.__name__)
    for name, model in (INPUTS | PEOPLE_INPUTS | WEBHOOK_INPUTS).items():
        as_input(model, name)
    prefixes = {plugin.package: type_prefix(plugin.key) for plugin in registry.plugins}
    taken = _Names(_build([], prefixes))
    for plugin in registry.plugins:
        if plugin.state is PluginState.ACTIVE and (plugin.graphql.fields or _forms([plugin])):
            try:
                taken.add(plugin, _build([plugin], prefixes))
            except Exception as error:
                reason = f"its GraphQL part cannot be composed: {str(error).splitlines()[0]}"
                registry = registry.quarantine(plugin.key, reason)
    return _build(registry.plugins, prefixes), registry


class _Names:
    """The names that the core and the plugins before have taken in the schema."""

    def __init__(self, core: ComposedSchema) -> None:
        self._core = core
        self._types: dict[str, object] = {}
        self._answers: dict[str, str] = {}

    def add(self, plugin: Plugin, alone: ComposedSchema) -> None:
        """Take the names of a plugin; raises `ValueError` where one means something else."""
        for field in plugin.graphql.fields:
            target = self._core.get_type_by_name(field.target)
            own = {one.python_name for one in cast("Any", target).fields}
            if plugin.key in own:
                raise ValueError(f"{field.target} has a field {plugin.key} of its own")
        answers = {name: step.key for name, step in _forms([plugin]).items()}
        for name in answers.keys() & self._answers.keys():
            raise ValueError(f"{answers[name]} and {self._answers[name]} give one name, {name}")
        types = self._new_types(alone)
        for name in types.keys() & self._types.keys():
            if types[name] is not self._types[name]:
                raise ValueError(f"another plugin has a type {name}")
        self._answers |= answers
        self._types |= types

    def _new_types(self, alone: ComposedSchema) -> dict[str, object]:
        core = self._core.schema_converter.type_map
        return {
            name: getattr(kind.definition, "origin", None) or kind.definition
            for name, kind in alone.schema_converter.type_map.items()
            if name not in core and name not in _MADE_ANEW
        }


def _build(plugins: Iterable[Plugin], prefixes: Prefixes) -> ComposedSchema:
    plugins = list(plugins)
    extra: dict[type[Node], list[StrawberryField]] = {}
    for plugin in plugins:
        for declared in plugin.graphql.fields:
            expose_enums(declared.type, prefixes)
            extra.setdefault(_TARGETS[declared.target], []).append(_field(plugin, declared))
    bases: list[type] = [
        IncubatorMutations,
        StartupMutations,
        StayMutations,
        StepMutations,
        CalendarMutations,
        ApiKeyMutations,
        WebhookMutations,
        InvitationMutations,
        PeopleMutations,
        AccessMutations,
    ]
    if forms := _forms(plugins):
        bases.append(_submit_step(forms, prefixes))
    mutation = strawberry.type(
        type("Mutation", tuple(bases), {}),
        description="What can be changed. Refusals are problems in the payload.",
    )
    return ComposedSchema(
        extra=extra,
        query=Query,
        mutation=mutation,
        subscription=Subscription,
        types=[OnboardingStep],
        config=StrawberryConfig(),
    )


def _forms(plugins: Iterable[Plugin]) -> dict[str, Step]:
    """Return the steps that have forms, by the name of their field in `StepAnswers`."""
    return {
        step.key.replace(".", "_"): step
        for plugin in plugins
        for step in plugin.steps
        if step.form is not None
    }


def _submit_step(forms: Mapping[str, Step], prefixes: Prefixes) -> type[Any]:
    annotations: dict[str, Any] = {}
    defaults: dict[str, Any] = {}
    for name, step in forms.items():
        assert step.form is not None  # noqa: S101 - _forms selects those that have one
        form = as_input(step.form, f"{type_prefix(name)}Input", prefixes=prefixes)
        annotations[name] = Optional[form]  # noqa: UP045 - the class is a value here
        defaults[name] = strawberry.field(
            default=strawberry.UNSET, description=f"Answers of {step.key}: {step.title['en']}."
        )
    answers = strawberry.input(
        type("StepAnswers", (), {"__annotations__": annotations, **defaults}),
        one_of=True,
        description="The answers of exactly one step; the field names the step.",
    )
    submit_input = strawberry.input(
        type(
            "SubmitStepInput",
            (),
            {
                "__annotations__": {
                    "stay": strawberry.ID,
                    "answers": answers,
                    "revision": int | None,
                    "client_mutation_id": str | None,
                    "dry_run": bool,
                },
                "stay": strawberry.field(description="Global id of the stay."),
                "answers": strawberry.field(description="The answers of one of its steps."),
                "revision": strawberry.field(default=None, description=REVISION_OF_STEP),
                "client_mutation_id": strawberry.field(
                    default=None, description=CLIENT_MUTATION_ID
                ),
                "dry_run": strawberry.field(default=False, description=DRY_RUN),
            },
        ),
        description="Answers of a step of a stay.",
    )
    return submit_step_mutation({name: step.key for name, step in forms.items()}, submit_input)


def _field(plugin: Plugin, declared: GraphQLField) -> StrawberryField:
    """Return the field that a plugin adds to a core type; it is null for others."""

    async def resolve(root: Any, info: Info) -> Any:
        allowed = may_read(info.context, root.row, declared)
        if not (allowed if isinstance(allowed, bool) else await allowed):
            return None
        return await info.context.batches.plugin_value(plugin, declared, root.row)

    resolve.__annotations__ = {
        "root": cast("Any", strawberry.Parent)[_TARGETS[declared.target]],
        "info": Info,
        "return": Optional[declared.type],  # noqa: UP045 - the class is a value here
    }
    field: StrawberryField = strawberry.field(
        resolver=resolve,
        description=f"{declared.description} For: {declared.audience.description}",
        metadata={PLUGIN_FIELD: (plugin, declared)},
    )
    field.python_name = plugin.key
    return field

"""What plugins keep to beyond what the product asks: forms and figures explain themselves.

def test_my_plugin_keeps_the_conventions():
    assert faults(my_plugin_module) == []
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from types import ModuleType
from typing import Any

from pydantic import BaseModel

from softlanding.contract.channels import Channel
from softlanding.contract.events import Subscriber
from softlanding.contract.form_schemas import nested_models
from softlanding.contract.forms import Form, Money, Retention
from softlanding.contract.graphql import GraphQLPart
from softlanding.contract.personal_data import PersonalData
from softlanding.contract.rules import RuleSet
from softlanding.contract.steps import Step
from softlanding.hookspecs import CONTRACT
from softlanding.host.declarations import declaration_faults
from softlanding.host.personal_data_faults import personal_data_faults
from softlanding.host.reaction_faults import channel_faults, subscriber_faults
from softlanding.testing.described import form_faults, output_faults
from softlanding.testing.figures import figure_faults, file_faults, rule_set_faults
from softlanding.testing.personal_data import personal_data_gaps


def faults(plugin: ModuleType, *, shared: Collection[str] = ()) -> list[str]:
    """Return all that is wrong with a plugin, the module that its entry point names.

    `shared` are keys of rule sets that none of its own steps uses, but other plugins do. Where
    the product would not take the declarations, nothing else is looked at.
    """
    steps, rule_sets, graphql = _declared(plugin)
    personal_data = _asked(plugin, "personal_data", PersonalData())
    subscribers = list(_asked(plugin, "subscribers", ()))
    channels = list(_asked(plugin, "channels", ()))
    key = _key([*steps, *rule_sets, *subscribers, *channels])
    wrong = [
        *_contract_faults(plugin),
        *declaration_faults(key, steps, rule_sets, graphql),
        *personal_data_faults(personal_data, steps),
        *subscriber_faults(key, subscribers),
        *channel_faults(key, channels),
    ]
    return wrong or [
        *(fault for step in steps if step.form for fault in form_faults(step.form)),
        *name_faults(forms_of(plugin)),
        *personal_data_gaps(steps, personal_data),
        *(fault for field in graphql.fields for fault in output_faults(field.type)),
        *figure_faults(rule_sets),
        *rule_set_faults(steps, rule_sets, shared=shared),
        *(file_faults(plugin.__package__, rule_sets) if plugin.__package__ else ()),
    ]


def name_faults(forms: Iterable[type[BaseModel]]) -> list[str]:
    """Return the names that several forms of a plugin share."""
    named = Counter(form.__name__ for form in forms)
    return [
        f"form {name}: {count} forms have this name" for name, count in named.items() if count > 1
    ]


def forms_of(plugin: ModuleType) -> list[type[Form]]:
    """Return the forms of a plugin's steps and their parts by name; amounts are left out."""
    models = {
        model
        for step in _declared(plugin)[0]
        if step.form
        for model in nested_models(step.form)
        if issubclass(model, Form) and not issubclass(model, Money)
    }
    return sorted(models, key=lambda form: (form.__name__, form.__module__))


def kept_days(plugin: ModuleType) -> dict[str, int]:
    """Return how many days after the departure personal answers are kept: `Form.field` → 90."""
    return {
        f"{form.__name__}.{name}": mark.days
        for form in forms_of(plugin)
        for name, field in form.model_fields.items()
        for mark in field.metadata
        if isinstance(mark, Retention)
    }


def _declared(plugin: ModuleType) -> tuple[list[Step], list[RuleSet], GraphQLPart]:
    return (
        list(_asked(plugin, "steps", ())),
        list(_asked(plugin, "rules", ())),
        _asked(plugin, "graphql", GraphQLPart()),
    )


def _asked(plugin: ModuleType, hook: str, nothing: Any) -> Any:
    declare = getattr(plugin, hook, None)
    return nothing if declare is None else declare()


def _key(declared: Iterable[object]) -> str:
    # The entry point's name is not at hand; all keys begin with it.
    kinds = (Step, RuleSet, Subscriber, Channel)
    named = (one.key for one in declared if isinstance(one, kinds))
    return next(named, "").partition(".")[0]


def _contract_faults(plugin: ModuleType) -> Iterator[str]:
    written_for = getattr(plugin, "CONTRACT", CONTRACT)
    if written_for != CONTRACT:
        yield f"it is written for the contract {written_for}; this is the contract {CONTRACT}"

"""What a declaration must look like; each fault is a sentence that names the step or field."""

import inspect
import re
from collections.abc import Collection, Iterable, Iterator

from pydantic import BaseModel

from softlanding.contract.graphql import GraphQLField, GraphQLPart
from softlanding.contract.rules import RuleSet
from softlanding.contract.steps import Step
from softlanding.domain.texts import DEFAULT_LOCALE

LONGEST_TIMEOUT = 30.0
_STEP_NAME = re.compile(r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")
_TARGETS = ("Incubator", "Startup", "Stay")


def type_prefix(plugin_key: str) -> str:
    """Return what a plugin's type names begin with: `imt_starter` → `ImtStarter`."""
    return "".join(part.capitalize() for part in plugin_key.split("_"))


def declaration_faults(
    plugin_key: str, steps: Iterable[object], rule_sets: Iterable[object], graphql: object
) -> list[str]:
    """Return all that is wrong with a plugin's declarations."""
    faults: list[str] = []
    rule_keys = set()
    for rule_set in rule_sets:
        if not isinstance(rule_set, RuleSet):
            faults.append(f"rules() gave {rule_set!r}, which is not a RuleSet")
        elif not rule_set.key.startswith(f"{plugin_key}."):
            faults.append(f"the rule set {rule_set.key} must begin with {plugin_key}.")
        else:
            rule_keys.add(rule_set.key)
    seen: set[str] = set()
    for step in steps:
        if not isinstance(step, Step):
            faults.append(f"steps() gave {step!r}, which is not a Step")
            continue
        if step.key in seen:
            faults.append(f"the step {step.key} is declared twice")
        seen.add(step.key)
        faults += [f"step {step.key}: {fault}" for fault in _step(plugin_key, step, rule_keys)]
    if isinstance(graphql, GraphQLPart):
        faults += _fields(plugin_key, graphql.fields)
    else:
        faults.append(f"graphql() gave {graphql!r}, which is not a GraphQLPart")
    return faults


def _step(plugin_key: str, step: Step, rule_keys: Collection[str]) -> Iterator[str]:
    if not step.key.startswith(f"{plugin_key}.") or not _STEP_NAME.match(step.key):
        yield f"its key must be {plugin_key}.<name>"
    for name, text in (("title", step.title), ("help", step.help)):
        if DEFAULT_LOCALE not in text:
            yield f"its {name} has no English text"
    if not step.filled_by:
        yield "nobody may fill it"
    if step.check is None and not step.signed_by:
        yield "it has neither a check nor a signature, so nothing would ever settle it"
    if step.check is not None and not inspect.iscoroutinefunction(step.check):
        yield "its check must be an async function"
    if step.form is not None and not (
        inspect.isclass(step.form) and issubclass(step.form, BaseModel)
    ):
        yield "its form must be a pydantic model"
    own = step.rule_set is not None and step.rule_set.startswith(f"{plugin_key}.")
    if own and step.rule_set not in rule_keys:
        yield f"its rule set {step.rule_set} is not among the plugin's rules"
    if not 0 < step.timeout <= LONGEST_TIMEOUT:
        yield f"its timeout must be above 0 and at most {LONGEST_TIMEOUT:.0f} seconds"


def _fields(plugin_key: str, fields: Iterable[GraphQLField]) -> Iterator[str]:
    prefix = type_prefix(plugin_key)
    targets: set[str] = set()
    for field in fields:
        where = f"{field.target} field"
        if field.target not in _TARGETS:
            yield f"{where}: only {', '.join(_TARGETS)} can be extended{_place(field.type)}"
        if field.target in targets:
            yield f"{where}: a plugin adds at most one field to a type"
        targets.add(field.target)
        if not field.type.__name__.startswith(prefix):
            yield (
                f"{where}: the type {field.type.__name__} must begin with"
                f" {prefix}{_place(field.type)}"
            )
        if not inspect.iscoroutinefunction(field.load):
            yield f"{where}: its load must be an async function"
        if not field.description:
            yield f"{where}: it has no description"


def _place(kind: type[object]) -> str:
    try:
        return f" ({inspect.getsourcefile(kind)}:{inspect.getsourcelines(kind)[1]})"
    except (OSError, TypeError):
        return ""

"""From pydantic models to GraphQL inputs, and the enumerations of plugins.

A model becomes an input under a given name. Nested models and enumerations are named after the
plugin whose package defines them, so that plugins can share them; `Money` is shared by all.
"""

import enum
import inspect
import types
import typing
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

import strawberry
from pydantic import BaseModel

from softlanding.contract.forms import Money, MoneyInput
from softlanding_schema.types.vocabulary import expose


def _decorated(model: type[Any]) -> bool:
    return "__strawberry_definition__" in vars(model)


def register_money() -> None:
    """Make the one type of money, and the input for it."""
    if not _decorated(Money):
        strawberry.pydantic.type(name="Money", description="An amount of money.")(Money)
        as_input(MoneyInput, "MoneyInput")


Prefixes: TypeAlias = Mapping[str, str]
"""What type names of a package begin with, by the name of the package."""


def as_input(
    model: type[BaseModel], name: str, *, prefixes: Prefixes = MappingProxyType({})
) -> type[BaseModel]:
    """Make a model a GraphQL input, nested ones first.

    Nested models and enumerations of a package with a prefix get it in front of their names.
    """
    if _decorated(model):
        return model
    annotations = [field.annotation for field in model.model_fields.values()]
    nested_kinds = {kind for annotation in annotations for kind in _classes(annotation)}
    for nested in sorted(nested_kinds, key=lambda kind: kind.__name__):
        prefix = _prefix(nested, prefixes)
        if nested is MoneyInput:
            register_money()
        elif issubclass(nested, enum.Enum):
            expose(nested, f"{prefix}{nested.__name__}")
        elif issubclass(nested, BaseModel):
            own = f"{prefix}{nested.__name__}Input" if prefix else nested.__name__
            as_input(nested, own, prefixes=prefixes)
    description = inspect.cleandoc(model.__doc__ or "")
    return strawberry.pydantic.input(name=name, description=description)(model)


def expose_enums(kind: type[Any], prefixes: Prefixes) -> None:
    """Make the enumerations that a Strawberry type leads to GraphQL ones, with descriptions."""
    waiting, seen = [kind], {kind}
    while waiting:
        for found in _output_classes(waiting.pop()):
            if found in seen:
                continue
            seen.add(found)
            if issubclass(found, enum.Enum):
                expose(found, f"{_prefix(found, prefixes)}{found.__name__}")
            elif _decorated(found):
                waiting.append(found)


def _prefix(kind: type[Any], prefixes: Prefixes) -> str:
    return prefixes.get(kind.__module__.split(".")[0], "")


def _output_classes(kind: type[Any]) -> Iterator[type[Any]]:
    for annotation in typing.get_type_hints(kind).values():
        yield from _classes(annotation)
    for field in getattr(kind, "__strawberry_definition__").fields:  # noqa: B009 - set by strawberry
        if field.base_resolver is not None:
            hints = typing.get_type_hints(field.base_resolver.wrapped_func)
            yield from _classes(hints.get("return"))


def _classes(annotation: Any) -> Iterator[type[Any]]:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        yield annotation
        return
    for argument in typing.get_args(annotation):
        yield from _classes(argument)

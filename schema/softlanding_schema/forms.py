"""From pydantic models to GraphQL inputs.

A model becomes an input under a given name, its nested models and enumerations under names
that begin the same way; `Money` is shared by all.
"""

import enum
import inspect
import types
import typing
from collections.abc import Iterator
from typing import Any

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


def as_input(model: type[BaseModel], name: str, *, prefix: str | None = None) -> type[BaseModel]:
    """Make a model a GraphQL input, nested ones first.

    With a `prefix`, nested models and enumerations get it in front of their own names.
    """
    if _decorated(model):
        return model
    for nested in sorted(set(_nested(model)), key=lambda kind: kind.__name__):
        if nested is MoneyInput:
            register_money()
        elif issubclass(nested, enum.Enum):
            expose(nested, f"{prefix}{nested.__name__}" if prefix else None)
        else:
            own = f"{prefix}{nested.__name__}Input" if prefix else nested.__name__
            as_input(nested, own, prefix=prefix)
    description = inspect.cleandoc(model.__doc__ or "")
    return strawberry.pydantic.input(name=name, description=description)(model)


def _nested(model: type[BaseModel]) -> Iterator[type[Any]]:
    for field in model.model_fields.values():
        yield from _classes(field.annotation)


def _classes(annotation: Any) -> Iterator[type[Any]]:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, BaseModel | enum.Enum):
            yield annotation
        return
    for argument in typing.get_args(annotation):
        yield from _classes(argument)

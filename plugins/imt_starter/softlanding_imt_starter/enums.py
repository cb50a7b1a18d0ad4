"""Enumerations of answers, which Strawberry has to know by itself; those of forms come alone."""

from inspect import cleandoc
from typing import TypeVar

import strawberry

from softlanding import Described

EnumClass = TypeVar("EnumClass", bound=type[Described])


def exposed(kind: EnumClass) -> EnumClass:
    """Make an enumeration a GraphQL one, `ImtStarter` and its name, with described members."""
    strawberry.enum(
        kind, name=f"ImtStarter{kind.__name__}", description=cleandoc(kind.__doc__ or "")
    )
    definition = kind.__strawberry_definition__  # type: ignore[attr-defined] # set by strawberry
    for value in definition.values:
        value.description = kind[value.name].description
    return kind

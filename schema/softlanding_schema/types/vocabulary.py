"""The enumerations of the domain, as GraphQL enumerations with their descriptions."""

import inspect
from enum import Enum
from typing import TypeVar

import strawberry

from softlanding.contract.graphql import Audience
from softlanding.domain.vocabulary import (
    Described,
    Outcome,
    Party,
    RegistrationScheme,
    Severity,
    StartupStage,
    StayState,
    StepState,
)
from softlanding.services.reports import SettlementDecision

EnumClass = TypeVar("EnumClass", bound=type[Enum])


def expose(enum: EnumClass, name: str | None = None) -> EnumClass:
    """Make an enumeration a GraphQL one; members that carry a description keep it.

    One that has been given a description, here or by its author, is left as it is.
    """
    # Strawberry makes a bare definition by itself when an output type mentions an enumeration.
    strawberry_enum = vars(enum).get("__strawberry_definition__")
    if strawberry_enum is None:
        strawberry_enum = strawberry.enum(enum).__strawberry_definition__  # type: ignore[attr-defined] # set by strawberry.enum
    if strawberry_enum.description is not None:
        return enum
    strawberry_enum.name = name or enum.__name__
    strawberry_enum.description = inspect.cleandoc(enum.__doc__ or "")
    members = enum.__members__
    for value in strawberry_enum.values:
        member = members[value.name]
        value.description = (
            member.description if isinstance(member, Described) else f"{value.name.capitalize()}."
        )
    return enum


for _enum in (
    Audience,
    Outcome,
    Party,
    RegistrationScheme,
    Severity,
    SettlementDecision,
    StartupStage,
    StayState,
    StepState,
):
    expose(_enum)

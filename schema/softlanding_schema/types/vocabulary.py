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
    """Make an enumeration a GraphQL one; members that carry a description keep it."""
    if "__strawberry_definition__" in vars(enum):
        return enum
    document = inspect.cleandoc(enum.__doc__ or "")
    exposed = strawberry.enum(enum, name=name or enum.__name__, description=document)
    members = enum.__members__
    for value in exposed.__strawberry_definition__.values:  # type: ignore[attr-defined] # set by strawberry.enum
        member = members[value.name]
        value.description = (
            member.description if isinstance(member, Described) else f"{value.name.capitalize()}."
        )
    return exposed


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

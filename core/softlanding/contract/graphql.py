"""What a plugin adds to the GraphQL schema."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from softlanding.contract.context import PluginContext
from softlanding.domain.vocabulary import Described

Target: TypeAlias = Literal["Incubator", "Startup", "Stay"]
Load: TypeAlias = Callable[[Sequence[Any], PluginContext], Awaitable[Sequence[Any]]]
"""`async load(items, ctx) -> [value | None, …]`: one call per request and level."""


class Audience(Described):
    """Who may read a plugin's field; everybody else is answered null."""

    STAFF = "STAFF", "Staff of the incubators concerned, administrators, auditors."
    PARTIES = "PARTIES", "Those, and the founders of the start-up concerned."
    PUBLIC = "PUBLIC", "Everybody who may see the object itself."


@dataclass(frozen=True, kw_only=True)
class GraphQLField:
    """One nullable field on a core type, named after the plugin.

    `type` is a Strawberry type whose name begins with the plugin's name; `load` is called with
    snapshots and returns one value, or None, per item, in the same order.
    """

    target: Target
    type: type[object]
    load: Load
    description: str
    audience: Audience = Audience.STAFF
    timeout: float = 5.0


@dataclass(frozen=True, kw_only=True)
class GraphQLPart:
    """All that a plugin adds: at most one field per core type."""

    fields: tuple[GraphQLField, ...] = ()

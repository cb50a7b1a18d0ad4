"""What differs from request to request: variables, actor, day; and what of it shapes a statement.

A plan is written for a document and for the *shape* of a request: which kind of actor asks, which
variables are given, and those values that change the text of a statement (whole numbers, which
become limits; booleans, which include fields; enumerations, which name orders). All other values
are slots.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import partial
from typing import Any
from uuid import UUID

from softlanding.actors import Actor
from softlanding_schema.reads.slots import Slot


@dataclass
class Asked:
    """One request, as the slots of a plan see it."""

    variables: Mapping[str, Any]
    actor: Actor
    today: date
    standing: str
    """The definitions under which steps stand (see `Core.standing`)."""
    key: UUID | None = None
    """The key of the one row that a statement is run for, where it names one."""


TODAY = Slot(lambda asked: asked.today)
STANDING = Slot(lambda asked: asked.standing)
ROW_KEY = Slot(lambda asked: asked.key)
# So many memberships are compared one by one, which databases do faster than with a list.
_FEW = 2
_MEMBERSHIPS = ("founder_of", "staff_of", "manager_of", "reviewer_of")


def shape_of_actor(actor: Actor) -> Hashable:
    """Return what of an actor decides the text of a scope."""
    if actor.reads_everything:
        return actor.kind, True
    memberships = (min(len(getattr(actor, name)), _FEW + 1) for name in _MEMBERSHIPS)
    # What a key may filter by is decided while a plan is written.
    return actor.kind, False, actor.scope, *memberships


def symbolic_actor(actor: Actor) -> Actor:
    """Return an actor of the same shape whose memberships are slots."""
    if actor.reads_everything:
        return Actor(kind=actor.kind, is_auditor=True)
    return Actor(
        kind=actor.kind,
        scope=actor.scope,
        **{name: _members(name, len(getattr(actor, name))) for name in _MEMBERSHIPS},
    )


def _members(name: str, count: int) -> Any:
    """Return what stands for the keys of a membership: a slot for each of a few, or one for all."""

    def own(asked: Asked) -> frozenset[UUID]:
        keys: frozenset[UUID] = getattr(asked.actor, name)
        return keys

    if count > _FEW:
        return Slot(own)
    return tuple(Slot(partial(_nth, own, place)) for place in range(count))


def _nth(own: Callable[[Asked], frozenset[UUID]], place: int, asked: Asked) -> UUID:
    keys = own(asked)
    return sorted(keys)[place] if len(keys) > 1 else next(iter(keys))


def shape_of(value: Any) -> Hashable:
    """Return the shape of a variable's value."""
    if isinstance(value, bool | int | Enum) or value is None:
        return value
    if isinstance(value, dict):
        return "object", *((name, shape_inside(item)) for name, item in value.items())
    if isinstance(value, list) and _is_structure(value):
        return tuple(shape_inside(item) for item in value)
    return "value"


def _is_structure(value: list[Any]) -> bool:
    """Tell whether a list is written into a statement item by item, or as one value."""
    return not value or any(isinstance(item, dict | None) for item in value)


def shape_inside(value: Any) -> Hashable:
    """Return the shape of a value inside of an object; its numbers are slots."""
    if isinstance(value, dict | list | Enum):
        return shape_of(value)
    return None if value is None else "value"


def symbolic(value: Any, path: tuple[Any, ...]) -> Any:
    """Return a variable's value with slots in place of what its shape does not tell."""
    if isinstance(value, bool | int) or value is None:
        return value
    return _symbolic_inside(value, path)


def _symbolic_inside(value: Any, path: tuple[Any, ...]) -> Any:
    if value is None or isinstance(value, Enum):
        return value
    if isinstance(value, dict):
        return {name: _symbolic_inside(item, (*path, name)) for name, item in value.items()}
    if isinstance(value, list) and _is_structure(value):
        return [_symbolic_inside(item, (*path, place)) for place, item in enumerate(value)]
    return Slot(lambda asked: _at(asked.variables, path))


def _at(variables: Mapping[str, Any], path: tuple[Any, ...]) -> Any:
    value: Any = variables
    for name in path:
        value = value[name]
    return value

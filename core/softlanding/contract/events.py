"""What has happened, as a subscriber is told: after it was committed, and at least once."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Literal, TypeAlias
from uuid import UUID

from softlanding.contract.context import PluginContext

ObjectType: TypeAlias = Literal[
    "Incubator", "Startup", "Stay", "OnboardingStep", "Membership", "Invitation"
]


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that has happened to an object.

    An event tells which object and which of its fields, and never what they hold: whoever wants
    to know reads it, with the rights and in the state of that moment. `id` is the same each time
    that the event is told. `sequence` grows with each event of an `aggregate_id`: the stay of a
    step, the incubator or start-up of a membership, otherwise the object itself. `person_id` is
    who did it, None for a key, the command line and the product itself.
    """

    id: UUID
    name: str
    object_type: ObjectType
    object_id: UUID
    aggregate_id: UUID
    sequence: int
    at: datetime
    action: str
    person_id: UUID | None
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """An event on its way to a recipient of a subscriber.

    `id` is the same at each `attempt`, which counts from 1. `recipient` is what the subscriber
    named, empty where it names none.
    """

    id: UUID
    event: Event
    recipient: str
    attempt: int


Recipients: TypeAlias = Callable[[Event, PluginContext], Awaitable[Sequence[str]]]
"""`async (event, ctx)` → whom to tell, by keys that are no names and no addresses of persons."""

Handle: TypeAlias = Callable[[Delivery, PluginContext], Awaitable[None]]
"""`async (delivery, ctx)`: tells one recipient; raises where it is to be tried again."""


@dataclass(frozen=True, kw_only=True)
class Subscriber:
    """Somebody who reacts to what has happened, outside of any request.

    `events` are names, or patterns of names such as `stay.*`. With `recipients`, each of them has
    deliveries of its own, which fail and are repeated apart from the others. What `handle` raises
    is told in `softlanding outbox list`, and the delivery is repeated: after 5 s, 5 min, 30 min,
    2 h, 5 h, 10 h, 14 h, 20 h and 24 h; then it is given up, and can be sent again by hand. The
    events of one aggregate reach a recipient in their order: while one waits, so do later ones.
    """

    key: str
    events: tuple[str, ...]
    handle: Handle
    recipients: Recipients | None = None
    timeout: float = 20.0

    def wants(self, name: str) -> bool:
        """Return whether an event of this name concerns it."""
        return any(fnmatchcase(name, pattern) for pattern in self.events)

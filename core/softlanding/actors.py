"""Actors: who asks, what they are a member of, and how far a key reaches."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    """How an actor came in."""

    ANONYMOUS = "ANONYMOUS"
    WEBSITE = "WEBSITE"
    PERSON = "PERSON"


@dataclass(frozen=True, kw_only=True)
class KeyScope:
    """What a partner's key may do of what the staff of its incubator may.

    `types` are GraphQL types of which it reads what is not restricted; `fields` are single
    fields that it reads besides, `Stay.goals`; `mutations` are the actions it may take. Unless it
    reads `drafts`, it sees the rows that everybody sees.
    """

    types: frozenset[str]
    fields: frozenset[str] = frozenset()
    mutations: frozenset[str] = frozenset()
    drafts: bool = False
    introspection: bool = False

    def reads_type(self, type_name: str) -> bool:
        """Tell whether anything of a type may be read."""
        named = type_name in self.types
        return named or any(field.startswith(f"{type_name}.") for field in self.fields)

    def reads_field(self, type_name: str, field: str, *, restricted: bool) -> bool:
        """Tell whether a field may be read; one that is not for everybody must be named."""
        if f"{type_name}.{field}" in self.fields:
            return True
        return not restricted and type_name in self.types


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who asks. A person may be a founder here, staff there, and an administrator.

    `staff_of` holds the incubators of `manager_of` too: a manager is staff. A key acts as staff of
    its incubator, as far as its `scope` says; one without a scope reads what everybody may.
    """

    kind: ActorKind = ActorKind.ANONYMOUS
    name: str = "anonymous"
    person_id: UUID | None = None
    session_id: UUID | None = None
    key_id: UUID | None = None
    founder_of: frozenset[UUID] = frozenset()
    staff_of: frozenset[UUID] = frozenset()
    manager_of: frozenset[UUID] = frozenset()
    reviewer_of: frozenset[UUID] = frozenset()
    is_admin: bool = False
    is_auditor: bool = False
    scope: KeyScope | None = None

    @property
    def reads_everything(self) -> bool:
        """Whether no row and no field is hidden: administrators and auditors."""
        return self.is_admin or self.is_auditor

    @property
    def is_signed_in(self) -> bool:
        """Whether it is a person, or a key that reads what is not published."""
        return self.kind is ActorKind.PERSON or (self.scope is not None and self.scope.drafts)

    @property
    def known_as(self) -> str | None:
        """The key of the person or of the partner's key; None for anonymous visitors."""
        key = self.person_id or self.key_id
        return None if key is None else str(key)

    @property
    def reads_schema(self) -> bool:
        """Whether it may ask for the schema where that is not for everybody."""
        if self.scope is not None:
            return self.scope.introspection
        return self.reads_everything or bool(self.staff_of)

    def sides(self, *, startup_id: UUID, home_id: UUID, host_id: UUID) -> frozenset[str]:
        """Return the sides of a stay this actor acts for; an administrator acts for all."""
        if self.is_admin:
            return frozenset({"STARTUP", "HOME", "HOST"})
        return frozenset(
            side
            for side, own in (
                ("STARTUP", startup_id in self.founder_of),
                ("HOME", home_id in self.staff_of),
                ("HOST", host_id in self.staff_of),
            )
            if own
        )

    def is_staff_of(self, *incubator_ids: UUID) -> bool:
        """Tell whether the actor is staff of one of these incubators, or an administrator."""
        return self.is_admin or not self.staff_of.isdisjoint(incubator_ids)


ANONYMOUS = Actor()


def operator(name: str) -> Actor:
    """Return the actor of the command line: whoever holds the machine is an administrator."""
    return Actor(kind=ActorKind.PERSON, name=name, is_admin=True)

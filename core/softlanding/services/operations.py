"""GraphQL operations that are stored and asked by the product itself: what services need of it."""

from typing import Any, Protocol
from uuid import UUID

from softlanding.actors import Actor


class Operations(Protocol):
    """The GraphQL face, as services see it."""

    def fault(self, query: str, *, actor: Actor) -> str | None:
        """Return why an operation cannot be stored, in a sentence, or None.

        It is one query that the schema knows and that the actor may ask; it may take one variable,
        `$id: ID!`, the object that an event is about.
        """

    async def answer(
        self, query: str, *, object_type: str, object_id: UUID, actor: Actor
    ) -> tuple[str, dict[str, Any]]:
        """Return the global id of an object, and what an operation about it answers to somebody."""


class NoOperations:
    """Where nobody asks GraphQL: at the command line, and in tests of services."""

    def fault(self, query: str, *, actor: Actor) -> str | None:
        """Tell that nothing can be stored here."""
        return "operations are stored through the API"

    async def answer(
        self, query: str, *, object_type: str, object_id: UUID, actor: Actor
    ) -> tuple[str, dict[str, Any]]:
        """Refuse."""
        raise RuntimeError("there is no schema to ask")

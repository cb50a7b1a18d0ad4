"""What one request carries through its resolvers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import strawberry

from softlanding.actors import Actor
from softlanding.services.authentication import actor_of
from softlanding.services.core import Core
from softlanding_schema.reads.batches import Batches
from softlanding_schema.reads.tags import Tags


@dataclass(frozen=True)
class SentKey:
    """The header Idempotency-Key, and all that was sent with it, as SHA-256."""

    key: str
    request: str


@dataclass
class RequestContext:
    """The open core, the actor who asks, and the batches of this request."""

    core: Core
    actor: Actor
    request_id: str = ""
    sent_key: SentKey | None = None
    tags: Tags | None = None
    """What the answer is made of, where a cache is to be told."""
    again: Callable[[], Awaitable[Actor]] | None = None
    """Who asks, looked up once more."""
    batches: Batches = field(init=False)
    loader_calls: list[str] = field(default_factory=list)
    """The loaders of plugins that were called, by plugin and type."""
    done: dict[str, Any] = field(default_factory=dict)
    """What the mutations of this request gave already, payload or exception, by response key."""

    def __post_init__(self) -> None:
        self.batches = Batches(self.core, self.actor, self.loader_calls)

    async def renew(self) -> None:
        """Look up who asks, and forget what was read; raises `Refused` where they may not.

        For what lasts longer than a request.
        """
        if self.again is not None:
            self.actor = await self.again()
        self.after_writing()

    def after_writing(self) -> None:
        """Forget what was read, so that a payload shows what was written."""
        self.batches = Batches(self.core, self.actor, self.loader_calls)

    async def look_again(self) -> None:
        """Look up what a person is a member of, after they changed it themselves."""
        if self.actor.person_id is not None:
            found = await actor_of(self.core, self.actor.person_id)
            self.actor = replace(found, session_id=self.actor.session_id)
        self.after_writing()


Info: TypeAlias = strawberry.Info[RequestContext, None]

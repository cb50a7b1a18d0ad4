"""Who asks: from the header `Authorization` to an actor."""

from softlanding.actors import ANONYMOUS, Actor
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.services.authentication import authenticate
from softlanding.services.core import Core


async def actor_of(core: Core, header: str | None) -> Actor:
    """Return the actor; raises `Refused` for a token that is not known, expired or revoked."""
    if header is None:
        return ANONYMOUS
    scheme, _, token = header.partition(" ")
    actor = None
    if scheme.lower() == "bearer" and token.strip():
        actor = await authenticate(core, token.strip())
    if actor is None:
        raise Refused(
            Problem(
                code=Code.UNAUTHENTICATED,
                message="The token is not known, expired or revoked.",
                hint="Send `Authorization: Bearer <token>` with a token in force, or none.",
            )
        )
    return actor

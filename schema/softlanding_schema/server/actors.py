"""Who asks: from the header `Authorization`, or from the cookie of a session, to an actor."""

from collections.abc import Mapping

from softlanding.actors import ANONYMOUS, Actor
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.services.authentication import authenticate, authenticate_session
from softlanding.services.core import Core
from softlanding_schema.server.cookies import Cookies


async def actor_of(core: Core, cookies: Cookies, headers: Mapping[bytes, bytes]) -> Actor:
    """Return the actor of a request; the header counts before the cookie.

    Raises `Refused` for a token or session that is not known, expired or ended, and for a cookie
    on a request that none of our own pages sent.
    """
    authorization = headers.get(b"authorization")
    if authorization is not None:
        return await _bearer(core, authorization.decode("latin-1"))
    if b"cookie" not in headers or (secret := cookies.secret_in(headers)) is None:
        return ANONYMOUS
    if not cookies.is_from_here(headers):
        raise Refused(
            Problem(
                code=Code.FORBIDDEN,
                message="A request with the cookie of a session must come from our own pages.",
                hint="Other pages and programs send `Authorization: Bearer <token>` instead.",
            )
        )
    actor = await authenticate_session(core, secret)
    if actor is None:
        raise Refused(
            Problem(
                code=Code.UNAUTHENTICATED,
                message="Your session has ended.",
                hint="Sign in again at /sign-in.",
            )
        )
    return actor


async def _bearer(core: Core, header: str) -> Actor:
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

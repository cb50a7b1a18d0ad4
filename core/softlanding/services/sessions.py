"""Sessions: people who are signed in with a browser."""

import secrets
from datetime import datetime
from uuid import UUID

from softlanding.actors import Actor
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.predicates import AllOf, Equals, IsNull
from softlanding.services.authentication import authenticate_session, hash_of
from softlanding.services.core import Core, require, require_writer, visible
from softlanding.storage.database import Transaction
from softlanding.storage.models import new_id

PREFIX = "sls_"
_USER_AGENT = 200


async def open_session(
    core: Core, person_id: UUID, *, method: str, user_agent: str, chosen_at: datetime | None = None
) -> str:
    """Sign a person in and return the secret of the session, for a cookie.

    `chosen_at` is when the password was chosen that was verified, where one was: where there is
    another by now it is refused, since a new password ends what the old one opened.
    """
    secret = PREFIX + secrets.token_urlsafe(32)
    now = core.clock.now()
    session = {
        "id": new_id(),
        "person_id": person_id,
        "hash": hash_of(secret),
        "method": method,
        "user_agent": "".join(one for one in user_agent if one.isprintable())[:_USER_AGENT],
        "created_at": now,
        "last_seen_at": now,
        "ended_at": None,
    }

    async def work(transaction: Transaction) -> None:
        if chosen_at is not None:
            person = await transaction.lock("persons", person_id)
            if person is None or person["password_changed_at"] != chosen_at:
                raise Refused(_CHANGED)
        await transaction.insert("sessions", session)

    await core.database.transact(work)
    return secret


async def end_session(core: Core, secret: str) -> None:
    """Sign out: end the session of a cookie, if there is one."""

    async def work(transaction: Transaction) -> None:
        for session in await transaction.select("sessions", Equals("hash", hash_of(secret))):
            await _end(core, transaction, session["id"])

    await core.database.transact(work)


async def revoke_session(core: Core, actor: Actor, session_id: UUID) -> UUID:
    """End a session of one's own, or any as an administrator; its next request is refused."""
    require_writer(actor)

    async def work(transaction: Transaction) -> UUID:
        session = await visible(transaction, actor, "sessions", session_id, "id")
        require(actor, "revoke_session", session)
        await _end(core, transaction, session_id)
        return session_id

    return await core.database.transact(work)


async def end_others(core: Core, secret: str) -> None:
    """End all sessions of a person but the one of this secret, if that one is open."""
    actor = await authenticate_session(core, secret)
    if actor is None or actor.person_id is None:
        return
    others = AllOf((Equals("person_id", actor.person_id), IsNull("ended_at", value=True)))

    async def work(transaction: Transaction) -> None:
        for session in await transaction.select("sessions", others):
            if session["id"] != actor.session_id:
                await _end(core, transaction, session["id"])

    await core.database.transact(work)


async def end_all(core: Core, transaction: Transaction, person_id: UUID) -> None:
    """End all sessions of a person, and revoke their bearer tokens and calendar addresses.

    Whoever chooses a new password may do so because somebody else knew the old one.
    """
    now = core.clock.now()
    own = Equals("person_id", person_id)
    for session in await transaction.select(
        "sessions", AllOf((own, IsNull("ended_at", value=True)))
    ):
        await _end(core, transaction, session["id"])
    in_force = AllOf((own, IsNull("revoked_at", value=True)))
    for table in ("tokens", "calendar_addresses"):
        for row in await transaction.select(table, in_force):
            await transaction.update(table, row["id"], {"revoked_at": now})


async def _end(core: Core, transaction: Transaction, session_id: UUID) -> None:
    session = await transaction.lock("sessions", session_id)
    if session is not None and session["ended_at"] is None:
        await transaction.update("sessions", session_id, {"ended_at": core.clock.now()})


_CHANGED = Problem(
    code=Code.UNAUTHENTICATED,
    message="The password was changed a moment ago.",
    hint="Sign in with the new one.",
)

"""Short-lived bearer tokens, by which a person's programs ask in their name."""

import secrets
from datetime import timedelta
from uuid import UUID

from pydantic import Field

from softlanding.actors import Actor
from softlanding.contract.forms import Form, Line
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.predicates import AllOf, Compare, Equals, IsNull
from softlanding.services.core import Core, forbidden, not_found, require, require_writer, visible
from softlanding.services.tokens import PREFIX, token_row
from softlanding.storage.database import Transaction

MOST_IN_FORCE = 20
"""So many short-lived tokens of a person may be in force."""


class NewAccessToken(Form):
    """A token to be made."""

    label: Line = Field(description="What it is for.")
    hours: int = Field(default=1, ge=1, le=24, description="How long it is in force, 1 to 24.")


async def create_access_token(core: Core, actor: Actor, new: NewAccessToken) -> tuple[str, UUID]:
    """Make a token of one's own; returns it, which is told once, and its key.

    Only with a session: a token that made tokens would never end.
    """
    require_writer(actor)
    require(actor, "create_access_token", {"id": actor.person_id})
    if actor.person_id is None or actor.session_id is None:
        raise forbidden(
            "Tokens are made by people who are signed in with a browser.",
            hint="Sign in at /sign-in and send this from the editor.",
        )
    person_id = actor.person_id
    secret = PREFIX + secrets.token_urlsafe(32)
    now = core.clock.now()
    until = now + timedelta(hours=new.hours)
    row = token_row(core, secret, new.label, person_id=person_id, expires_at=until)

    async def work(transaction: Transaction) -> UUID:
        await transaction.lock("persons", person_id)
        in_force = AllOf(
            (
                Equals("person_id", person_id),
                IsNull("revoked_at", value=True),
                Compare("expires_at", ">", now),
            )
        )
        if len(await transaction.select("tokens", in_force)) >= MOST_IN_FORCE:
            raise Refused(
                Problem(
                    code=Code.CONFLICT,
                    message=f"{MOST_IN_FORCE} tokens of yours are in force, which is the most.",
                    hint="Revoke those that nothing uses.",
                )
            )
        await transaction.insert("tokens", row)
        return UUID(str(row["id"]))

    return secret, await core.database.transact(work)


async def revoke_token(core: Core, actor: Actor, token_id: UUID) -> UUID:
    """Revoke a bearer token of one's own; its next request is refused."""
    require_writer(actor)

    async def work(transaction: Transaction) -> UUID:
        row = await visible(transaction, actor, "tokens", token_id, "id")
        if row["person_id"] is None:
            raise not_found("tokens", "id")
        require(actor, "revoke_token", row)
        if row["revoked_at"] is None:
            await transaction.update("tokens", token_id, {"revoked_at": core.clock.now()})
        return token_id

    return await core.database.transact(work)

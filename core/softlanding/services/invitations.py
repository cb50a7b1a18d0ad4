"""Invitations: a membership or an office, offered to an e-mail address behind a link.

The link goes to that address and to nobody else, the inviter included: whoever opens it has shown
that the address is theirs. Inviting tells nobody whether the address is known.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from pydantic import Field

from softlanding.actors import Actor
from softlanding.contract.forms import Form, Name
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.domain.vocabulary import InvitedRole, MemberRole
from softlanding.predicates import Equals
from softlanding.services.authentication import hash_of
from softlanding.services.channels import Message
from softlanding.services.core import Core, require, require_writer, visible
from softlanding.services.members import join
from softlanding.services.passwords import hashed
from softlanding.services.people import Email, person_row
from softlanding.storage.database import Rows, Transaction
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row

INVITATION_HOLDS = timedelta(days=7)
"""How long an invitation can be accepted."""


class NewInvitation(Form):
    """Who is invited."""

    name: Name = Field(description="Name of the person.")
    email: Email = Field(description="E-mail address, to which the link is sent.")


async def invite_member(
    core: Core, actor: Actor, new: NewInvitation, *, incubator_id: UUID, role: InvitedRole
) -> UUID:
    """Invite somebody to be staff, manager or reviewer of an incubator."""
    require_writer(actor)
    incubator = await visible(core.database.rows, actor, "incubators", incubator_id, "incubator")
    require(actor, "invite_member", incubator)
    if role not in {InvitedRole.STAFF, InvitedRole.MANAGER, InvitedRole.REVIEWER}:
        raise _no_role(role, "an incubator", "STAFF, MANAGER or REVIEWER")
    place = {"incubator_id": incubator_id, "startup_id": None, "home_id": None}
    return await _invite(core, actor, new, role, place, incubator["name"])


async def invite_founder(core: Core, actor: Actor, new: NewInvitation, *, startup_id: UUID) -> UUID:
    """Invite somebody to be a founder of a start-up."""
    require_writer(actor)
    startup = await visible(core.database.rows, actor, "startups", startup_id, "startup")
    require(actor, "invite_founder", startup)
    place = {"incubator_id": None, "startup_id": startup_id, "home_id": startup["home_id"]}
    return await _invite(core, actor, new, InvitedRole.FOUNDER, place, startup["name"])


async def invite_officer(
    core: Core, actor: Actor, new: NewInvitation, *, role: InvitedRole
) -> UUID:
    """Invite somebody to be an administrator or auditor of the network."""
    require_writer(actor)
    require(actor, "invite_officer")
    if role not in {InvitedRole.ADMINISTRATOR, InvitedRole.AUDITOR}:
        raise _no_role(role, "the network", "ADMINISTRATOR or AUDITOR")
    place: dict[str, UUID | None] = {"incubator_id": None, "startup_id": None, "home_id": None}
    return await _invite(core, actor, new, role, place, "the network")


async def _invite(
    core: Core,
    actor: Actor,
    new: NewInvitation,
    role: InvitedRole,
    place: Mapping[str, UUID | None],
    name: str,
) -> UUID:
    secret, now = secrets.token_urlsafe(32), core.clock.now()
    row = {
        "id": new_id(),
        **new.model_dump(),
        "role": str(role),
        **place,
        "hash": hash_of(secret),
        "invited_by": actor.name,
        "created_at": now,
        "expires_at": now + INVITATION_HOLDS,
        "accepted_at": None,
        "revoked_at": None,
    }

    async def work(transaction: Transaction) -> None:
        await transaction.insert("invitations", row)

    await core.database.transact(work)
    text = (
        f"{actor.name} invites you to be {role.lower()} of {name} at Soft Landing.\n"
        f"Accept within a week:\n{core.public_url}/invitations/accept?link={secret}"
    )
    message = Message(to=new.email, subject="An invitation", text=text)
    core.background.start(core.channel.send(message), name="send an invitation")
    return UUID(str(row["id"]))


async def revoke_invitation(core: Core, actor: Actor, invitation_id: UUID) -> UUID:
    """Take an invitation back."""
    require_writer(actor)

    async def work(transaction: Transaction) -> UUID:
        invitation = await visible(transaction, actor, "invitations", invitation_id, "id")
        require(actor, "revoke_invitation", invitation)
        invitation = await transaction.lock("invitations", invitation_id) or invitation
        if invitation["accepted_at"] is not None:
            raise Refused(
                Problem(
                    code=Code.WRONG_STATE,
                    message="The invitation was accepted already.",
                    path=("id",),
                    hint="Remove the membership.",
                )
            )
        if invitation["revoked_at"] is None:
            revoked = {"revoked_at": core.clock.now()}
            await transaction.update("invitations", invitation_id, revoked)
        return invitation_id

    return await core.database.transact(work)


@dataclass(frozen=True)
class Invited:
    """An invitation as whoever holds its link sees it."""

    name: str
    email: str
    role: InvitedRole
    place: str
    is_known: bool
    """Whether there is a person with this address, who has a password or another way in."""


async def invitation_of(core: Core, secret: str) -> Invited:
    """Return the invitation of a link; refuses one that does not hold."""
    rows = core.database.rows
    row = await _open(core, rows, secret)
    table, key = ("startups", row["startup_id"])
    if key is None:
        table, key = "incubators", row["incubator_id"]
    place = await rows.one(table, key) if key is not None else None
    return Invited(
        name=row["name"],
        email=row["email"],
        role=InvitedRole(row["role"]),
        place=place["name"] if place else "the network",
        is_known=bool(await rows.select("persons", Equals("email", row["email"]))),
    )


async def accept_invitation(core: Core, secret: str, password: str | None) -> UUID:
    """Accept an invitation, which uses up its link; returns the person.

    A person with the address becomes what they were invited to be, and is changed in nothing
    else; otherwise one is added, who chooses a password.
    """
    invited = await invitation_of(core, secret)
    stored = None
    if not invited.is_known:
        stored = await hashed(password or "", known=(invited.name, invited.email))

    async def work(transaction: Transaction) -> UUID:
        row = await _open(core, transaction, secret)
        row = await transaction.lock("invitations", row["id"]) or row
        if row["accepted_at"] is not None or row["revoked_at"] is not None:
            raise Refused(_NO_INVITATION)
        now = core.clock.now()
        await transaction.update("invitations", row["id"], {"accepted_at": now})
        found = await transaction.select("persons", Equals("email", row["email"]))
        if found:
            person_id: UUID = found[0]["id"]
        else:
            person = person_row(core, name=row["name"], email=row["email"], password_hash=stored)
            await transaction.insert("persons", person)
            person_id = person["id"]
        await _appoint(transaction, person_id, row)
        return person_id

    return await core.database.transact(work)


async def _appoint(transaction: Transaction, person_id: UUID, row: Row) -> None:
    role = InvitedRole(row["role"])
    if role is InvitedRole.ADMINISTRATOR:
        await transaction.update("persons", person_id, {"is_admin": True})
    elif role is InvitedRole.AUDITOR:
        await transaction.update("persons", person_id, {"is_auditor": True})
    else:
        place = row["startup_id"] or row["incubator_id"]
        await join(transaction, person_id, MemberRole(str(role)), place)


async def _open(core: Core, rows: Rows, secret: str) -> Row:
    found = await rows.select("invitations", Equals("hash", hash_of(secret)))
    if not found or not is_open(found[0], core):
        raise Refused(_NO_INVITATION)
    return found[0]


def is_open(row: Row, core: Core) -> bool:
    """Tell whether an invitation can be accepted."""
    ended = row["accepted_at"] is not None or row["revoked_at"] is not None
    return not ended and row["expires_at"] > core.clock.now()


def _no_role(role: InvitedRole, whose: str, possible: str) -> Refused:
    return Refused(
        Problem(
            code=Code.INVALID,
            message=f"{role} is no role of {whose}.",
            path=("role",),
            hint=f"Choose {possible}.",
        )
    )


_NO_INVITATION = Problem(
    code=Code.NOT_FOUND,
    message="This invitation does not hold any more, or never did.",
    hint="Ask whoever invited you for a new one.",
)

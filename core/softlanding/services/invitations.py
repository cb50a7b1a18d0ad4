"""Invitations: a membership or an office, offered to an e-mail address behind a link.

The link goes to that address and to nobody else, the inviter included: whoever opens it has shown
that the address is theirs. Inviting tells nobody whether the address is known.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import Field

from softlanding.actors import Actor
from softlanding.contract.channels import Addressee, Message
from softlanding.contract.forms import Form, Name
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.domain.vocabulary import InvitedRole
from softlanding.predicates import AllOf, Compare, Equals
from softlanding.services.authentication import hash_of
from softlanding.services.channels import send_message
from softlanding.services.core import Core, require, require_writer, visible
from softlanding.services.members import hold_place, place_of
from softlanding.services.people import NOT_ENDED, OFFICES, Email
from softlanding.storage.database import Transaction
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row

INVITATION_HOLDS = timedelta(days=7)
"""How long an invitation can be accepted."""

MOST_OPEN = 100
"""So many invitations to one place, or to offices of the network, may be open."""


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
        await hold_place(transaction, row)
        await _require_room(transaction, row, now)
        await transaction.insert("invitations", row)

    await core.database.transact(work)
    message = Message(
        to=Addressee(kind="PERSON", address=new.email, name=new.name),
        subject="An invitation",
        paragraphs=(
            f"{actor.name} invites you to be {role.lower()} of {name} at Soft Landing.",
            "Accept within a week:",
            f"{core.public_url}/invitations/accept?link={secret}",
        ),
    )
    core.background.start(send_message(core, message), name="send an invitation")
    return UUID(str(row["id"]))


async def _require_room(transaction: Transaction, row: Row, now: datetime) -> None:
    """Refuse to send messages to ever more addresses."""
    place = OFFICES if row[place_of(row)] is None else Equals(place_of(row), row[place_of(row)])
    unanswered = AllOf((place, NOT_ENDED, Compare("expires_at", ">", now)))
    if len(await transaction.select("invitations", unanswered, limit=MOST_OPEN)) == MOST_OPEN:
        raise Refused(
            Problem(
                code=Code.CONFLICT,
                message=f"{MOST_OPEN} invitations are open, which is the most.",
                hint="Take back those that nobody answers.",
            )
        )


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

"""Accepting invitations: what whoever holds the link of one sees, and becomes."""

from dataclasses import dataclass
from uuid import UUID

from softlanding.domain.problems import Code, Problem, Refused
from softlanding.domain.vocabulary import InvitedRole, MemberRole
from softlanding.predicates import Equals
from softlanding.services.authentication import hash_of
from softlanding.services.core import Core
from softlanding.services.invitations import is_open
from softlanding.services.members import hold_place, join
from softlanding.services.passwords import hashed
from softlanding.services.people import person_row
from softlanding.storage.database import Rows, Transaction
from softlanding.storage.faults import IntegrityError
from softlanding.storage.tables import Row


@dataclass(frozen=True)
class Invited:
    """An invitation as whoever holds its link sees it."""

    name: str
    email: str
    role: InvitedRole
    place: str
    is_known: bool
    """Whether there is a person with this address, who keeps the way in that they have."""


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


@dataclass(frozen=True)
class Accepted:
    """Who accepted an invitation, and whether they were added by it."""

    person_id: UUID
    is_new: bool


async def accept_invitation(core: Core, secret: str, password: str | None) -> Accepted:
    """Accept an invitation, which uses up its link.

    A person with the address becomes what they were invited to be, and is changed in nothing
    else; otherwise one is added, who chooses a password.
    """
    invited = await invitation_of(core, secret)
    stored = None
    if not invited.is_known:
        stored = await hashed(password or "", known=(invited.name, invited.email))

    async def work(transaction: Transaction) -> Accepted:
        row = await _open(core, transaction, secret)
        await hold_place(transaction, row)
        row = await transaction.lock("invitations", row["id"]) or row
        if not is_open(row, core):
            raise Refused(_NO_INVITATION)
        await transaction.update("invitations", row["id"], {"accepted_at": core.clock.now()})
        found = await transaction.select("persons", Equals("email", row["email"]))
        if found:
            accepted = Accepted(found[0]["id"], is_new=False)
        else:
            person = person_row(core, name=row["name"], email=row["email"], password_hash=stored)
            await transaction.insert("persons", person)
            accepted = Accepted(person["id"], is_new=True)
        await _appoint(transaction, accepted.person_id, row)
        return accepted

    try:
        return await core.database.transact(work)
    except IntegrityError:
        # Another link of the same person was a moment earlier; now they are known.
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


_NO_INVITATION = Problem(
    code=Code.NOT_FOUND,
    message="This invitation does not hold any more, or never did.",
    hint="Ask whoever invited you for a new one.",
)

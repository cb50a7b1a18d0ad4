"""Members: changing what somebody is of an incubator, and taking memberships away."""

from uuid import UUID

from softlanding.actors import Actor
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.domain.vocabulary import MemberRole
from softlanding.predicates import AllOf, Equals
from softlanding.roles import Role
from softlanding.services.core import Core, not_found, require, require_writer, visible
from softlanding.services.people import membership_row, take_invitations_back
from softlanding.storage.database import Transaction
from softlanding.storage.tables import Row

# An invitation makes nobody less than they are.
_RANK = {MemberRole.REVIEWER: 0, MemberRole.STAFF: 1, MemberRole.MANAGER: 2, MemberRole.FOUNDER: 0}
_TABLES = {"incubator_id": "incubators", "startup_id": "startups"}


async def join(transaction: Transaction, person_id: UUID, role: MemberRole, place: UUID) -> None:
    """Make a person a member of a place that is held, or more of one than they are."""
    row = membership_row(person_id, role, place)
    own = AllOf((Equals("person_id", person_id), Equals(place_of(row), place)))
    found = await transaction.select("memberships", own)
    if not found:
        await transaction.insert("memberships", row)
    elif _RANK[role] > _RANK[MemberRole(found[0]["role"])]:
        await transaction.update("memberships", found[0]["id"], {"role": str(role)})


async def change_member(core: Core, actor: Actor, membership_id: UUID, role: MemberRole) -> UUID:
    """Change what somebody is of an incubator; returns the key of the incubator."""
    require_writer(actor)
    if role is MemberRole.FOUNDER:
        raise Refused(
            Problem(
                code=Code.INVALID,
                message="Founders are founders of a start-up.",
                path=("role",),
                hint="Choose STAFF, MANAGER or REVIEWER, or invite a founder.",
            )
        )

    async def work(transaction: Transaction) -> UUID:
        row = await visible(transaction, actor, "memberships", membership_id, "id")
        require(actor, "change_member", row)
        row = await _held(transaction, row, "incubator_id")
        if role is not MemberRole.MANAGER:
            await _keep_a_manager(transaction, actor, row)
        await transaction.update("memberships", membership_id, {"role": str(role)})
        await _take_back(core, transaction, row)
        return UUID(str(row["incubator_id"]))

    return await core.database.transact(work)


async def remove_member(core: Core, actor: Actor, membership_id: UUID) -> UUID:
    """Take somebody's membership of an incubator away; returns the key of the incubator."""
    require_writer(actor)

    async def work(transaction: Transaction) -> UUID:
        row = await visible(transaction, actor, "memberships", membership_id, "id")
        require(actor, "remove_member", row)
        row = await _held(transaction, row, "incubator_id")
        await _keep_a_manager(transaction, actor, row)
        await _end(core, transaction, row)
        return UUID(str(row["incubator_id"]))

    return await core.database.transact(work)


async def remove_founder(core: Core, actor: Actor, membership_id: UUID) -> UUID:
    """Take a founder's membership of a start-up away; returns the key of the start-up."""
    require_writer(actor)

    async def work(transaction: Transaction) -> UUID:
        row = await visible(transaction, actor, "memberships", membership_id, "id")
        if row["startup_id"] is None:
            raise not_found("memberships", "id")
        startup = await visible(transaction, actor, "startups", row["startup_id"], "id")
        require(actor, "remove_founder", startup)
        row = await _held(transaction, row, "startup_id")
        await _end(core, transaction, row)
        return UUID(str(startup["id"]))

    return await core.database.transact(work)


async def leave(core: Core, actor: Actor, membership_id: UUID) -> None:
    """End a membership of one's own."""
    require_writer(actor)

    async def work(transaction: Transaction) -> None:
        row = await visible(transaction, actor, "memberships", membership_id, "id")
        require(actor, "leave", row)
        row = await _held(transaction, row, place_of(row))
        await _keep_a_manager(transaction, actor, row)
        await _end(core, transaction, row)

    await core.database.transact(work)


def place_of(row: Row) -> str:
    """Return the column that names the place of a membership or an invitation to one."""
    return "startup_id" if row["startup_id"] else "incubator_id"


async def hold_place(transaction: Transaction, row: Row) -> None:
    """Let no other transaction change who belongs to the place of a membership or invitation.

    Whatever else a transaction locks, it locks this first, so that two never wait for each other.
    """
    column = place_of(row)
    if row[column] is not None:
        await transaction.lock(_TABLES[column], row[column])


async def _held(transaction: Transaction, row: Row, column: str) -> Row:
    """Return a membership as it is now that its place is held; refuses one of another kind."""
    if row[column] is None:
        raise not_found("memberships", "id")
    await hold_place(transaction, row)
    held = await transaction.lock("memberships", row["id"])
    if held is None:
        raise not_found("memberships", "id")
    return held


async def _end(core: Core, transaction: Transaction, row: Row) -> None:
    await transaction.delete("memberships", Equals("id", row["id"]))
    await _take_back(core, transaction, row)


async def _take_back(core: Core, transaction: Transaction, row: Row) -> None:
    """Take back what invites a person to the same place, or they could undo what was changed."""
    place = Equals(place_of(row), row[place_of(row)])
    await take_invitations_back(core, transaction, row["person_id"], place)


async def _keep_a_manager(transaction: Transaction, actor: Actor, row: Row) -> None:
    """Refuse to leave an incubator without a manager; administrators may."""
    if row["role"] != MemberRole.MANAGER or actor.is_admin:
        return
    own = AllOf((Equals("incubator_id", row["incubator_id"]), Equals("role", "MANAGER")))
    if len(await transaction.select("memberships", own)) == 1:
        raise Refused(
            Problem(
                code=Code.WRONG_STATE,
                message="This is the last manager of the incubator.",
                path=("id",),
                hint=f"Make somebody else a manager first, or ask {Role.ADMIN.told}.",
            )
        )

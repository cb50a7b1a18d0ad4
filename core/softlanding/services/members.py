"""Members: changing what somebody is of an incubator, and taking memberships away."""

from uuid import UUID

from softlanding.actors import Actor
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.domain.vocabulary import MemberRole
from softlanding.predicates import AllOf, Equals
from softlanding.roles import Role
from softlanding.services.core import Core, forbidden, not_found, require, require_writer, visible
from softlanding.services.people import membership_row
from softlanding.storage.database import Transaction
from softlanding.storage.tables import Row

# An invitation makes nobody less than they are.
_RANK = {MemberRole.REVIEWER: 0, MemberRole.STAFF: 1, MemberRole.MANAGER: 2, MemberRole.FOUNDER: 0}


async def join(transaction: Transaction, person_id: UUID, role: MemberRole, place: UUID) -> None:
    """Make a person a member, or more of one than they are."""
    # One person joins one place once, however many links they open at a time.
    await transaction.lock("persons", person_id)
    row = membership_row(person_id, role, place)
    column = "startup_id" if row["startup_id"] else "incubator_id"
    own = AllOf((Equals("person_id", person_id), Equals(column, place)))
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
        row = await _membership(transaction, actor, "change_member", membership_id)
        if role is not MemberRole.MANAGER:
            await _keep_a_manager(transaction, actor, row)
        await transaction.update("memberships", membership_id, {"role": str(role)})
        return UUID(str(row["incubator_id"]))

    return await core.database.transact(work)


async def remove_member(core: Core, actor: Actor, membership_id: UUID) -> UUID:
    """Take somebody's membership of an incubator away; returns the key of the incubator."""
    require_writer(actor)

    async def work(transaction: Transaction) -> UUID:
        row = await _membership(transaction, actor, "remove_member", membership_id)
        await _keep_a_manager(transaction, actor, row)
        await transaction.delete("memberships", Equals("id", membership_id))
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
        await transaction.delete("memberships", Equals("id", membership_id))
        return UUID(str(startup["id"]))

    return await core.database.transact(work)


async def _membership(
    transaction: Transaction, actor: Actor, action: str, membership_id: UUID
) -> Row:
    row = await visible(transaction, actor, "memberships", membership_id, "id")
    require(actor, action, row)
    if row["incubator_id"] is None:
        raise not_found("memberships", "id")
    # Of two who leave at a time, the second sees that the first has left.
    await transaction.lock("incubators", row["incubator_id"])
    return await transaction.lock("memberships", membership_id) or row


async def _keep_a_manager(transaction: Transaction, actor: Actor, row: Row) -> None:
    """Refuse to leave an incubator without a manager; administrators may."""
    if row["role"] != MemberRole.MANAGER or actor.is_admin:
        return
    own = AllOf((Equals("incubator_id", row["incubator_id"]), Equals("role", "MANAGER")))
    if len(await transaction.select("memberships", own)) == 1:
        raise forbidden(
            "This is the last manager of the incubator.",
            hint=f"Make somebody else a manager first, or ask {Role.ADMIN.told}.",
        )

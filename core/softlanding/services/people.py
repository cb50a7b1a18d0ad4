"""People: who is founder of which start-up, and staff of which incubator."""

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from softlanding.contract.forms import Form, Name
from softlanding.domain.characters import require_visible
from softlanding.domain.emails import email_address
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.domain.vocabulary import MemberRole, Notifications
from softlanding.predicates import AllOf, Equals, IsNull, Predicate
from softlanding.services.core import Core
from softlanding.storage.database import Transaction
from softlanding.storage.faults import IntegrityError
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row

Email = Annotated[
    str,
    StringConstraints(max_length=254),
    AfterValidator(require_visible),
    AfterValidator(email_address),
]


class NewPerson(Form):
    """A person to be added."""

    name: Name = Field(description="Name of the person.")
    email: Email = Field(description="E-mail address, by which the person is known.")
    is_admin: bool = Field(default=False, description="Whether a network administrator.")
    is_auditor: bool = Field(default=False, description="Whether an auditor, who reads all.")


def membership_row(person_id: UUID, role: MemberRole, key: UUID) -> Row:
    """Return the row of a membership: of a start-up for founders, of an incubator for others."""
    of_startup = role is MemberRole.FOUNDER
    return {
        "id": new_id(),
        "person_id": person_id,
        "startup_id": key if of_startup else None,
        "incubator_id": None if of_startup else key,
        "role": str(role),
    }


def person_row(
    core: Core,
    *,
    name: str,
    email: str,
    is_admin: bool = False,
    is_auditor: bool = False,
    password_hash: str | None = None,
) -> Row:
    """Return the row of a new person."""
    now = core.clock.now()
    return {
        "id": new_id(),
        "name": name,
        "email": email,
        "is_admin": is_admin,
        "is_auditor": is_auditor,
        "password_hash": password_hash,
        "password_changed_at": now if password_hash else None,
        "created_at": now,
        "locale": None,
        "notifications": str(Notifications.DAILY),
        "digest_on": None,
    }


async def add_person(
    core: Core,
    new: NewPerson,
    *,
    founder_of: Iterable[UUID] = (),
    staff_of: Iterable[UUID] = (),
    manager_of: Iterable[UUID] = (),
    reviewer_of: Iterable[UUID] = (),
) -> UUID:
    """Add a person with their memberships; refuses an address that is known already.

    There is no actor: people are added by the command line and the demonstration data.
    """
    person = person_row(core, **new.model_dump())
    person_id: UUID = person["id"]
    memberships = [
        membership_row(person_id, role, key)
        for role, keys in (
            (MemberRole.FOUNDER, founder_of),
            (MemberRole.STAFF, staff_of),
            (MemberRole.MANAGER, manager_of),
            (MemberRole.REVIEWER, reviewer_of),
        )
        for key in keys
    ]

    async def work(transaction: Transaction) -> None:
        await transaction.insert("persons", person)
        await transaction.insert("memberships", *memberships)

    try:
        await core.database.transact(work)
    except IntegrityError:
        raise Refused(
            Problem(
                code=Code.CONFLICT,
                message=f"There is a person {new.email} already.",
                path=("email",),
                hint="Use the person there is.",
            )
        ) from None
    return person_id


async def set_offices(
    core: Core, person_id: UUID, *, is_admin: bool | None, is_auditor: bool | None
) -> None:
    """Give a person an office of the network, or take it away; None leaves it as it is.

    When one is taken away, so are invitations to an office, or the person could take it again.
    """
    given = {"is_admin": is_admin, "is_auditor": is_auditor}
    changes = {name: value for name, value in given.items() if value is not None}

    async def work(transaction: Transaction) -> None:
        await transaction.update("persons", person_id, changes)
        if not all(changes.values()):
            await take_invitations_back(core, transaction, person_id, OFFICES)

    if changes:
        await core.database.transact(work)


OFFICES = AllOf((IsNull("incubator_id", value=True), IsNull("startup_id", value=True)))
"""Invitations to an office of the network, which is no place."""

NOT_ENDED = AllOf((IsNull("accepted_at", value=True), IsNull("revoked_at", value=True)))
"""Invitations that were neither accepted nor taken back; their time may have come."""


async def take_invitations_back(
    core: Core, transaction: Transaction, person_id: UUID, place: Predicate
) -> None:
    """Take back what invites a person to a place; it tells nothing where there is nothing."""
    person = await transaction.one("persons", person_id)
    if person is None:
        return
    invited = AllOf((Equals("email", person["email"]), place, NOT_ENDED))
    for invitation in await transaction.select("invitations", invited):
        revoked = {"revoked_at": core.clock.now()}
        await transaction.update("invitations", invitation["id"], revoked)

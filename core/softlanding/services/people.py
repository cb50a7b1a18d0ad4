"""People: who is founder of which start-up, and staff of which incubator."""

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from softlanding.contract.forms import Form, Line
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.services.core import Core
from softlanding.storage.database import Transaction
from softlanding.storage.faults import IntegrityError
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row

Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, to_lower=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
    ),
]


class NewPerson(Form):
    """A person to be added."""

    name: Line = Field(description="Name of the person.")
    email: Email = Field(description="E-mail address, by which the person is known.")
    is_admin: bool = Field(default=False, description="Whether a network administrator.")


async def add_person(
    core: Core,
    new: NewPerson,
    *,
    founder_of: Iterable[UUID] = (),
    staff_of: Iterable[UUID] = (),
) -> UUID:
    """Add a person with their memberships; refuses an address that is known already.

    There is no actor: people are added by the command line and the demonstration data.
    """
    person_id = new_id()
    person = {"id": person_id, **new.model_dump(), "created_at": core.clock.now()}
    memberships: list[Row] = [
        {"id": new_id(), "person_id": person_id, "startup_id": startup, "incubator_id": incubator}
        for startup, incubator in [
            *((key, None) for key in founder_of),
            *((None, key) for key in staff_of),
        ]
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

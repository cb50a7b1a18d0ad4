"""Choosing a new password by a link that works once."""

import secrets
from datetime import timedelta
from uuid import UUID

from softlanding.contract.channels import Addressee, Message
from softlanding.domain.emails import known_as
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.predicates import AllOf, Equals, IsNull
from softlanding.services.authentication import hash_of
from softlanding.services.channels import send_message
from softlanding.services.core import Core
from softlanding.services.passwords import hashed
from softlanding.services.sessions import end_all
from softlanding.storage.database import Rows, Transaction
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row

RESET_HOLDS = timedelta(hours=1)
FIRST_HOLDS = timedelta(days=7)
"""How long a link holds: for somebody who forgot, and for somebody who is new."""


async def reset_link(core: Core, person_id: UUID, *, holds: timedelta = RESET_HOLDS) -> str:
    """Make a link by which a person chooses a password, and return its secret; told once."""
    secret = secrets.token_urlsafe(32)
    now = core.clock.now()
    row = {
        "id": new_id(),
        "person_id": person_id,
        "hash": hash_of(secret),
        "created_at": now,
        "expires_at": now + holds,
        "used_at": None,
    }

    async def work(transaction: Transaction) -> None:
        await transaction.insert("password_resets", row)

    await core.database.transact(work)
    return secret


async def send_reset_link(core: Core, email: str, *, address: str) -> None:
    """Send a link to whoever has this e-mail address; nobody is told whether somebody does.

    `address` is where the form is; the secret is put behind it.
    """
    found = await core.database.rows.select("persons", Equals("email", known_as(email)))
    if found:
        secret = await reset_link(core, found[0]["id"])
        message = Message(
            to=Addressee(kind="PERSON", address=found[0]["email"], name=found[0]["name"]),
            subject="A new password",
            paragraphs=(
                "Choose a new password for Soft Landing within an hour:",
                f"{address}{secret}",
                "If you did not ask for it, leave it: nothing has changed.",
            ),
        )
        await send_message(core, message)


async def reset_password(core: Core, secret: str, password: str) -> UUID:
    """Choose a password by a link, which is used up; returns the person.

    All sessions and bearer tokens of the person end, and so do all other links.
    """
    person = await _person_of(core, secret)
    stored = await hashed(password, known=(person["name"], person["email"]))
    person_id: UUID = person["id"]

    async def work(transaction: Transaction) -> UUID:
        # The person is locked, not the link: two links of one person wait for each other too.
        await transaction.lock("persons", person_id)
        await _open_link(core, transaction, secret)
        await _choose(core, transaction, person_id, stored)
        return person_id

    return await core.database.transact(work)


async def set_password(core: Core, person_id: UUID, stored: str) -> None:
    """Store the hash of a password that the operator chose for a person."""

    async def work(transaction: Transaction) -> None:
        await transaction.lock("persons", person_id)
        await _choose(core, transaction, person_id, stored)

    await core.database.transact(work)


async def _choose(core: Core, transaction: Transaction, person_id: UUID, stored: str) -> None:
    """Store a password, and end what the old one or a link opened, or still could."""
    now = core.clock.now()
    changes = {"password_hash": stored, "password_changed_at": now}
    await transaction.update("persons", person_id, changes)
    unused = AllOf((Equals("person_id", person_id), IsNull("used_at", value=True)))
    for link in await transaction.select("password_resets", unused):
        await transaction.update("password_resets", link["id"], {"used_at": now})
    await end_all(core, transaction, person_id)


async def require_link(core: Core, secret: str) -> None:
    """Refuse a link that does not hold any more, or never did."""
    await _open_link(core, core.database.rows, secret)


async def _person_of(core: Core, secret: str) -> Row:
    link = await _open_link(core, core.database.rows, secret)
    person = await core.database.rows.one("persons", link["person_id"])
    assert person is not None  # noqa: S101 - foreign keys keep it
    return person


async def _open_link(core: Core, rows: Rows, secret: str) -> Row:
    found = await rows.select("password_resets", Equals("hash", hash_of(secret)))
    if not found or found[0]["used_at"] is not None or found[0]["expires_at"] <= core.clock.now():
        raise Refused(_NO_LINK)
    return found[0]


_NO_LINK = Problem(
    code=Code.NOT_FOUND,
    message="This link does not hold any more, or never did.",
    hint="Ask for a new one.",
)

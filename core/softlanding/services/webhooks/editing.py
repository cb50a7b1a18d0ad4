"""Making, changing and deleting webhooks; the managers of their incubator."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from pydantic import Field

from softlanding.actors import Actor
from softlanding.contract.events import Subscriber
from softlanding.contract.forms import Form, Line, Prose
from softlanding.contract.outgoing import NotReached
from softlanding.domain.problems import Code, Problem, Refused, refuse_if
from softlanding.predicates import AllOf, Equals
from softlanding.services.api_keys import is_over
from softlanding.services.authentication import actor_of_key
from softlanding.services.core import Core, not_found, require, require_writer, visible
from softlanding.services.dead_letters import pending_again
from softlanding.services.editing import given, left_out, new_row, next_revision
from softlanding.services.outgoing_http import require_address
from softlanding.services.revisions import require_revision
from softlanding.services.webhooks.signatures import new_secret
from softlanding.storage.database import Transaction
from softlanding.storage.events import NAMES
from softlanding.storage.tables import Row

MOST_WEBHOOKS = 20
"""So many webhooks an incubator may have."""

_ADDRESS = "Address beginning with https://, on the public Internet."
_QUERY = (
    "The query whose answer is sent. It may take `$id: ID!`, the global id of the object that the"
    " event is about, and is asked with the rights of the key."
)
_EVENTS = (
    "Names of events, such as stay.confirmed, or patterns, such as startup.*: incubators, startups"
    " and stays."
)
_TOLD = ("incubator.", "startup.", "stay.")


class NewWebhook(Form):
    """A webhook to be made."""

    label: Line = Field(description="What it is for.")
    address: Line = Field(max_length=2000, description=_ADDRESS)
    query: Prose = Field(description=_QUERY)
    events: list[Line] = Field(min_length=1, max_length=50, description=_EVENTS)


class WebhookChanges(Form):
    """Changes of a webhook; what is left out stays."""

    label: Line | None = Field(default_factory=left_out, description="What it is for.")
    address: Line | None = Field(default_factory=left_out, description=_ADDRESS)
    query: Prose | None = Field(default_factory=left_out, description=_QUERY)
    events: list[Line] | None = Field(
        default_factory=left_out, min_length=1, max_length=50, description=_EVENTS
    )
    enabled: bool | None = Field(
        default_factory=left_out, description="Whether it is told of events."
    )


async def create_webhook(
    core: Core, actor: Actor, new: NewWebhook, *, key_id: UUID
) -> tuple[str, UUID]:
    """Make a webhook of the incubator of a key; returns its secret, told once, and its key."""
    require_writer(actor)
    key = await visible(core.database.rows, actor, "tokens", key_id, "apiKey")
    if key["incubator_id"] is None:
        raise not_found("tokens", "apiKey")
    incubator_id: UUID = key["incubator_id"]
    incubator = await visible(core.database.rows, actor, "incubators", incubator_id, "apiKey")
    require(actor, "create_webhook", incubator)
    values = new.model_dump()
    refuse_if(_problems(core, values, key))
    secret = new_secret()
    row = new_row(
        core,
        {
            **values,
            "incubator_id": incubator_id,
            "token_id": key_id,
            "enabled": True,
            "disabled_because": "",
            "secret": secret,
            "old_secret": None,
            "old_secret_until": None,
        },
    )

    async def work(transaction: Transaction) -> None:
        await transaction.lock("incubators", incubator_id)
        await _refuse_too_many(transaction, incubator_id)
        await transaction.insert("webhooks", row)

    await core.database.transact(work)
    return secret, UUID(str(row["id"]))


async def update_webhook(
    core: Core,
    actor: Actor,
    webhook_id: UUID,
    changes: WebhookChanges,
    *,
    revision: int | None = None,
) -> UUID:
    """Change a webhook; switched on again, it is told of what happens from then on."""
    require_writer(actor)
    values = given(changes, nullable=())
    if values.get("enabled") is not None:
        values["disabled_because"] = ""

    async def work(transaction: Transaction) -> UUID:
        row = await _own(transaction, actor, "update_webhook", webhook_id)
        await require_revision(transaction, "webhooks", row, revision)
        key = await transaction.one("tokens", row["token_id"])
        refuse_if(_problems(core, values, key or {}))
        await transaction.update("webhooks", webhook_id, next_revision(core, row, values))
        return webhook_id

    return await core.database.transact(work)


async def rotate_webhook_secret(
    core: Core, actor: Actor, webhook_id: UUID, *, overlap_hours: int = 24
) -> tuple[str, UUID]:
    """Make a new secret; the old one signs beside it for some hours more."""
    require_writer(actor)
    secret = new_secret()

    async def work(transaction: Transaction) -> UUID:
        row = await _own(transaction, actor, "rotate_webhook_secret", webhook_id)
        values = {
            "secret": secret,
            "old_secret": row["secret"],
            "old_secret_until": core.clock.now() + timedelta(hours=overlap_hours),
        }
        await transaction.update("webhooks", webhook_id, next_revision(core, row, values))
        return webhook_id

    return secret, await core.database.transact(work)


async def delete_webhook(core: Core, actor: Actor, webhook_id: UUID) -> UUID:
    """Delete a webhook with the log of its deliveries; returns the key of its incubator."""
    require_writer(actor)

    async def work(transaction: Transaction) -> UUID:
        row = await _own(transaction, actor, "delete_webhook", webhook_id)
        await transaction.delete("webhooks", Equals("id", webhook_id))
        return UUID(str(row["incubator_id"]))

    return await core.database.transact(work)


async def redeliver(core: Core, actor: Actor, attempt_id: UUID) -> UUID:
    """Send an event again that was delivered or given up; returns the key of the webhook."""
    require_writer(actor)

    async def work(transaction: Transaction) -> UUID:
        attempt = await visible(transaction, actor, "webhook_attempts", attempt_id, "id")
        row = await _own(transaction, actor, "redeliver_webhook", attempt["webhook_id"])
        delivery = await transaction.lock("deliveries", attempt["delivery_id"])
        if delivery is None or delivery["state"] == "PENDING" or not row["enabled"]:
            raise Refused(_not_again(delivery, row))
        await transaction.update("deliveries", delivery["id"], pending_again())
        return UUID(str(row["id"]))

    return await core.database.transact(work)


def _not_again(delivery: Row | None, row: Row) -> Problem:
    if not row["enabled"]:
        message, hint = "The webhook is switched off.", "Switch it on first."
    elif delivery is None:
        message, hint = "The event is forgotten: events are kept for 30 days.", "Read the object."
    else:
        message, hint = "The event is still on its way.", "Wait for the next attempt."
    return Problem(code=Code.WRONG_STATE, message=message, path=("id",), hint=hint)


async def _own(transaction: Transaction, actor: Actor, action: str, webhook_id: UUID) -> Row:
    row = await visible(transaction, actor, "webhooks", webhook_id, "id")
    require(actor, action, row)
    return await transaction.lock("webhooks", webhook_id) or row


async def _refuse_too_many(transaction: Transaction, incubator_id: UUID) -> None:
    there = await transaction.select("webhooks", AllOf((Equals("incubator_id", incubator_id),)))
    if len(there) >= MOST_WEBHOOKS:
        raise Refused(
            Problem(
                code=Code.CONFLICT,
                message=f"The incubator has {MOST_WEBHOOKS} webhooks, which is the most.",
                path=("apiKey",),
                hint="Delete those that nobody uses.",
            )
        )


def _problems(core: Core, values: Mapping[str, Any], key: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the values that are given."""
    if key.get("revoked_at") is not None or (key and is_over(dict(key), core.clock.now())):
        yield _invalid("apiKey", "The key is not in force any more.", "Choose another key.")
    if "address" in values:
        try:
            require_address(values["address"], local=core.outgoing_local)
        except NotReached as wrong:
            yield _invalid("address", f"It cannot be used: {wrong}.", _ADDRESS)
    for place, name in enumerate(values.get("events", ())):
        if not any(Subscriber(key="", events=(name,), handle=_nobody).wants(one) for one in TOLD):
            yield _invalid(f"events.{place}", f"No event is named {name}.", _EVENTS)
    if "query" in values and key:
        fault = core.operations.fault(values["query"], actor=actor_of_key(key))
        if fault is not None:
            yield _invalid("query", f"The operation cannot be stored: {fault}.", _QUERY)


def _invalid(field: str, message: str, hint: str) -> Problem:
    return Problem(code=Code.INVALID, message=message, path=tuple(field.split(".")), hint=hint)


async def _nobody(*arguments: object) -> None:
    """Handle nothing."""


TOLD = tuple(name for name in NAMES if name.startswith(_TOLD))
"""The events that webhooks are told of."""

"""What a mutation answers that was done already: its objects as they are now."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

import orjson

from softlanding.predicates import Equals
from softlanding.storage.tables import Row
from softlanding_schema.context import Info
from softlanding_schema.types.access import AccessToken, Session
from softlanding_schema.types.api_keys import ApiKey
from softlanding_schema.types.calendars import CalendarAddress
from softlanding_schema.types.incubators import Incubator
from softlanding_schema.types.people import Invitation
from softlanding_schema.types.query import onboarding_step
from softlanding_schema.types.startups import Startup
from softlanding_schema.types.stays import Stay
from softlanding_schema.types.viewer import Viewer
from softlanding_schema.types.webhooks import Webhook


async def replayed(info: Info, payload: type[Any], known: Row) -> Any:
    """Return the payload of a mutation anew, from the changes that are on the record of it.

    Secrets are told once, and not again.
    """
    changes = await info.context.core.database.rows.select(
        "record_changes", Equals("entry_id", known["entry_id"]), order=("position",)
    )
    info.context.after_writing()
    answered = payload()
    for name, table in _TABLES.items():
        if hasattr(answered, name) and (key := _changed(changes, table)) is not None:
            row = await info.context.batches.row(table, key)
            setattr(answered, name, await _MADE[name](info, row) if row else None)
    if hasattr(answered, "viewer"):
        await info.context.look_again()
        answered.viewer = Viewer.of(info)
    return answered


_TABLES: Mapping[str, str] = {
    "incubator": "incubators",
    "startup": "startups",
    "stay": "stays",
    "step": "onboarding_steps",
    "calendar_address": "calendar_addresses",
    "invitation": "invitations",
    "api_key": "tokens",
    "access_token": "tokens",
    "session": "sessions",
    "webhook": "webhooks",
}
"""The tables of the objects that payloads have, by the name of the field."""


def _changed(changes: list[Row], table: str) -> UUID | None:
    """Return the key of the first row of a table that was changed, or that a changed row names."""
    for change in changes:
        if change["table_name"] == table:
            return UUID(str(change["row_id"]))
    column = f"{table.removesuffix('s')}_id"
    for change in changes:
        row = orjson.loads(change["after"] or change["before"] or "{}")
        if row.get(column):
            return UUID(row[column])
    return None


async def _plain(made: Any) -> Any:
    return made


_MADE: Mapping[str, Callable[[Info, Row], Awaitable[Any]]] = {
    "incubator": lambda info, row: _plain(Incubator.of(row)),
    "startup": lambda info, row: _plain(Startup.of(row)),
    "stay": lambda info, row: _plain(Stay.of(row)),
    "step": onboarding_step,
    "calendar_address": lambda info, row: _plain(CalendarAddress.of(row)),
    "invitation": lambda info, row: _plain(Invitation.of(row)),
    "api_key": lambda info, row: _plain(ApiKey.of(row)),
    "access_token": lambda info, row: _plain(AccessToken.of(row)),
    "session": lambda info, row: _plain(Session.of(row, info)),
    "webhook": lambda info, row: _plain(Webhook.of(row)),
}

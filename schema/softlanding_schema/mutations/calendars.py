"""Mutations of the private addresses of calendars."""

from typing import Annotated

import strawberry

from softlanding.services import calendars
from softlanding_schema.context import Info
from softlanding_schema.mutations.inputs import (
    CreateCalendarAddressInput,
    RevokeCalendarAddressInput,
)
from softlanding_schema.mutations.payloads import CalendarAddressPayload, written
from softlanding_schema.reads.global_ids import key_of
from softlanding_schema.types.calendars import TYPE_NAME, CalendarAddress
from softlanding_schema.types.stays import Stay


@strawberry.type
class CalendarMutations:
    """What can be done to calendar addresses."""

    @strawberry.mutation(
        description="Make a private address at which a calendar reads the plan of a stay."
    )
    async def create_calendar_address(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - Relay's name
            CreateCalendarAddressInput, strawberry.argument(description="Of which stay.")
        ],
    ) -> CalendarAddressPayload:
        """Create."""
        core, actor = info.context.core, info.context.actor
        stay = key_of(input.stay, "Stay", "stay")
        path, key = await calendars.create_address(core, actor, stay, label=input.label)
        row = await written(info, "stays", stay)
        address = await core.database.rows.one("calendar_addresses", key)
        return CalendarAddressPayload(
            path=path,
            calendar_address=CalendarAddress.of(address) if address else None,
            stay=Stay.of(row) if row else None,
        )

    @strawberry.mutation(description="Revoke a private address of a calendar.")
    async def revoke_calendar_address(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - Relay's name
            RevokeCalendarAddressInput, strawberry.argument(description="Which address.")
        ],
    ) -> CalendarAddressPayload:
        """Revoke."""
        core, actor = info.context.core, info.context.actor
        key = key_of(input.id, TYPE_NAME, "id")
        stay = await calendars.revoke_address(core, actor, key)
        row = await written(info, "stays", stay)
        address = await core.database.rows.one("calendar_addresses", key)
        return CalendarAddressPayload(
            calendar_address=CalendarAddress.of(address) if address else None,
            stay=Stay.of(row) if row else None,
        )

"""Mutations of stays: applying, changing, the lifecycle."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

import strawberry

from softlanding.domain.stays import TRANSITIONS
from softlanding.services import boot, reports, stays
from softlanding.services.stays import NewStay, StayChanges
from softlanding_schema.context import Info
from softlanding_schema.mutations.inputs import (
    ApplyForStayInput,
    MoveStayInput,
    SetTodayInput,
    SubmitReportInput,
    UpdateStayInput,
    command,
)
from softlanding_schema.mutations.payloads import StayPayload, TodayPayload, written
from softlanding_schema.reads.global_ids import key_of
from softlanding_schema.types.stays import Stay
from softlanding_schema.types.viewer import Viewer


async def _payload(info: Info, key: UUID) -> StayPayload:
    row = await written(info, "stays", key)
    if row is None:
        return StayPayload()
    return StayPayload(stay=Stay.of(row))


def _transition(name: str, description: str) -> Any:
    """Return the mutation that takes a stay along one transition."""

    async def move(
        info: Info,
        input: Annotated[MoveStayInput, strawberry.argument(description="Which stay.")],  # noqa: A002 - Relay's name
    ) -> StayPayload:
        key = await stays.move_stay(
            info.context.core,
            info.context.actor,
            key_of(input.id, "Stay", "id"),
            name,
            reason=input.reason or "",
            revision=input.revision,
        )
        return await _payload(info, key)

    way = TRANSITIONS[name]
    sources = ", ".join(str(state) for state in sorted(way.sources))
    told = f"{description} {sources} → {way.target}."
    resolver: Callable[..., Awaitable[StayPayload]] = move
    return strawberry.mutation(resolver=resolver, description=told)


@strawberry.type
class StayMutations:
    """What can be done to stays."""

    submit_stay: StayPayload = _transition("submit", "Hand the application in.")
    review_stay: StayPayload = _transition("review", "Start to review the application.")
    accept_stay: StayPayload = _transition("accept", "Accept the stay and hold a desk.")
    decline_stay: StayPayload = _transition("decline", "Say no to the application.")
    withdraw_stay: StayPayload = _transition("withdraw", "Take the application back.")
    confirm_stay: StayPayload = _transition(
        "confirm", "Check every step again and confirm the stay, which makes it public."
    )
    cancel_stay: StayPayload = _transition("cancel", "Call the stay off.")
    start_stay: StayPayload = _transition("start", "Say that the start-up has arrived.")
    complete_stay: StayPayload = _transition("complete", "Say that the start-up has left.")

    @strawberry.mutation(description="Create a draft of a stay with its steps.")
    async def apply_for_stay(
        self,
        info: Info,
        input: Annotated[ApplyForStayInput, strawberry.argument(description="The application.")],  # noqa: A002 - Relay's name
    ) -> StayPayload:
        """Apply."""
        key = await stays.apply_for_stay(
            info.context.core,
            info.context.actor,
            command(NewStay, input),
            startup_id=key_of(input.startup, "Startup", "startup"),
            host_id=key_of(input.host, "Incubator", "host"),
        )
        return await _payload(info, key)

    @strawberry.mutation(description="Change dates, travellers or goals. Until it is CONFIRMED.")
    async def update_stay(
        self,
        info: Info,
        input: Annotated[UpdateStayInput, strawberry.argument(description="The changes.")],  # noqa: A002 - Relay's name
    ) -> StayPayload:
        """Update."""
        key = await stays.update_stay(
            info.context.core,
            info.context.actor,
            key_of(input.id, "Stay", "id"),
            command(StayChanges, input),
            revision=input.revision,
        )
        return await _payload(info, key)

    @strawberry.mutation(
        description="Hand the outcome report in, which closes the stay. COMPLETED → CLOSED."
    )
    async def submit_report(
        self,
        info: Info,
        input: Annotated[SubmitReportInput, strawberry.argument(description="The report.")],  # noqa: A002 - Relay's name
    ) -> StayPayload:
        """Report."""
        key = await reports.submit_report(
            info.context.core,
            info.context.actor,
            key_of(input.id, "Stay", "id"),
            input.report,
            revision=input.revision,
        )
        return await _payload(info, key)

    @strawberry.mutation(description="Move the frozen day of the demo.")
    async def set_today(
        self,
        info: Info,
        input: Annotated[SetTodayInput, strawberry.argument(description="The day.")],  # noqa: A002 - Relay's name
    ) -> TodayPayload:
        """Move the day."""
        await boot.set_today(info.context.core, info.context.actor, input.today)
        info.context.after_writing()
        return TodayPayload(viewer=Viewer.of(info))

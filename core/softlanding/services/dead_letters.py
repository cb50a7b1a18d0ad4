"""What was to be told and was not: seen, and sent again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from softlanding.domain.problems import Code, Problem, Refused
from softlanding.predicates import AllOf, Equals, OneOf, Predicate
from softlanding.services.core import Core
from softlanding.storage.database import Rows, Transaction

MOST = 500


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A delivery that waits or was given up: what, to whom, how often it was tried, and why not."""

    id: UUID
    state: str
    event: str
    at: datetime
    object_id: UUID
    subscriber: str
    recipient: str
    attempts: int
    next_at: datetime
    error: str

    def __str__(self) -> str:
        to = f"{self.subscriber} {self.recipient}".rstrip()
        when = f"{self.attempts} attempts"
        if self.state == "PENDING":
            when += f", next {self.next_at:%Y-%m-%d %H:%M:%S}Z"
        said = f": {self.error}" if self.error else ""
        return f"{self.id}  {self.state:7}  {self.event} of {self.object_id} to {to}, {when}{said}"


async def letters(rows: Rows, *, state: str | None = None) -> list[Letter]:
    """Return what was not delivered yet, or not at all, oldest first; at most 500."""
    states = ("DEAD", "PENDING") if state is None else (state,)
    found = await rows.select(
        "deliveries", OneOf("state", states), order=("event_id", "id"), limit=MOST
    )
    keys = tuple({row["event_id"] for row in found})
    told = await rows.select("events", OneOf("id", keys)) if keys else []
    events = {row["id"]: row for row in told}
    return [
        Letter(
            event=events[row["event_id"]]["name"],
            at=events[row["event_id"]]["at"],
            object_id=events[row["event_id"]]["object_id"],
            **{
                name: row[name]
                for name in (
                    "id",
                    "state",
                    "subscriber",
                    "recipient",
                    "attempts",
                    "next_at",
                    "error",
                )
            },
        )
        for row in found
    ]


def pending_again() -> dict[str, Any]:
    """Return the values of a delivery that is to be sent again, from its first attempt."""
    return {"state": "PENDING", "attempts": 0, "next_at": datetime.now(UTC), "ended_at": None}


async def replay(core: Core, keys: Sequence[UUID] | None = None) -> int:
    """Send dead letters again, all or those with these keys; returns their number.

    Refuses a key that is of no dead letter, and sends none then.
    """
    dead: Predicate = Equals("state", "DEAD")
    if keys is not None:
        dead = AllOf((dead, OneOf("id", tuple(keys))))

    async def work(transaction: Transaction) -> int:
        found = await transaction.select("deliveries", dead)
        if missing := set(keys or ()) - {row["id"] for row in found}:
            raise Refused(
                Problem(
                    code=Code.NOT_FOUND,
                    message=f"There is no dead letter {', '.join(sorted(map(str, missing)))}.",
                    hint="`softlanding outbox list` shows those there are.",
                )
            )
        for row in found:
            await transaction.update("deliveries", row["id"], pending_again())
        return len(found)

    return await core.database.transact(work)

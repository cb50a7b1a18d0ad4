"""The statements of the outbox: what is new, who takes what in hand, what may be forgotten.

Of several processes one dispatches at a time, in the order of the events; deliveries are claimed by
all of them, each its own.
"""

from collections.abc import Sequence
from datetime import datetime

from softlanding.predicates import IsNull
from softlanding.storage.rows import Rows, Transaction
from softlanding.storage.scopes import Statement
from softlanding.storage.tables import Row, table

_DISPATCHING = 7_306_001
"""The advisory lock of PostgreSQL that whoever dispatches holds."""


async def undispatched(transaction: Transaction, limit: int) -> Sequence[Row]:
    """Return the oldest events that nobody has looked at; nothing while another process does."""
    if transaction.dialect == "postgresql":
        sql = "SELECT pg_try_advisory_xact_lock($1) AS held"
        (row,) = await transaction.fetch(sql, [_DISPATCHING])
        if not row["held"]:
            return []
    return await transaction.select("events", IsNull("dispatched_at", value=True), limit=limit)


async def claim(
    transaction: Transaction, now: datetime, leased_until: datetime, limit: int
) -> Sequence[Row]:
    """Take deliveries in hand that are due, and return them in the order of their events.

    One waits while an earlier event of the same aggregate is still to reach its recipient, or while
    the recipients of that one are not yet known.
    """
    statement = Statement(transaction.dialect)
    until, due, over = (statement.bind(moment) for moment in (leased_until, now, now))
    most = statement.bind(limit)
    locking = "" if transaction.dialect == "sqlite" else "FOR UPDATE OF d SKIP LOCKED"
    sql = f"""
        UPDATE deliveries SET leased_until = {until}, attempts = attempts + 1 WHERE id IN (
            SELECT d.id FROM deliveries AS d
            WHERE d.state = 'PENDING' AND d.next_at <= {due}
            AND (d.leased_until IS NULL OR d.leased_until <= {over})
            AND NOT EXISTS (
                SELECT 1 FROM deliveries AS e
                WHERE e.aggregate_id = d.aggregate_id AND e.subscriber = d.subscriber
                AND e.event_id < d.event_id AND e.state = 'PENDING'
                AND e.recipient IN ('', d.recipient))
            ORDER BY d.event_id, d.id LIMIT {most} {locking})
        RETURNING *"""  # noqa: S608 - placeholders, the values are parameters
    found = await transaction.fetch(sql, statement.parameters)
    decode = table("deliveries").decode
    return sorted((decode(row) for row in found), key=lambda row: (row["event_id"], row["id"]))


async def due_at(rows: Rows, now: datetime) -> datetime | None:
    """Return when there is something to do: `now` for new events, None where nothing waits."""
    new = await rows.select("events", IsNull("dispatched_at", value=True), limit=1)
    if new:
        return now
    sql = (
        "SELECT min(CASE WHEN leased_until > next_at THEN leased_until ELSE next_at END) AS due"
        " FROM deliveries WHERE state = 'PENDING'"
    )
    (row,) = await rows.fetch(sql, [])
    due = row["due"]
    return datetime.fromisoformat(due) if isinstance(due, str) else due


async def release(transaction: Transaction) -> None:
    """End all leases: for the one process of a SQLite database, when it starts."""
    await transaction.fetch(
        "UPDATE deliveries SET leased_until = NULL WHERE leased_until IS NOT NULL", []
    )


async def forget_events(transaction: Transaction, before: datetime) -> int:
    """Delete events that were told to everybody before then, and how; returns their number."""
    statement = Statement(transaction.dialect)
    old = statement.bind(before)
    sql = f"""
        DELETE FROM events WHERE dispatched_at < {old} AND NOT EXISTS (
            SELECT 1 FROM deliveries AS d WHERE d.event_id = events.id AND d.state = 'PENDING')
        RETURNING id"""  # noqa: S608 - a placeholder, the value is a parameter
    return len(await transaction.fetch(sql, statement.parameters))

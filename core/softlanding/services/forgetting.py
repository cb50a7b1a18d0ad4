"""What ways in leave behind is deleted: links, sessions, attempts, invitations that are over."""

from datetime import date, timedelta

from softlanding.domain.texts import DEFAULT_LOCALE
from softlanding.predicates import Compare
from softlanding.services.authentication import SESSION_LONGEST
from softlanding.services.core import Core
from softlanding.storage.database import Transaction
from softlanding.storage.outbox import forget_events
from softlanding.storage.tables import Row

EVENTS_KEPT = timedelta(days=30)
"""How long what was told to subscribers can be looked up."""

# Table, the column that says when it is over, and how long after that it is kept.
_KEPT = (
    ("password_resets", "expires_at", timedelta(days=7)),
    ("sign_in_flows", "created_at", timedelta(days=1)),
    ("sign_in_attempts", "at", timedelta(days=1)),
    ("sessions", "created_at", SESSION_LONGEST + timedelta(days=30)),
    ("idempotency_keys", "created_at", timedelta(days=1)),
    ("deliveries", "ended_at", EVENTS_KEPT),
    ("webhook_attempts", "at", EVENTS_KEPT),
    # Names and addresses of people who did not come, as personal answers are (house rule).
    ("invitations", "expires_at", timedelta(days=90)),
)


async def forget(core: Core) -> int:
    """Delete what is over for long; returns the number of rows."""

    async def work(transaction: Transaction) -> int:
        count = 0
        for table, column, kept in _KEPT:
            over = Compare(column, "<", core.clock.now() - kept)
            count += len(await transaction.select(table, over))
            await transaction.delete(table, over)
        return count + await forget_events(transaction, core.clock.now() - EVENTS_KEPT)

    return await core.database.transact(work)


def without_persons(verdict: Row | None, today: date) -> Row | None:
    """Return a verdict without its sentence and evidence, which may tell what is deleted.

    Outcome, code, figures and rule set stay.
    """
    if not verdict:
        return verdict
    message = {
        DEFAULT_LOCALE: f"The answers behind this verdict were deleted on {today}; outcome,"
        " code and figures are kept."
    }
    return {**verdict, "message": message, "evidence": []}

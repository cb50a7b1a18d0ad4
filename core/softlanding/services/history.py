"""The history of a stay and its steps."""

from uuid import UUID

from softlanding.services.core import Core
from softlanding.storage.database import Transaction
from softlanding.storage.models import new_id


async def write_history(
    core: Core,
    transaction: Transaction,
    stay_id: UUID,
    object_id: UUID,
    revision: int,
    actor: str,
    action: str,
    detail: str = "",
) -> None:
    """Write what happened, one row per object and revision."""
    await transaction.insert(
        "history",
        {
            "id": new_id(),
            "stay_id": stay_id,
            "object_id": object_id,
            "revision": revision,
            "at": core.clock.now(),
            "actor": actor,
            "action": action,
            "detail": detail,
        },
    )

"""The history of a stay and its steps."""

from uuid import UUID

from softlanding.services.core import Core
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row


def history_row(
    core: Core,
    stay_id: UUID,
    object_id: UUID,
    revision: int,
    actor: str,
    action: str,
    detail: str = "",
) -> Row:
    """Return what happened, as one row per object and revision."""
    return {
        "id": new_id(),
        "stay_id": stay_id,
        "object_id": object_id,
        "revision": revision,
        "at": core.clock.now(),
        "actor": actor,
        "action": action,
        "detail": detail,
    }

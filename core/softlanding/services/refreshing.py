"""Bringing open stays up to date: their steps worked out and checked again."""

import structlog

from softlanding.access import OneOf, operator
from softlanding.domain.problems import Refused
from softlanding.domain.stays import ONBOARDING
from softlanding.services.core import Core
from softlanding.services.stay_changes import StayChange, change_stay
from softlanding.storage.tables import Row

log = structlog.get_logger("softlanding")


async def refresh_stays(core: Core) -> int:
    """Work the onboarding of every open stay out again; returns how many there are.

    Steps or rules may have changed, a day has passed, or another stay has.
    """
    actor = operator("plugins")
    open_states = OneOf("state", tuple(sorted(str(state) for state in ONBOARDING)))
    stays = await core.database.rows.select("stays", open_states)
    for stay in stays:
        try:
            await change_stay(core, actor, stay["id"], _check_all)
        except Refused as refused:
            log.warning("stay not refreshed", stay=str(stay["id"]), reason=str(refused))
        except Exception as error:
            # One stay must not keep all others from being served.
            log.error("stay not refreshed", stay=str(stay["id"]), exc_info=error)
    return len(stays)


def _check_all(stay: Row, steps: list[Row]) -> StayChange:
    return StayChange(recheck=None)

"""Bringing open stays up to date: their steps worked out and checked again."""

from uuid import UUID

import structlog

from softlanding.actors import operator
from softlanding.domain.problems import Refused
from softlanding.domain.stays import ONBOARDING
from softlanding.predicates import Compare, OneOf
from softlanding.services.core import Core
from softlanding.services.standing import holds_until, standing_on, stored_steps
from softlanding.services.stay_changes import StayChange, change_stay
from softlanding.storage.database import Transaction
from softlanding.storage.tables import Row

log = structlog.get_logger("softlanding")
_BATCH = 200


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


async def restate_stays(core: Core) -> int:
    """Store the states of steps as they stand today, where they were stored under other rules.

    Nothing is checked again and nothing becomes history: the states are what everybody is shown
    already, only that they need not be worked out for each reader. Returns how many stays it
    concerned.
    """
    count = 0
    first = UUID(int=0)
    while stays := await core.database.rows.select(
        "stays", Compare("id", ">=", first), limit=_BATCH
    ):
        first = UUID(int=stays[-1]["id"].int + 1)
        today = core.clock.today()
        for stay in stays:
            ended = stay["standing_until"] is not None and stay["standing_until"] < today
            if stay["standing_under"] != core.standing or ended:
                await _restate(core, stay["id"])
                count += 1
    return count


async def _restate(core: Core, stay_id: UUID) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.lock("stays", stay_id)
        today = core.clock.today()
        steps = await stored_steps(transaction, stay_id)
        states = standing_on(core, steps, today).states
        for step in steps:
            stands = states[step["key"]]
            now = {"state": str(stands.state), "reason": stands.reason}
            if now != {name: step[name] for name in now}:
                await transaction.update("onboarding_steps", step["id"], now)
        stated = {
            "standing_under": core.standing,
            "standing_until": holds_until(steps, today),
        }
        await transaction.update("stays", stay_id, stated)

    await core.database.transact(work)

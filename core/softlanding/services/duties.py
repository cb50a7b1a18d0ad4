"""What the product does by itself, once a day: stays brought up to date, due answers deleted.

Each duty is claimed in the database, so that of several processes one does it; a claim of a
process that died is taken over after an hour. A duty that fails is logged and tried again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import structlog

from softlanding.actors import operator
from softlanding.domain.retention import keep
from softlanding.domain.texts import DEFAULT_LOCALE
from softlanding.predicates import Compare
from softlanding.services.core import Core
from softlanding.services.forgetting import forget, without_persons
from softlanding.services.history import history_row
from softlanding.services.loops import Beat
from softlanding.services.notices.digests import send_digests
from softlanding.services.refreshing import refresh_stays, restate_stays
from softlanding.services.snapshots import by_id
from softlanding.storage.database import Transaction
from softlanding.storage.record import Acting
from softlanding.storage.tables import Row

log = structlog.get_logger("softlanding.duties")
_CLAIM_HOLDS = timedelta(hours=1)
_ACTOR = operator("retention")
_BATCH = 100


async def keep_duties(core: Core, beat: Beat, *, every: float = 600.0) -> None:
    """Do what is due, now and every `every` seconds, until cancelled."""
    while True:
        beat()
        await do_duties(core)
        await asyncio.sleep(every)


async def do_duties(core: Core) -> None:
    """Do each duty that has not been done today; a failure ends none of the others."""
    for name, work in DUTIES.items():
        try:
            if await _claimed(core, name):
                itself = Acting(kind="SYSTEM", name="duties", action=name)
                count = await work(core.acting(itself))
                await _done(core, name)
                log.info("duty done", duty=name, count=count)
        except Exception as error:
            log.error("duty failed", duty=name, exc_info=error)


async def _claimed(core: Core, name: str) -> bool:
    async def work(transaction: Transaction) -> bool:
        duty = await transaction.lock("duties", name)
        now = core.clock.now()
        if duty is None or duty["done_on"] == core.clock.today():
            return False
        if duty["started_at"] is not None and duty["started_at"] > now - _CLAIM_HOLDS:
            return False
        await transaction.update("duties", name, {"started_at": now})
        return True

    return await core.database.transact(work)


async def _done(core: Core, name: str) -> None:
    async def work(transaction: Transaction) -> None:
        done = {"started_at": None, "done_on": core.clock.today()}
        await transaction.update("duties", name, done)

    await core.database.transact(work)


async def delete_answers(core: Core) -> int:
    """Delete the answers whose retention has ended, and what verdicts say of them.

    Outcomes, codes and figures stay. Returns the number of steps changed.
    """
    yesterday = core.clock.today() - timedelta(days=1)
    due = Compare("answers_kept_until", "<=", yesterday)
    count = 0
    while steps := await core.database.rows.select("onboarding_steps", due, limit=_BATCH):
        for step in steps:
            await _delete_from(core, step)
        count += len(steps)
    return count


async def _delete_from(core: Core, step: Row) -> None:
    async def work(transaction: Transaction) -> None:
        stay = await transaction.lock("stays", step["stay_id"])
        fresh = await transaction.one("onboarding_steps", step["id"])
        if stay is None or fresh is None:
            return
        if fresh["answers"] is None:
            await transaction.update("onboarding_steps", fresh["id"], {"answers_kept_until": None})
            return
        definition = (await by_id(transaction, "step_definitions", [fresh["definition_id"]]))[
            fresh["definition_id"]
        ]
        today = core.clock.today()
        kept = keep(
            (definition["form"] or {}).get(DEFAULT_LOCALE, {}),
            fresh["answers"],
            departure=stay["departure"],
            today=today,
        )
        changed = {
            "answers": kept.answers,
            "verdict": without_persons(fresh["verdict"], today),
            "answers_kept_until": kept.kept_until,
            "answers_deleted_on": today,
            "revision": fresh["revision"] + 1,
            "updated_at": core.clock.now(),
        }
        await transaction.update("onboarding_steps", fresh["id"], changed)
        await transaction.insert(
            "history",
            history_row(
                core,
                stay["id"],
                fresh["id"],
                fresh["revision"] + 1,
                _ACTOR.name,
                "deleted",
                ", ".join(sorted(kept.deleted)),
            ),
        )
        # The states were worked out with answers that are gone now.
        onboarding = {
            "onboarding_revision": stay["onboarding_revision"] + 1,
            "standing_under": None,
        }
        await transaction.update("stays", stay["id"], onboarding)

    await core.database.transact(work)


DUTIES: Mapping[str, Callable[[Core], Awaitable[int]]] = {
    "refresh_stays": refresh_stays,
    "restate_stays": restate_stays,
    "delete_answers": delete_answers,
    "forget": forget,
    "send_digests": send_digests,
}
"""The duties by name; each returns how many objects it changed or looked at."""

"""Erasing a person or a start-up: from the plugins first, then from the core.

Rows are deleted, or cleared of the person; what the record tells of them is erased, and its chain
stays whole. It is done again until nothing is found, since others may name somebody meanwhile.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from softlanding.contract.personal_data import DataSubject
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.domain.stays import ONBOARDING
from softlanding.predicates import AllOf, Equals, OneOf
from softlanding.services.core import Core
from softlanding.services.history import history_row
from softlanding.services.personal_data.clearing import Clearing
from softlanding.services.personal_data.fields import require_all_plugins
from softlanding.services.personal_data.finding import (
    Found,
    clearing_of,
    find_person,
    find_startup,
)
from softlanding.services.personal_data.plugins import erase_in_plugins
from softlanding.services.personal_data.tables import OF_STAY
from softlanding.storage.database import Rows, Transaction
from softlanding.storage.record_erasing import erase_changes
from softlanding.storage.tables import Row

_ACTOR = "erasure"
_ROUNDS = 5
_EDITABLE = frozenset({"incubators", "startups", "stays", "onboarding_steps"})
_ON_A_STAY = frozenset({"stays", "onboarding_steps"})


@dataclass(frozen=True, kw_only=True)
class Erased:
    """What was erased: how many things, by plugin (or `core`), table or step, and what was done.

    `overwritten` tells whether nothing of it is left in the files of the database, for certain.
    """

    subject: DataSubject
    at: datetime
    counts: Mapping[str, Mapping[str, int]]
    overwritten: bool


async def erase_person(core: Core, subject: DataSubject) -> Erased:
    """Erase a person; refuses the last administrator, and while a plugin is quarantined."""
    require_all_plugins(core.registry)
    await _require_another_administrator(core.database.rows, subject)
    clearing = await clearing_of(core, subject)
    counts = await erase_in_plugins(core, subject)

    async def erase_found(found: Found) -> None:
        async def work(transaction: Transaction) -> Counter[tuple[str, str]]:
            await _require_another_administrator(transaction, subject, locking=True)
            return await _erase(core, transaction, found, clearing)

        counts.update(await core.database.transact(work))

    await _repeated(lambda: find_person(core, subject, clearing), erase_found)
    return await _erased(core, subject, counts)


async def erase_startup(core: Core, subject: DataSubject) -> Erased:
    """Erase a start-up with its stays; refuses while one of them is open."""
    require_all_plugins(core.registry)
    await _require_no_open_stay(core.database.rows, subject)
    counts = await erase_in_plugins(core, subject)

    async def erase_found(found: Found) -> None:
        async def work(transaction: Transaction) -> Counter[tuple[str, str]]:
            await _require_no_open_stay(transaction, subject)
            return await _erase(core, transaction, found, None)

        counts.update(await core.database.transact(work))

    await _repeated(lambda: find_startup(core, subject), erase_found)
    return await _erased(core, subject, counts)


async def _repeated(
    find: Callable[[], Awaitable[Found]], erase_found: Callable[[Found], Awaitable[None]]
) -> None:
    """Erase until nothing is found; refuses where others write faster than that."""
    for _ in range(_ROUNDS):
        if not (found := await find()):
            return
        await erase_found(found)
    if await find():
        raise Refused(
            Problem(
                code=Code.CONFLICT,
                message="Others write about them at this moment; what was found so far is erased.",
                hint="Erase again; a person whose account is gone by --name.",
            )
        )


async def _erased(core: Core, subject: DataSubject, counts: Counter[tuple[str, str]]) -> Erased:
    told: dict[str, dict[str, int]] = {}
    for (owner, what), count in sorted(counts.items()):
        told.setdefault(owner, {})[what] = count
    return Erased(
        subject=subject,
        at=core.clock.now(),
        counts=told,
        overwritten=await core.database.overwrite_deleted(),
    )


async def _require_another_administrator(
    rows: Rows, subject: DataSubject, *, locking: bool = False
) -> None:
    # Where they are locked, two who are erased at one time see each other go.
    some = await rows.select("persons", Equals("is_admin", True), locking=locking)
    if [one["id"] for one in some] == [subject.id]:
        raise Refused(
            Problem(
                code=Code.CONFLICT,
                message="This is the last administrator of the network.",
                hint="Give somebody else the office first: softlanding user office EMAIL --admin.",
            )
        )


async def _require_no_open_stay(rows: Rows, subject: DataSubject) -> None:
    assert subject.id is not None  # noqa: S101 - a start-up has a key
    states = tuple(sorted(str(state) for state in ONBOARDING))
    wanted = AllOf((Equals("startup_id", subject.id), OneOf("state", states)))
    found = await rows.select("stays", wanted, order=("arrival", "id"))
    if found:
        listed = ", ".join(f"{stay['state']} from {stay['arrival']}" for stay in found)
        raise Refused(
            Problem(
                code=Code.CONFLICT,
                message=f"The start-up has open stays: {listed}.",
                hint="Withdraw, cancel or close each of them first.",
            )
        )


async def _erase(
    core: Core, transaction: Transaction, found: Found, clearing: Clearing | None
) -> Counter[tuple[str, str]]:
    """Delete and clear what was found, as it stands now; returns how many of what."""
    now = core.clock.now()
    transaction.changes.erased_at = now
    counts: Counter[tuple[str, str]] = Counter()
    if clearing is not None:
        await _lock_stays(transaction, found)
        for table, some in found.texts.items():
            for row in some:
                if what := await _clear(core, transaction, table, row["id"], clearing):
                    counts[what] += 1
    for table, some in found.own.items():
        for row in some:
            counts[_owner(table, row), f"{table} deleted"] += 1
        if some:
            await transaction.delete(table, OneOf("id", tuple(row["id"] for row in some)))
    if found.changes:
        await erase_changes(transaction, [change["id"] for change in found.changes], now)
        counts["core", "record_changes erased"] += len(found.changes)
    if found.repeats:
        keys = tuple(row["id"] for row in found.repeats)
        await transaction.delete("idempotency_keys", OneOf("id", keys))
        counts["core", "idempotency_keys deleted"] += len(keys)
    return counts


async def _lock_stays(transaction: Transaction, found: Found) -> None:
    """Keep others from the stays that are cleared, in the order in which all lock: stays first."""
    below = {row["stay_id"] for table in OF_STAY for row in found.texts.get(table, ())}
    for key in sorted({*below, *(row["id"] for row in found.texts["stays"])}):
        await transaction.lock("stays", key)


async def _clear(
    core: Core, transaction: Transaction, table: str, key: UUID, clearing: Clearing
) -> tuple[str, str] | None:
    """Clear a row of a person, if it still names them; returns what was cleared."""
    row = await transaction.lock(table, key)
    if row is None or not (cleared := clearing.cleared(table, row)):
        return None
    if table in _EDITABLE:
        cleared |= {"revision": row["revision"] + 1, "updated_at": core.clock.now()}
    if "answers" in cleared:
        cleared["answers_deleted_on"] = core.clock.today()
    await transaction.update(table, key, cleared)
    if table in _ON_A_STAY:
        stay_id = row["id"] if table == "stays" else row["stay_id"]
        await _note(core, transaction, stay_id, key, cleared["revision"])
    return _owner(table, row), f"{table} cleared"


async def _note(
    core: Core, transaction: Transaction, stay_id: UUID, object_id: UUID, revision: int
) -> None:
    """Tell the history of a stay, and have the states of its steps worked out again."""
    told = history_row(core, stay_id, object_id, revision, _ACTOR, "erased")
    await transaction.insert("history", told)
    stay = await transaction.one("stays", stay_id)
    if stay is not None:
        again = {
            "onboarding_revision": stay["onboarding_revision"] + 1,
            "standing_under": None,
        }
        await transaction.update("stays", stay_id, again)


def _owner(table: str, row: Row) -> str:
    """Return whose data a row is: that of the plugin of a step or a record, or the core's."""
    if table == "onboarding_steps":
        return str(row["key"]).partition(".")[0]
    return str(row["plugin"]) if table == "records" else "core"

"""Changing a stay together with its onboarding, so that neither is ever half-written."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from softlanding.actors import Actor
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.services.core import Core, require_writer, visible
from softlanding.services.history import history_row
from softlanding.services.onboarding import work_out
from softlanding.services.plan_saving import save
from softlanding.services.revisions import require_revision
from softlanding.services.snapshots import stay_snapshots
from softlanding.services.standing import standing_on, stored_steps
from softlanding.storage.database import Transaction
from softlanding.storage.tables import Row

_ATTEMPTS = 5


@dataclass(frozen=True)
class Against:
    """The revision of a stay or a step that a change was made against; None where nobody says."""

    table: str
    row: Row
    revision: int | None


@dataclass(frozen=True, kw_only=True)
class StayChange:
    """What is to change: columns of the stay, and which checks run again.

    `action` and `step_actions` are written into the history of the stay and of its steps.
    """

    columns: Mapping[str, Any] = field(default_factory=dict)
    action: str = ""
    detail: str = ""
    recheck: Collection[str] | None = ()
    step_actions: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    against: Against | None = None


async def change_stay(
    core: Core,
    actor: Actor,
    stay_id: UUID,
    prepare: Callable[[Row, list[Row]], StayChange],
    *,
    within: Callable[[Transaction, Row], Awaitable[None]] | None = None,
) -> UUID:
    """Change a stay and work its onboarding out again.

    `prepare` is given the stay and its steps, may change the steps, and tells the rest; it
    refuses what the actor may not do. The plan is worked out outside the transaction and saved
    if stay and steps are still as they were read; otherwise all is done again, a few times.
    `within` runs in the transaction before anything is written, to lock and check other rows.
    """
    require_writer(actor)
    for _ in range(_ATTEMPTS):
        rows = core.database.rows
        stay = await visible(rows, actor, "stays", stay_id, "stay")
        stored = await stored_steps(rows, stay_id)
        standing = standing_on(core, stored, core.clock.today())
        # What may be done to a step depends on where it stands today, not when it was stored.
        steps = [
            {
                **step,
                "state": str(standing.states[step["key"]].state),
                "reason": standing.states[step["key"]].reason,
            }
            for step in stored
        ]
        change = prepare(stay, steps)
        if (against := change.against) is not None:
            await require_revision(rows, against.table, against.row, against.revision)
        changed = {**stay, **change.columns}
        snapshot = (await stay_snapshots(rows, [changed]))[0]
        plan = await work_out(core, rows, snapshot, steps, actor=actor.name, recheck=change.recheck)
        plan.before = {step["id"]: step for step in stored}

        async def work(
            transaction: Transaction,
            stay: Row = stay,
            changed: Row = changed,
            change: StayChange = change,
            plan: Any = plan,
        ) -> bool:
            if within is not None:
                await within(transaction, changed)
            fresh = await transaction.lock("stays", stay_id)
            if fresh is None or _version(fresh) != _version(stay):
                return False
            await save(
                core, transaction, fresh, plan, actor=actor.name, actions=change.step_actions
            )
            if change.columns:
                await write_stay(
                    core, transaction, fresh, change.columns, actor, change.action, change.detail
                )
            return True

        if await core.database.transact(work):
            return stay_id
    raise Refused(
        Problem(
            code=Code.CONFLICT,
            message="Others are changing this stay at the same moment.",
            hint="Read the stay again and repeat your change.",
        )
    )


def _version(stay: Row) -> tuple[int, int]:
    return stay["revision"], stay["onboarding_revision"]


async def write_stay(
    core: Core,
    transaction: Transaction,
    stay: Row,
    columns: Mapping[str, Any],
    actor: Actor,
    action: str,
    detail: str = "",
) -> None:
    """Change a stay's row, with its new revision and a line of history."""
    revision = stay["revision"] + 1
    values = {**columns, "revision": revision, "updated_at": core.clock.now()}
    await transaction.update("stays", stay["id"], values, before=stay)
    happened = history_row(core, stay["id"], stay["id"], revision, actor.name, action, detail)
    await transaction.insert("history", happened)

"""Saving a plan: steps, the records their verdicts leave, and their history."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from softlanding.predicates import OneOf
from softlanding.services.core import Core
from softlanding.services.history import history_row
from softlanding.services.onboarding import Plan
from softlanding.services.standing import holds_until
from softlanding.storage.database import Transaction
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row


def onboarding_columns(core: Core, stay: Row, plan: Plan) -> Row:
    """Return what the row of a stay tells of its onboarding, with the plan."""
    return {
        "onboarding_revision": stay["onboarding_revision"] + 1,
        "standing_under": core.standing,
        "standing_until": holds_until(plan.steps, core.clock.today()),
    }


async def save(
    core: Core,
    transaction: Transaction,
    stay: Row,
    plan: Plan,
    *,
    actor: str,
    actions: Mapping[str, tuple[str, str]],
) -> None:
    """Write a plan, and into the stay that it was written."""
    await save_steps(core, transaction, stay, plan, actor=actor, actions=actions)
    columns = onboarding_columns(core, stay, plan)
    await transaction.update("stays", stay["id"], columns, before=stay)


async def save_steps(
    core: Core,
    transaction: Transaction,
    stay: Row,
    plan: Plan,
    *,
    actor: str,
    actions: Mapping[str, tuple[str, str]],
    happened: Iterable[Row] = (),
) -> None:
    """Write a plan: new and changed steps, their records, one history row per change.

    `actions` names what was done to a step by its key: an action and a detail. `happened` is
    history that is written along.
    """
    if plan.removed:
        await transaction.delete("onboarding_steps", OneOf("id", plan.removed))
    new: list[Row] = []
    history: list[Row] = [*happened]
    for step in plan.steps:
        before = plan.before.get(step["id"])
        step.pop("definition", None)
        if before is None:
            new.append(step)
        else:
            changed = {name: step[name] for name in step if step[name] != before[name]}
            if not changed:
                continue
            step["revision"] = before["revision"] + 1
            step["updated_at"] = core.clock.now()
            changed |= {"revision": step["revision"], "updated_at": step["updated_at"]}
            await transaction.update("onboarding_steps", step["id"], changed, before=before)
        action, detail = actions.get(step["key"]) or _what_changed(before, step)
        history.append(
            history_row(core, stay["id"], step["id"], step["revision"], actor, action, detail)
        )
    await transaction.insert("onboarding_steps", *new)
    await transaction.insert("history", *history)
    await _save_records(transaction, stay, plan)


def _what_changed(before: Row | None, step: Row) -> tuple[str, str]:
    if before is None:
        return "derived", ""
    if before["verdict"] != step["verdict"] and step["verdict"]:
        return "checked", f"{step['verdict']['outcome']} {step['verdict']['code']}"
    if before["state"] != step["state"]:
        return "moved", f"{before['state']} → {step['state']}"
    return "updated", ""


async def _save_records(transaction: Transaction, stay: Row, plan: Plan) -> None:
    """Replace the records of the steps that were checked, where they differ."""
    if not plan.records:
        return
    stored: dict[UUID, list[tuple[str, Any]]] = defaultdict(list)
    checked = OneOf("step_id", tuple(plan.records))
    for row in await transaction.select("records", checked):
        stored[row["step_id"]].append((row["kind"], row["data"]))
    keys = {step["id"]: step["key"] for step in plan.steps}
    differing = {
        step_id: records
        for step_id, records in plan.records.items()
        if stored[step_id] != [(record.kind, dict(record.data)) for record in records]
    }
    if not differing:
        return
    await transaction.delete("records", OneOf("step_id", tuple(differing)))
    await transaction.insert(
        "records",
        *(
            {
                "id": new_id(),
                "plugin": keys[step_id].split(".")[0],
                "kind": record.kind,
                "startup_id": stay["startup_id"],
                "stay_id": stay["id"],
                "step_id": step_id,
                "data": dict(record.data),
            }
            for step_id, records in differing.items()
            for record in records
        ),
    )

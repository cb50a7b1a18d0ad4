"""Saving a plan: steps, the records their verdicts leave, and their history."""

from collections.abc import Mapping

from softlanding.access import OneOf
from softlanding.contract.verdicts import Record
from softlanding.services.core import Core
from softlanding.services.history import write_history
from softlanding.services.onboarding import Plan
from softlanding.storage.database import Transaction
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row


async def save(
    core: Core,
    transaction: Transaction,
    stay: Row,
    plan: Plan,
    *,
    actor: str,
    actions: Mapping[str, tuple[str, str]],
) -> None:
    """Write a plan: new and changed steps, their records, one history row per change.

    `actions` names what was done to a step by its key: an action and a detail.
    """
    for step_id in plan.removed:
        await transaction.delete("onboarding_steps", OneOf("id", (step_id,)))
    for step in plan.steps:
        before = plan.before.get(step["id"])
        step.pop("definition", None)
        if before is None:
            await transaction.insert("onboarding_steps", step)
        else:
            changed = {name: step[name] for name in step if step[name] != before[name]}
            if not changed:
                continue
            step["revision"] = before["revision"] + 1
            step["updated_at"] = core.clock.now()
            changed |= {"revision": step["revision"], "updated_at": step["updated_at"]}
            await transaction.update("onboarding_steps", step["id"], changed)
        action, detail = actions.get(step["key"]) or _what_changed(before, step)
        await write_history(
            core, transaction, stay["id"], step["id"], step["revision"], actor, action, detail
        )
        if step["id"] in plan.records:
            await _save_records(transaction, stay, step, plan.records[step["id"]])
    await transaction.update(
        "stays", stay["id"], {"onboarding_revision": stay["onboarding_revision"] + 1}
    )


def _what_changed(before: Row | None, step: Row) -> tuple[str, str]:
    if before is None:
        return "derived", ""
    if before["verdict"] != step["verdict"] and step["verdict"]:
        return "checked", f"{step['verdict']['outcome']} {step['verdict']['code']}"
    if before["state"] != step["state"]:
        return "moved", f"{before['state']} → {step['state']}"
    return "updated", ""


async def _save_records(
    transaction: Transaction, stay: Row, step: Row, records: tuple[Record, ...]
) -> None:
    await transaction.delete("records", OneOf("step_id", (step["id"],)))
    await transaction.insert(
        "records",
        *(
            {
                "id": new_id(),
                "plugin": step["key"].split(".")[0],
                "kind": record.kind,
                "startup_id": stay["startup_id"],
                "stay_id": stay["id"],
                "step_id": step["id"],
                "data": dict(record.data),
            }
            for record in records
        ),
    )

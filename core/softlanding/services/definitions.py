"""Step definitions as rows, so that reads never ask a plugin's memory."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

from softlanding.access import EVERYTHING
from softlanding.contract.rules import RuleSet
from softlanding.contract.steps import Step
from softlanding.host.registry import Registry
from softlanding.storage.database import Database, Transaction
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row


def _declared(step: Step, rule_sets: Mapping[str, RuleSet]) -> dict[str, Any]:
    """Return the columns of a definition."""
    values: dict[str, Any] = {
        "key": step.key,
        "plugin": step.key.split(".")[0],
        "title": dict(step.title),
        "help": dict(step.help),
        "form": step.form.model_json_schema() if step.form else None,
        "filled_by": sorted(str(party) for party in step.filled_by),
        "signed_by": [str(party) for party in step.signed_by],
        "after": list(step.after),
        "due": step.due,
        "severity": str(step.severity),
    }
    # The figures and the condition belong to the fingerprint, not to the row: when one of them
    # changes, the definition gets a new version, and open stays are checked again.
    rules = rule_sets.get(step.rule_set) if step.rule_set else None
    told = [values, step.applies.describe(), rules.model_dump(mode="json") if rules else None]
    canonical = orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
    return {**values, "fingerprint": hashlib.sha256(canonical).hexdigest()}


async def sync_definitions(database: Database, registry: Registry) -> tuple[dict[str, Row], bool]:
    """Write a new version of each definition that changed.

    Returns the definition in force by step key, and whether anything is new.
    """

    async def work(transaction: Transaction) -> tuple[dict[str, Row], bool]:
        latest: dict[str, Row] = {}
        stored = await transaction.select("step_definitions", EVERYTHING, order=("key", "version"))
        for row in stored:
            latest[row["key"]] = row
        in_force: dict[str, Row] = {}
        changed = False
        for plugin in registry.plugins:
            for step in plugin.steps:
                values = _declared(step, registry.rule_sets)
                known = latest.get(step.key)
                if known is None or known["fingerprint"] != values["fingerprint"]:
                    version = known["version"] + 1 if known else 1
                    known = {"id": new_id(), "version": version, **values}
                    await transaction.insert("step_definitions", known)
                    changed = True
                in_force[step.key] = known
        return in_force, changed

    return await database.transact(work)

"""Step definitions and rule sets as rows, so that reads never ask a plugin's memory."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import structlog

from softlanding.contract.form_schemas import form_schemas
from softlanding.contract.rules import RuleSet
from softlanding.contract.steps import Step
from softlanding.domain.conditions import to_data
from softlanding.host.registry import PluginState, Registry
from softlanding.predicates import EVERYTHING
from softlanding.storage.database import Database, Transaction
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row

log = structlog.get_logger("softlanding")


@dataclass(frozen=True, kw_only=True)
class Definitions:
    """The definitions by step key: those in force, and those of quarantined plugins.

    `changed` tells whether anything differs from the last start.
    """

    in_force: Mapping[str, Row]
    absent: Mapping[str, Row]
    changed: bool


async def sync_definitions(database: Database, registry: Registry) -> Definitions:
    """Write a new version of each step definition and rule set that changed."""

    async def work(transaction: Transaction) -> Definitions:
        # Of several processes that start together, one writes and the others find it written.
        await transaction.lock("duties", "definitions")
        await _sync_rule_sets(transaction, registry)
        return await _sync_steps(transaction, registry)

    return await database.transact(work)


def _declared(step: Step, rule_sets: Mapping[str, RuleSet]) -> dict[str, Any]:
    """Return the columns of a definition."""
    values: dict[str, Any] = {
        "key": step.key,
        "plugin": step.key.split(".")[0],
        "title": dict(step.title),
        "help": dict(step.help),
        "form": form_schemas(step.form) if step.form else None,
        "filled_by": sorted(str(party) for party in step.filled_by),
        "signed_by": [str(party) for party in step.signed_by],
        "after": list(step.after),
        "due": step.due,
        "severity": str(step.severity),
        "applies": to_data(step.applies),
    }
    # The figures belong to the fingerprint, not to the row: when one of them changes, the
    # definition gets a new version, and open stays are checked again.
    rules = rule_sets.get(step.rule_set) if step.rule_set else None
    told = [values, rules.model_dump(mode="json") if rules else None]
    canonical = orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
    return {**values, "fingerprint": hashlib.sha256(canonical).hexdigest()}


async def _sync_steps(transaction: Transaction, registry: Registry) -> Definitions:
    latest: dict[str, Row] = {}
    stored = await transaction.select("step_definitions", EVERYTHING, order=("key", "version"))
    for row in stored:
        latest[row["key"]] = row
    in_force: dict[str, Row] = {}
    new: list[Row] = []
    for step in registry.steps.values():
        values = _declared(step, registry.rule_sets)
        known = latest.get(step.key)
        if known is None or known["fingerprint"] != values["fingerprint"]:
            version = known["version"] + 1 if known else 1
            known = {"id": new_id(), "version": version, **values, "in_force": True}
            new.append(known)
        in_force[step.key] = known
    await transaction.insert("step_definitions", *new)
    moved = await _put_in_force(transaction, "step_definitions", stored, in_force.values())
    quarantined = {
        plugin.key for plugin in registry.plugins if plugin.state is PluginState.QUARANTINED
    }
    absent = {key: row for key, row in latest.items() if row["plugin"] in quarantined}
    return Definitions(in_force=in_force, absent=absent, changed=bool(new) or moved)


async def _sync_rule_sets(transaction: Transaction, registry: Registry) -> None:
    stored = await transaction.select("rule_sets", EVERYTHING)
    known = {(row["key"], row["version"]): row for row in stored}
    in_force: list[Row] = []
    for key, rules in registry.rule_sets.items():
        values = {
            "key": key,
            "version": rules.version,
            "plugin": key.split(".")[0],
            "title": rules.title,
            "figures": [figure.model_dump(mode="json") for figure in rules.figures],
        }
        row = known.get((key, rules.version))
        if row is None:
            row = {"id": new_id(), **values, "in_force": True}
            await transaction.insert("rule_sets", row)
        elif any(row[name] != value for name, value in values.items()):
            log.warning("rule set changed, but not its version", key=key, version=rules.version)
            await transaction.update("rule_sets", row["id"], values)
        in_force.append(row)
    await _put_in_force(transaction, "rule_sets", stored, in_force)


async def _put_in_force(
    transaction: Transaction, table: str, stored: Iterable[Row], in_force: Iterable[Row]
) -> bool:
    """Mark the rows that are in force now; tells whether any was not, or no longer is."""
    now = {row["id"] for row in in_force}
    moved = [row for row in stored if row["in_force"] != (row["id"] in now)]
    for row in moved:
        await transaction.update(table, row["id"], {"in_force": row["id"] in now})
    return bool(moved)

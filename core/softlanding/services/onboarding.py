"""The onboarding of a stay, worked out: which steps it has, their verdicts and states.

Working out happens outside the transaction, because checks are plugin code and may be slow;
the plan that results is saved only if neither the stay nor its steps have changed meanwhile.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from softlanding.contract.verdicts import Record, Verdict
from softlanding.contract.working_days import working_day_up_to
from softlanding.domain.conditions import from_data
from softlanding.domain.onboarding import StepProgress, sort_steps, standings
from softlanding.domain.retention import keep
from softlanding.domain.snapshots import StaySnapshot
from softlanding.domain.texts import DEFAULT_LOCALE
from softlanding.domain.vocabulary import Outcome, Party
from softlanding.host import guard
from softlanding.services.core import Core
from softlanding.services.plugin_context import check_context, parse_answers
from softlanding.services.standing import believed
from softlanding.storage.database import Rows
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row


@dataclass
class Plan:
    """What the steps of a stay are to become."""

    steps: list[Row]
    before: Mapping[UUID, Row]
    records: dict[UUID, tuple[Record, ...]] = field(default_factory=dict)
    removed: tuple[UUID, ...] = ()


async def work_out(
    core: Core,
    rows: Rows,
    stay: StaySnapshot,
    existing: Iterable[Row],
    *,
    actor: str,
    recheck: Collection[str] | None = None,
) -> Plan:
    """Return the plan for a stay as it stands in `stay` and `existing`.

    `recheck` names the steps whose checks are run again, together with those that read their
    answers; None means all.
    """
    existing = list(existing)
    before = {step["id"]: step for step in existing}
    current = {step["key"]: dict(step) for step in existing}
    applying = _derive(core, stay, current)
    removed = [
        current.pop(key)["id"]
        for key in list(current)
        if key in core.registry.steps
        and key not in applying
        and current[key]["answers"] is None
        and not current[key]["signatures"]
        and current[key]["waived_reason"] is None
    ]
    plan = Plan(steps=[], before=before, removed=tuple(removed))
    again = _to_check(core, current, recheck)
    await asyncio.gather(
        *(_check(core, rows, stay, current, key, actor, plan) for key in sorted(again))
    )
    today = core.clock.today()
    ordered = sort_steps([believed(core, step, today) for step in current.values()])
    standing = standings(ordered, provided=core.registry.steps)
    for position, progress in enumerate(ordered):
        step = current[progress.key]
        step |= {
            "position": position,
            "state": str(standing[progress.key].state),
            "reason": standing[progress.key].reason,
            "severity": str(progress.severity),
            "due_on": _due_on(core, stay, step, progress),
            "answers_kept_until": _kept_until(core, stay, step),
        }
        plan.steps.append(step)
    return plan


def _derive(core: Core, stay: StaySnapshot, current: dict[str, Row]) -> set[str]:
    """Add the steps in force that apply, and mark those that no longer do."""
    facts = facts_of(stay, current.values())
    applying = set()
    for key, step in core.registry.steps.items():
        applies = step.applies.holds(facts) is not False
        if applies:
            applying.add(key)
        if key in current:
            current[key]["applies"] = applies
            current[key]["definition_id"] = core.definitions[key]["id"]
        elif applies:
            current[key] = _untouched(core, stay, core.definitions[key])
    # A plugin that fails must not make a stay easier: its steps are there, and blocked.
    for key, definition in core.absent.items():
        if key not in current and from_data(definition["applies"]).holds(facts) is not False:
            current[key] = _untouched(core, stay, definition)
    return applying


def _untouched(core: Core, stay: StaySnapshot, definition: Row) -> Row:
    return {
        "id": new_id(),
        "stay_id": stay.id,
        "definition_id": definition["id"],
        "definition": definition,
        "key": definition["key"],
        "applies": True,
        "revision": 1,
        "answers": None,
        "answers_kept_until": None,
        "answers_deleted_on": None,
        "signatures": [],
        "waived_reason": None,
        "verdict": None,
        "verdict_valid_until": None,
        "reason": "",
        "created_at": core.clock.now(),
        "updated_at": core.clock.now(),
    }


def facts_of(stay: StaySnapshot, steps: Iterable[Row]) -> dict[str, Any]:
    """Return the facts that conditions are decided on."""
    facts: dict[str, Any] = {
        "stay.arrival": stay.arrival.isoformat(),
        "stay.departure": stay.departure.isoformat(),
        "stay.days": stay.days,
        "startup.slug": stay.startup.slug,
        "startup.country": stay.startup.country,
        "startup.nace": stay.startup.nace,
    }
    for side, incubator in (("home", stay.home), ("host", stay.host)):
        facts[f"{side}.slug"] = incubator.slug
        facts[f"{side}.country"] = incubator.country
        facts[f"{side}.public_funding"] = incubator.public_funding
    for step in steps:
        for name, value in (step["answers"] or {}).items():
            facts[f"answers.{step['key']}.{name}"] = value
    return facts


def _to_check(core: Core, current: Mapping[str, Row], recheck: Collection[str] | None) -> set[str]:
    again = set(current) if recheck is None else set(recheck)
    for key, step in core.registry.steps.items():
        if again.intersection(step.reads):
            again.add(key)
        # A step that was never checked, because it has just come to apply.
        if key in current and current[key]["verdict"] is None:
            again.add(key)
    return {
        key
        for key in again.intersection(current).intersection(core.registry.steps)
        if core.registry.steps[key].check is not None
        and current[key]["applies"]
        # Part of the answers is deleted: the verdict stays as it was given.
        and current[key]["answers_deleted_on"] is None
    }


async def _check(
    core: Core,
    rows: Rows,
    stay: StaySnapshot,
    current: Mapping[str, Row],
    key: str,
    actor: str,
    plan: Plan,
) -> None:
    step, row = core.registry.steps[key], current[key]
    if step.form is not None and row["answers"] is None:
        return
    answers = parse_answers(step, row["answers"])
    if step.form is not None and answers is None:
        checked = guard.Checked(
            verdict=Verdict(
                outcome=Outcome.NEEDS_REVIEW,
                code="ANSWERS_OUTDATED",
                message={"en": "The form has changed; the step must be answered again."},
            )
        )
    else:
        read = {
            other: parsed
            for other in step.reads
            if other in core.registry.steps
            and other in current
            and (parsed := parse_answers(core.registry.steps[other], current[other]["answers"]))
        }
        context = check_context(core, rows, step, actor, read)
        checked = await guard.check(step, answers, stay, context)
    row["verdict"] = _stored(core, checked, row["verdict"])
    row["verdict_valid_until"] = checked.valid_until
    if checked.records is not None:
        plan.records[row["id"]] = checked.records


def _stored(core: Core, checked: guard.Checked, before: Mapping[str, Any] | None) -> dict[str, Any]:
    verdict = checked.verdict
    stored: dict[str, Any] = {
        "outcome": str(verdict.outcome),
        "code": verdict.code,
        "message": dict(verdict.message),
        "facts": [
            {"name": fact.name, "value": _shown(fact.value), "unit": fact.unit}
            for fact in verdict.facts
        ],
        "evidence": [asdict(evidence) for evidence in verdict.evidence],
        "rule_set": {"key": checked.rule_set_key, "version": checked.rule_set_version}
        if checked.rule_set_key
        else None,
        "severity": str(verdict.severity) if verdict.severity else None,
        "usable_on": verdict.usable_on.isoformat() if verdict.usable_on else None,
    }
    # The same verdict again keeps its time, so that a recheck without news changes no row.
    if before and {**before, "checked_at": None} == {**stored, "checked_at": None}:
        return dict(before)
    return {**stored, "checked_at": core.clock.now().isoformat()}


def _shown(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _kept_until(core: Core, stay: StaySnapshot, row: Row) -> date | None:
    """Return the last day on which all answers of a step may be kept, if any is personal."""
    definition = core.definitions.get(row["key"]) or row["definition"]
    if row["answers"] is None or definition["form"] is None:
        return None
    schema = definition["form"][DEFAULT_LOCALE]
    departed = keep(schema, row["answers"], departure=stay.departure, today=stay.departure)
    return departed.kept_until


def _due_on(core: Core, stay: StaySnapshot, row: Row, progress: StepProgress) -> date:
    day = stay.arrival + timedelta(days=progress.due)
    definition = core.definitions.get(row["key"]) or row["definition"]
    countries = {
        Party.STARTUP: stay.startup.country,
        Party.HOME: stay.home.country,
        Party.HOST: stay.host.country,
    }
    # The party that comes first among those who may fill the step is the one who acts.
    acting = next(party for party in Party if str(party) in definition["filled_by"])
    return working_day_up_to(day, countries[acting])

"""Where the onboarding of a stay stands: its stored steps, believed as of a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from softlanding.domain.onboarding import (
    FINISHED,
    Feasibility,
    Lead,
    StepProgress,
    StepStanding,
    blocking,
    feasibility,
    sort_steps,
    standings,
)
from softlanding.domain.vocabulary import Outcome, Party, Severity, StepState
from softlanding.predicates import OneOf
from softlanding.services.core import Core
from softlanding.services.snapshots import by_id
from softlanding.storage.database import Rows
from softlanding.storage.tables import Row


async def stored_steps_of(rows: Rows, stay_ids: Sequence[UUID]) -> dict[UUID, list[Row]]:
    """Return the steps of stays in order, each with its definition; two statements."""
    steps = await rows.select(
        "onboarding_steps", OneOf("stay_id", tuple(stay_ids)), order=("position", "id")
    )
    definitions = await by_id(rows, "step_definitions", (step["definition_id"] for step in steps))
    found: dict[UUID, list[Row]] = {stay_id: [] for stay_id in stay_ids}
    for step in steps:
        step["definition"] = definitions[step["definition_id"]]
        found[step["stay_id"]].append(step)
    return found


async def stored_steps(rows: Rows, stay_id: UUID) -> list[Row]:
    """Return the steps of one stay in order, each with its definition."""
    return (await stored_steps_of(rows, [stay_id]))[stay_id]


def progress_of(core: Core, row: Row) -> StepProgress:
    """Return what the order and state of a step depend on; its definition decides if it is gone."""
    step = core.registry.steps.get(row["key"])
    definition = core.definitions.get(row["key"]) or row["definition"]
    verdict = row["verdict"] or {}
    usable_on = verdict.get("usable_on")
    return StepProgress(
        key=row["key"],
        due=definition["due"],
        severity=Severity(verdict.get("severity") or definition["severity"]),
        after=tuple(definition["after"]),
        signed_by=tuple(Party(party) for party in definition["signed_by"]),
        lead=step.lead if step else Lead(),
        needs_answers=definition["form"] is not None,
        needs_check=step is not None and step.check is not None,
        in_force=step is not None,
        applies=row["applies"],
        answered=row["answers"] is not None,
        outcome=Outcome(verdict["outcome"]) if verdict else None,
        signed=frozenset(Party(signature["party"]) for signature in row["signatures"]),
        waived=row["waived_reason"] is not None,
        usable_on=date.fromisoformat(usable_on) if usable_on else None,
    )


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the onboarding of a stay stands on a day."""

    ready: bool
    blocked_by: tuple[str, ...]
    feasibility: Feasibility
    states: Mapping[str, StepStanding]


def standing_on(core: Core, steps: Iterable[Row], today: date) -> Standing:
    """Return where a stay's onboarding stands; verdicts past their validity need review."""
    ordered = sort_steps([believed(core, step, today) for step in steps])
    states = standings(ordered, provided=core.registry.steps)
    blocked = blocking(ordered, states)
    return Standing(
        ready=not blocked,
        blocked_by=blocked,
        feasibility=feasibility(ordered, states, today=today),
        states=states,
    )


def believed(core: Core, row: Row, today: date) -> StepProgress:
    """Return the progress of a step; a verdict past its validity needs review."""
    progress = progress_of(core, row)
    if is_expired(row, today):
        return replace(progress, outcome=Outcome.NEEDS_REVIEW)
    return progress


def is_expired(row: Mapping[str, Any], today: date) -> bool:
    """Tell whether the figures behind a stored verdict are no longer known to hold."""
    until = row["verdict_valid_until"]
    return until is not None and today > until


def is_overdue(due_on: date, state: StepState, today: date) -> bool:
    """Tell whether a step is open past its due day."""
    return due_on < today and state not in FINISHED


def holds_until(steps: Iterable[Mapping[str, Any]], today: date) -> date | None:
    """Return the last day on which the states of a stay's steps hold as of today.

    None is without end: what has expired stays so.
    """
    ends = [step["verdict_valid_until"] for step in steps if not is_expired(step, today)]
    return min((end for end in ends if end is not None), default=None)

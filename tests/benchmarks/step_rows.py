"""The step rows of the bench's stays, in states that their own answers and signatures give."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from tests.benchmarks.rows import Dice

from softlanding.contract.working_days import working_day_up_to
from softlanding.domain.onboarding import sort_steps, standings
from softlanding.services.core import Core
from softlanding.services.standing import progress_of
from softlanding.storage.tables import Row

_SETTLED = frozenset({"CONFIRMED", "ACTIVE", "COMPLETED", "CLOSED"})
_CHECKED = {"PASSED": "All is in order.", "FAILED": "The cover is too small."}
Progress = tuple[str, ...]


def step_rows(
    core: Core, dice: Dice, keys: Sequence[str], stays: Sequence[Row], countries: Mapping[UUID, str]
) -> Iterator[Row]:
    """Yield eight steps for each stay; `countries` are those of the start-ups."""
    # Few ways a stay can have come along, and working one out is slow: each is done once.
    known: dict[Progress, list[Row]] = {}
    for stay in stays:
        progress = _progress(dice, stay["state"], len(keys))
        if progress not in known:
            known[progress] = _worked_out(core, keys, progress)
        for step in known[progress]:
            due = stay["arrival"] + timedelta(days=core.definitions[step["key"]]["due"])
            yield {
                **step,
                "id": dice.key(),
                "stay_id": stay["id"],
                "created_at": stay["created_at"],
                "updated_at": stay["updated_at"],
                "due_on": _working_day(due, countries[stay["startup_id"]]),
            }


@cache
def _working_day(day: date, country: str) -> date:
    return working_day_up_to(day, country)


def _progress(dice: Dice, state: str, steps: int) -> Progress:
    if state in _SETTLED:
        waived = dice.random.randrange(steps) if dice.random.random() < 0.2 else None
        return tuple("waived" if number == waived else "done" for number in range(steps))
    done = dice.random.randrange(steps + 1)
    next_one = "failed" if dice.random.random() < 0.3 else "untouched"
    return ("done",) * done + (next_one,) * (done < steps) + ("untouched",) * (steps - done - 1)


def _worked_out(core: Core, keys: Sequence[str], progress: Progress) -> list[Row]:
    """Return the steps as the product would have stored them: positions, states, reasons."""
    rows = {key: _row(core, key, how) for key, how in zip(keys, progress, strict=True)}
    ordered = sort_steps([progress_of(core, row) for row in rows.values()])
    found = standings(ordered)
    return [
        {
            **rows[step.key],
            "position": position,
            "state": str(found[step.key].state),
            "reason": found[step.key].reason,
            "severity": str(step.severity),
        }
        for position, step in enumerate(ordered)
    ]


def _row(core: Core, key: str, how: str) -> Row:
    step, definition = core.registry.steps[key], core.definitions[key]
    answered = how == "done" or (how == "failed" and step.check is not None)
    outcome = "PASSED" if how == "done" else "FAILED"
    signed = definition["signed_by"] if how == "done" else []
    at = datetime.combine(date(2026, 1, 5), time(10, tzinfo=UTC)).isoformat()
    return {
        "definition_id": definition["id"],
        "key": key,
        "revision": 1,
        "applies": True,
        "answers": {"note": f"About {key}"} if answered and step.form else None,
        "signatures": [{"party": party, "by": "Somebody", "at": at} for party in signed],
        "waived_reason": "Known from an earlier stay." if how == "waived" else None,
        "verdict": _verdict(outcome, at) if answered and step.check else None,
        "verdict_valid_until": None,
    }


def _verdict(outcome: str, at: str) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "code": outcome,
        "message": {"en": _CHECKED[outcome]},
        "facts": [{"name": "cover", "value": "30000", "unit": "EUR"}],
        "evidence": [],
        "rule_set": None,
        "severity": None,
        "usable_on": None,
        "checked_at": at,
    }

"""What loaders read: the stays of start-ups, and answers of steps by their forms."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias, TypeVar
from uuid import UUID

from pydantic import BaseModel

from softlanding import AnsweredStep, PluginContext, StartupSnapshot, StaySnapshot

Steps: TypeAlias = Mapping[str, AnsweredStep]
"""The answered steps of one stay by key."""

Answers = TypeVar("Answers", bound=BaseModel)


async def stays_by_startup(
    startups: Sequence[StartupSnapshot],
    ctx: PluginContext,
    concerns: Callable[[StaySnapshot], bool],
) -> dict[UUID, list[StaySnapshot]]:
    """Return the stays that concern a plugin, latest arrival first; one reading.

    Start-ups without such a stay are left out.
    """
    stays: dict[UUID, list[StaySnapshot]] = defaultdict(list)
    for stay in await ctx.read.stays_of([startup.id for startup in startups]):
        if concerns(stay):
            stays[stay.startup.id].append(stay)
    return dict(stays)


def answers_of(steps: Steps, key: str, form: type[Answers]) -> Answers | None:
    """Return the answers of a step, or None where there are none or they are of another form."""
    answers = steps[key].answers if key in steps else None
    return answers if isinstance(answers, form) else None


def latest_answers(answered: Iterable[Steps], key: str, form: type[Answers]) -> Answers | None:
    """Return the answers of the first stay that has any; `answered` begins with the latest."""
    found = (answers_of(steps, key, form) for steps in answered)
    return next((answers for answers in found if answers is not None), None)

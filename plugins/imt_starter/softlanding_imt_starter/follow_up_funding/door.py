"""A door: something a start-up may turn to after the stay, open or not yet, with the reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from softlanding import Fact, RuleUnknown, Text
from softlanding_imt_starter.texts import told


class DoorState(StrEnum):
    """Whether a door stands open."""

    OPEN = "OPEN"
    NOT_YET = "NOT_YET"
    NEEDS_REVIEW = "NEEDS_REVIEW"
    NOT_APPLICABLE = "NOT_APPLICABLE"


@dataclass(frozen=True, kw_only=True)
class Door:
    """One door: its key and name, its state, why, and the figures used."""

    key: str
    name: Text
    state: DoorState
    reason: Text
    facts: tuple[Fact, ...] = field(default=())


def looked_at(key: str, name: Mapping[str, str], look: Callable[[], Door]) -> Door:
    """Return the door as `look` finds it; a figure that is not known makes it one to review."""
    try:
        return look()
    except RuleUnknown as unknown:
        return Door(
            key=key,
            name=name,
            state=DoorState.NEEDS_REVIEW,
            reason=told(
                "a figure is not verified, or no longer known",
            ),
            facts=(Fact(name=f"unknown_{key}", value=str(unknown)),),
        )

"""A refusal, told to a person."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Code(StrEnum):
    """The codes of problems: stable, for programs."""

    INVALID = "INVALID"
    NOT_FOUND = "NOT_FOUND"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    CONFLICT = "CONFLICT"
    SLUG_TAKEN = "SLUG_TAKEN"
    WRONG_STATE = "WRONG_STATE"
    BAD_DATES = "BAD_DATES"
    SAME_INCUBATOR = "SAME_INCUBATOR"
    SAME_COUNTRY = "SAME_COUNTRY"
    OVERLAPPING_STAY = "OVERLAPPING_STAY"
    HOST_FULL = "HOST_FULL"
    SHORT_NOTICE = "SHORT_NOTICE"
    ONBOARDING_OPEN = "ONBOARDING_OPEN"
    TOO_EARLY = "TOO_EARLY"
    TOO_LATE = "TOO_LATE"
    STEP_BLOCKED = "STEP_BLOCKED"
    UNKNOWN_LOCALE = "UNKNOWN_LOCALE"
    COST_TOO_HIGH = "COST_TOO_HIGH"
    UNAVAILABLE = "UNAVAILABLE"
    TOO_MANY_ATTEMPTS = "TOO_MANY_ATTEMPTS"
    KEY_REUSED = "KEY_REUSED"
    IN_PROGRESS = "IN_PROGRESS"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong, where, and what to do.

    `path` names the input that is wrong, from the argument inwards; it is empty when the
    problem concerns the whole request. `hint` is the next step of the person who asks. A
    CONFLICT carries the `revision` that the object is at, and the `fields` that were changed
    since the one the request was made against.
    """

    code: Code
    message: str
    path: tuple[str, ...] = ()
    hint: str = ""
    revision: int | None = None
    fields: tuple[str, ...] = ()

    def below(self, *prefix: str) -> "Problem":
        """Return the same problem with its path put below `prefix`."""
        return replace(self, path=(*prefix, *self.path))


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """A request is refused; nothing was changed."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def refuse_if(problems: Iterable[Problem]) -> None:
    """Raise `Refused` with all of `problems`, unless there are none."""
    found = tuple(problems)
    if found:
        raise Refused(*found)

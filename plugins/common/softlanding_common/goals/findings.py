"""Findings about goals that several steps share."""

from softlanding import CheckContext
from softlanding_common.findings import Finding, failed, review
from softlanding_common.goals.form import Goals
from softlanding_common.texts import told


def goals_of(ctx: CheckContext) -> Goals | None:
    """Return the goals of the stay, for a step that reads `common.goals`."""
    goals = ctx.answers.get("common.goals")
    return goals if isinstance(goals, Goals) else None


def no_goals() -> Finding:
    """Return the finding that nobody has noted the goals."""
    return review(
        "GOALS_MISSING", told("A person must decide: the goals of the stay are not noted.")
    )


def unknown_goals(keys: list[str]) -> Finding:
    """Return the finding that something refers to goals that there are not."""
    return failed("GOAL_UNKNOWN", told("The stay has no goal with the key {keys}.", keys=keys))

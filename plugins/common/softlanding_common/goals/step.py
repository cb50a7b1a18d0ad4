"""The step `common.goals`."""

from softlanding import (
    CheckContext,
    Evidence,
    Fact,
    Outcome,
    Party,
    Severity,
    StaySnapshot,
    Step,
    Verdict,
)
from softlanding_common.goals.form import Goals
from softlanding_common.texts import told


async def check_goals(answers: Goals, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Ask that each goal has a key of its own, so that other steps can refer to it."""
    keys = [goal.key for goal in answers.goals]
    needs = sorted({str(need) for goal in answers.goals for need in goal.needs})
    facts = (
        Fact(name="goals", value=len(keys), unit="goals"),
        Fact(name="needs", value=", ".join(needs)),
    )
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        return Verdict(
            outcome=Outcome.FAILED,
            code="GOAL_KEY_TWICE",
            message=told("Two goals have the key {keys}; give each its own.", keys=twice),
            facts=facts,
        )
    return Verdict(
        outcome=Outcome.PASSED,
        code="GOALS_SET",
        message=told("The goals are {goals}.", goals=[goal.text for goal in answers.goals]),
        facts=facts,
        evidence=(Evidence.of_answers(kind="goals", label="Goals as noted", answers=answers),),
    )


GOALS = Step(
    key="common.goals",
    title=told("Goals and needs"),
    help=told(
        "Say what the month is for, in one to three goals, and what you need for each: the host"
        " makes its introductions and its agenda from that."
    ),
    filled_by=frozenset({Party.STARTUP}),
    due=-45,
    severity=Severity.WARN,
    form=Goals,
    check=check_goals,
)

"""The check of `common.midterm`."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from softlanding import CheckContext, Evidence, Fact, Outcome, StaySnapshot, Verdict
from softlanding_common.findings import Finding, failed, judged, warning
from softlanding_common.goals.findings import goals_of, no_goals, unknown_goals
from softlanding_common.goals.form import Goal
from softlanding_common.goals.words import unknown_keys
from softlanding_common.midterm.form import GoalState, Midterm
from softlanding_common.texts import told


async def check_midterm(answers: Midterm, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Ask for a review during the stay that tells of every goal, after a timely kick-off."""
    kickoff_due = stay.arrival + timedelta(days=ctx.rules.integer("kickoff_days"))
    noted = goals_of(ctx)
    goals = noted.goals if noted else []
    states = [one.state for one in answers.progress]
    good = Verdict(
        outcome=Outcome.PASSED,
        code="ON_TRACK",
        message=told("Reviewed on {day}: every goal is on track or reached.", day=answers.held_on),
        facts=(
            Fact(name="kickoff_on", value=answers.kickoff_on),
            Fact(name="kickoff_due", value=kickoff_due),
            Fact(name="held_on", value=answers.held_on),
            *(
                Fact(name=str(state).lower(), value=states.count(state), unit="goals")
                for state in GoalState
            ),
        ),
        evidence=(
            Evidence.of_answers(kind="midterm", label="Mid-term review as noted", answers=answers),
        ),
    )
    findings = [] if noted else [no_goals()]
    findings += _review(answers, stay, ctx.today)
    findings += _goals(answers, goals)
    findings += _kickoff(answers, kickoff_due)
    return judged(findings, good)


def _review(answers: Midterm, stay: StaySnapshot, today: date) -> Iterator[Finding]:
    held = answers.held_on
    if not stay.arrival <= held <= stay.departure:
        yield failed(
            "REVIEW_OUTSIDE_STAY",
            told(
                "The review is on {day}, outside the stay from {arrival} to {departure}.",
                day=held,
                arrival=stay.arrival,
                departure=stay.departure,
            ),
        )
    elif held > today:
        yield failed("REVIEW_TO_COME", told("The review on {day} is still to come.", day=held))


def _goals(answers: Midterm, goals: Sequence[Goal]) -> Iterator[Finding]:
    told_of = [one.goal for one in answers.progress]
    unknown = unknown_keys(goals, told_of)
    if goals and unknown:
        yield unknown_goals(unknown)
    if without := [goal.text for goal in goals if goal.key not in told_of]:
        yield failed("GOAL_WITHOUT_PROGRESS", told("Nothing is told of: {goals}.", goals=without))
    if twice := sorted({key for key in told_of if told_of.count(key) > 1}):
        yield failed("GOAL_TOLD_TWICE", told("Told more than once: {keys}.", keys=twice))
    texts = {goal.key: goal.text for goal in goals}
    for one in answers.progress:
        goal = texts.get(one.goal, one.goal)
        if one.state is GoalState.DROPPED:
            yield warning("GOAL_DROPPED", told("No longer pursued: {goal}.", goal=goal))
        elif one.state is GoalState.AT_RISK and one.next_step is None:
            yield failed(
                "NEXT_STEP_MISSING", told("At risk, and without a next step: {goal}.", goal=goal)
            )
        elif one.state is GoalState.AT_RISK:
            yield warning(
                "GOAL_AT_RISK",
                told("At risk: {goal}. Next: {step}", goal=goal, step=one.next_step or ""),
            )


def _kickoff(answers: Midterm, due: date) -> Iterator[Finding]:
    if answers.kickoff_on is None:
        yield warning("KICKOFF_MISSING", told("The kick-off, due {due}, is not noted.", due=due))
    elif answers.kickoff_on > due:
        yield warning(
            "KICKOFF_LATE",
            told("The kick-off was on {day}, later than {due}.", day=answers.kickoff_on, due=due),
        )

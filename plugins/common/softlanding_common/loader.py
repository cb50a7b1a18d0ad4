"""The batch loader of `Stay.common`: one reading for all stays."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from softlanding import PluginContext, RuleUnknown, StaySnapshot, StayState
from softlanding_common.followup.days import follow_up_days, next_follow_up
from softlanding_common.followup.form import FollowUp
from softlanding_common.goals.form import Goal, Goals
from softlanding_common.mentor.check import booked
from softlanding_common.mentor.form import Introduction, IntroductionOutcome, Mentor
from softlanding_common.midterm.form import GoalProgress, Midterm
from softlanding_common.reading import Steps, answers_of
from softlanding_common.report.figures import figures_of
from softlanding_common.report.form import Report
from softlanding_common.types import CommonGoal, CommonIntroduction, CommonReport, CommonStay

GOALS, MENTOR, MIDTERM = "common.goals", "common.mentor", "common.midterm"
REPORT, FOLLOWUP = "common.report", "common.followup"
CALLED_OFF = frozenset({StayState.DECLINED, StayState.WITHDRAWN, StayState.CANCELLED})


async def load_stays(stays: Sequence[StaySnapshot], ctx: PluginContext) -> list[CommonStay]:
    """Return one value per stay."""
    keys = [GOALS, MENTOR, MIDTERM, REPORT, FOLLOWUP]
    found = await ctx.read.steps([stay.id for stay in stays], keys)
    return [_stay(stay, found[stay.id], ctx) for stay in stays]


def _stay(stay: StaySnapshot, steps: Steps, ctx: PluginContext) -> CommonStay:
    goals = answers_of(steps, GOALS, Goals)
    mentor = answers_of(steps, MENTOR, Mentor)
    midterm = answers_of(steps, MIDTERM, Midterm)
    introductions = mentor.introductions if mentor else []
    progress = {one.goal: one for one in (midterm.progress if midterm else ())}
    return CommonStay(
        goals=[
            _goal(goal, introductions, progress.get(goal.key))
            for goal in (goals.goals if goals else ())
        ],
        mentor=mentor.mentor if mentor else None,
        meetings_booked=booked(introductions, stay),
        kickoff_on=midterm.kickoff_on if midterm else None,
        midterm_on=midterm.held_on if midterm else None,
        report=_report(stay, answers_of(steps, REPORT, Report), ctx),
        next_kpi_follow_up=_next(stay, answers_of(steps, FOLLOWUP, FollowUp), ctx),
    )


def _goal(
    goal: Goal, introductions: Sequence[Introduction], progress: GoalProgress | None
) -> CommonGoal:
    own = [one for one in introductions if one.goal == goal.key]
    covered = {one.need for one in own if one.outcome is not IntroductionOutcome.DECLINED}
    return CommonGoal(
        key=goal.key,
        text=goal.text,
        needs=list(goal.needs),
        introductions=[
            CommonIntroduction(need=one.need, to=one.to, on=one.on, outcome=one.outcome)
            for one in sorted(own, key=lambda one: one.on or date.max)
        ],
        needs_without_introduction=[need for need in goal.needs if need not in covered],
        state=progress.state if progress else None,
        next_step=progress.next_step if progress else None,
    )


def _report(stay: StaySnapshot, report: Report | None, ctx: PluginContext) -> CommonReport | None:
    if report is None:
        return None
    try:
        useful_from = ctx.rule_sets[REPORT].integer("useful_from")
    except RuleUnknown:
        return None
    return CommonReport(**asdict(figures_of(report, stay, useful_from=useful_from)))


def _next(stay: StaySnapshot, follow_up: FollowUp | None, ctx: PluginContext) -> date | None:
    if stay.state in CALLED_OFF:
        return None
    try:
        due = follow_up_days(stay.arrival, ctx.rule_sets[FOLLOWUP])
    except RuleUnknown:
        return None
    measured = [one.measured_on for one in (follow_up.measurements if follow_up else ())]
    return next_follow_up(due, measured)

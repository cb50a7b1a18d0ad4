"""The check of `common.mentor`."""

from collections.abc import Iterator, Sequence
from datetime import date

from softlanding import CheckContext, Evidence, Fact, Outcome, StaySnapshot, Verdict
from softlanding_common.findings import Finding, failed, judged, warning
from softlanding_common.goals.findings import goals_of, no_goals, unknown_goals
from softlanding_common.goals.form import Goal
from softlanding_common.goals.words import need_of, unknown_keys
from softlanding_common.mentor.form import Introduction, IntroductionOutcome, Mentor
from softlanding_common.texts import told

_HELD = frozenset({IntroductionOutcome.HELD, IntroductionOutcome.FOLLOW_UP})


def booked(introductions: Sequence[Introduction], stay: StaySnapshot) -> int:
    """Return the number of meetings on a day of the stay that were not declined."""
    return sum(
        one.on is not None
        and stay.arrival <= one.on <= stay.departure
        and one.outcome is not IntroductionOutcome.DECLINED
        for one in introductions
    )


async def check_mentor(answers: Mentor, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Ask for a mentor, an introduction for each need of each goal, and enough meetings."""
    wanted = ctx.rules.integer("meetings_booked")
    meetings = booked(answers.introductions, stay)
    noted = goals_of(ctx)
    goals = noted.goals if noted else []
    needs = {(goal.key, need) for goal in goals for need in goal.needs}
    covered = needs & {
        (one.goal, one.need)
        for one in answers.introductions
        if one.outcome is not IntroductionOutcome.DECLINED
    }
    good = Verdict(
        outcome=Outcome.PASSED,
        code="INTRODUCTIONS_MADE",
        message=told(
            "A mentor is named, each need has an introduction, and {meetings} meetings are booked.",
            meetings=meetings,
        ),
        facts=(
            Fact(name="mentor_named", value=answers.mentor is not None),
            Fact(name="needs", value=len(needs), unit="needs"),
            Fact(name="needs_covered", value=len(covered), unit="needs"),
            Fact(name="meetings_booked", value=meetings, unit="meetings"),
            Fact(name="meetings_wanted", value=wanted, unit="meetings"),
        ),
        evidence=(
            Evidence.of_answers(
                kind="introductions", label="Mentor and introductions as noted", answers=answers
            ),
        ),
    )
    findings = [] if noted else [no_goals()]
    findings += _faults(answers, goals, ctx.today)
    missing = [
        need_of(goal, need)
        for goal in goals
        for need in dict.fromkeys(goal.needs)
        if (goal.key, need) not in covered
    ]
    if missing:
        findings.append(
            warning(
                "NEED_WITHOUT_INTRODUCTION",
                told("Without an introduction: {needs}.", needs=missing),
            )
        )
    if meetings < wanted:
        findings.append(
            warning(
                "FEW_MEETINGS",
                told(
                    "{meetings} of at least {wanted} meetings are booked.",
                    meetings=meetings,
                    wanted=wanted,
                ),
            )
        )
    return judged(findings, good)


def _faults(answers: Mentor, goals: Sequence[Goal], today: date) -> Iterator[Finding]:
    if answers.mentor is None:
        yield failed("MENTOR_MISSING", told("No mentor is named."))
    unknown = unknown_keys(goals, [one.goal for one in answers.introductions])
    if goals and unknown:
        yield unknown_goals(unknown)
    early = [
        one.to
        for one in answers.introductions
        if one.outcome in _HELD and (one.on is None or one.on > today)
    ]
    if early:
        yield failed(
            "HELD_TOO_EARLY",
            told("Noted as held, but without a day or on a day to come: {names}.", names=early),
        )

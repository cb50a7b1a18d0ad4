"""The check of `gtec.schengen`."""

from softlanding import CheckContext, Evidence, Outcome, StaySnapshot, Verdict, joined
from softlanding_common.findings import judged
from softlanding_common.mobility_9090.count import (
    budget_facts,
    budget_told,
    count_days,
    moving_freely,
)
from softlanding_common.mobility_9090.faults import faults_of
from softlanding_common.mobility_9090.form import Mobility9090
from softlanding_common.mobility_9090.overrun import overrun
from softlanding_common.mobility_9090.travellers import counted_travellers
from softlanding_gtec.texts import told

DAYS = "common.mobility_9090"


async def check_schengen(answers: None, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Judge the days that `common.mobility_9090` was told, and nothing but the days.

    Passport, visa and activities are decided there; so a person who has decided them does not
    have to do so again.
    """
    if not counted_travellers(stay):
        return moving_freely()
    given = ctx.answers.get(DAYS)
    if not isinstance(given, Mobility9090):
        return Verdict(
            outcome=Outcome.NEEDS_REVIEW,
            code="DAYS_NOT_TOLD",
            message=told("The days in the Schengen area are told in {step}.", step=DAYS),
        )
    if faults := list(faults_of(given, stay, ctx.rules)):
        return judged(faults, moving_freely())
    counted = count_days(given, stay, ctx.rules)
    within = Verdict(
        outcome=Outcome.PASSED,
        code="WITHIN_BUDGET",
        message=joined(budget_told(one) for one in counted),
        facts=budget_facts(counted, ctx.rules),
        evidence=(
            Evidence.of_answers(
                kind="schengen_budget",
                label=", ".join(
                    f"{one.budget.used} of {one.budget.limit} days used,"
                    f" {one.budget.remaining} left"
                    for one in counted
                ),
                answers=given,
            ),
        ),
    )
    return judged((finding for one in counted for finding in overrun(one, stay)), within)

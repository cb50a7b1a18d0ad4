"""The check of `common.mobility_9090`."""

from collections.abc import Sequence
from dataclasses import replace

from softlanding import (
    CheckContext,
    Evidence,
    Fact,
    Outcome,
    StaySnapshot,
    Text,
    Traveller,
    Verdict,
    joined,
)
from softlanding_common.findings import Finding, judged
from softlanding_common.mobility_9090.budget import Budget
from softlanding_common.mobility_9090.faults import faults_of
from softlanding_common.mobility_9090.form import Mobility9090
from softlanding_common.mobility_9090.overrun import overrun
from softlanding_common.mobility_9090.papers import paper_findings
from softlanding_common.mobility_9090.travellers import (
    budget_for,
    counted_travellers,
    told_by_name,
)
from softlanding_common.roster import same_name
from softlanding_common.texts import told


async def check_mobility(answers: Mobility9090, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Count the days of each traveller from a third country, then look at passport and visa.

    What is certain comes first: whatever fails, fails, with all such sentences; only then what
    a person decides is told, after the days that each traveller has left.
    """
    travellers = counted_travellers(stay)
    if not travellers:
        return moving_freely()
    rules = ctx.rules
    if faults := list(faults_of(answers, stay, rules)):
        return judged(faults, moving_freely())
    limit, window = rules.integer("stay_days"), rules.integer("window_days")
    given = told_by_name(answers)
    budgets: list[Budget] = []
    days_told: list[Text] = []
    findings: list[Finding] = []
    for traveller in travellers:
        told_days = given[same_name(traveller.name)]
        budget = budget_for(told_days, stay, limit=limit, window=window)
        budgets.append(budget)
        days_told.append(budget_told(traveller, budget))
        if found := overrun(traveller, told_days, budget, stay):
            findings.append(found)
        findings += paper_findings(traveller, told_days, stay, rules)
    permitted = Verdict(
        outcome=Outcome.PASSED,
        code="PERMITTED",
        message=told("A permit of the host's country covers all days."),
        facts=budget_facts(budgets, window),
        evidence=(
            Evidence.of_answers(
                kind="schengen_days", label="Days and papers as told", answers=answers
            ),
        ),
    )
    verdict = judged(findings, permitted)
    if verdict.outcome is Outcome.FAILED:
        return verdict
    return replace(verdict, message=joined([*days_told, verdict.message]))


def moving_freely() -> Verdict:
    """Return the verdict where all travellers move freely."""
    return Verdict(
        outcome=Outcome.NOT_APPLICABLE,
        code="MOVING_FREELY",
        message=told("All travellers are nationals of the EU, the EEA or Switzerland."),
    )


def budget_told(traveller: Traveller, budget: Budget) -> Text:
    """Say what a traveller has used and until when staying on would be lawful."""
    if budget.latest_exit is None:
        return told(
            "{name} has used {used} of {limit} days on arrival.",
            name=traveller.name,
            used=budget.used,
            limit=budget.limit,
        )
    return told(
        "{name} has used {used} of {limit} days on arrival, {left} are left; latest lawful exit"
        " {exit}.",
        name=traveller.name,
        used=budget.used,
        limit=budget.limit,
        left=budget.remaining,
        exit=budget.latest_exit,
    )


def budget_facts(budgets: Sequence[Budget], window: int) -> tuple[Fact, ...]:
    """Return the figures of the traveller who comes closest to the limit, without the name."""
    worst = max(budgets, key=lambda budget: (budget.worst_total, budget.used))
    return (
        Fact(name="travellers_counted", value=len(budgets), unit="persons"),
        Fact(name="limit", value=worst.limit, unit="days"),
        Fact(name="window", value=window, unit="days"),
        Fact(name="days_used", value=worst.used, unit="days"),
        Fact(name="days_left", value=worst.remaining, unit="days"),
        Fact(name="worst_total", value=worst.worst_total, unit="days"),
        Fact(name="first_day_over", value=worst.first_day_over),
        Fact(name="latest_exit", value=worst.latest_exit),
    )

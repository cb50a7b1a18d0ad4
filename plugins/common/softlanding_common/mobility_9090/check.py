"""The check of `common.mobility_9090`."""

from collections.abc import Sequence

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
from softlanding_common.mobility_9090.budget import Budget
from softlanding_common.mobility_9090.faults import faults_of
from softlanding_common.mobility_9090.findings import Finding, overrun
from softlanding_common.mobility_9090.form import Mobility9090
from softlanding_common.mobility_9090.papers import paper_findings
from softlanding_common.mobility_9090.travellers import (
    budget_for,
    counted_travellers,
    name_key,
    told_by_name,
)
from softlanding_common.texts import told

Counted = Sequence[tuple[Traveller, Budget]]


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
        return _failed(faults)
    limit, window = rules.integer("stay_days"), rules.integer("window_days")
    given = told_by_name(answers)
    counted: list[tuple[Traveller, Budget]] = []
    findings: list[Finding] = []
    for traveller in travellers:
        told_days = given[name_key(traveller.name)]
        budget = budget_for(told_days, stay, limit=limit, window=window)
        counted.append((traveller, budget))
        if found := overrun(traveller, told_days, budget, stay):
            findings.append(found)
        findings += paper_findings(traveller, told_days, stay, rules)
    facts = budget_facts([budget for _, budget in counted], window)
    evidence = (
        Evidence.of_answers(kind="schengen_days", label="Days and papers as told", answers=answers),
    )
    if certain := [one for one in findings if one.certain]:
        return _failed(certain, facts, evidence)
    sentences = [budget_told(traveller, budget) for traveller, budget in counted]
    if not findings:
        return Verdict(
            outcome=Outcome.PASSED,
            code="PERMITTED",
            message=joined([*sentences, told("A permit of the host's country covers all days.")]),
            facts=facts,
            evidence=evidence,
        )
    return Verdict(
        outcome=Outcome.NEEDS_REVIEW,
        code=findings[0].code,
        message=joined([*sentences, *(one.text for one in findings)]),
        facts=facts,
        evidence=evidence,
    )


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


def _failed(
    findings: Sequence[Finding],
    facts: tuple[Fact, ...] = (),
    evidence: tuple[Evidence, ...] = (),
) -> Verdict:
    return Verdict(
        outcome=Outcome.FAILED,
        code=findings[0].code,
        message=joined(finding.text for finding in findings),
        facts=facts,
        evidence=evidence,
    )

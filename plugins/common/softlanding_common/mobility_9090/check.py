"""The check of `common.mobility_9090`."""

from dataclasses import replace

from softlanding import CheckContext, Evidence, Outcome, StaySnapshot, Verdict, joined
from softlanding_common.findings import Finding, judged
from softlanding_common.mobility_9090.count import (
    budget_facts,
    budget_told,
    count_days,
    moving_freely,
)
from softlanding_common.mobility_9090.faults import faults_of
from softlanding_common.mobility_9090.form import Mobility9090
from softlanding_common.mobility_9090.overrun import overrun
from softlanding_common.mobility_9090.papers import paper_findings
from softlanding_common.mobility_9090.travellers import counted_travellers
from softlanding_common.texts import told


async def check_mobility(answers: Mobility9090, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Count the days of each traveller from a third country, then look at passport and visa.

    What is certain comes first: whatever fails, fails, with all such sentences; only then what
    a person decides is told, after the days that each traveller has left.
    """
    rules = ctx.rules
    if not counted_travellers(stay):
        return moving_freely()
    if faults := list(faults_of(answers, stay, rules)):
        return judged(faults, moving_freely())
    counted = count_days(answers, stay, rules)
    findings: list[Finding] = []
    for one in counted:
        findings += overrun(one, stay)
        findings += paper_findings(one.traveller, one.given, stay, rules)
    permitted = Verdict(
        outcome=Outcome.PASSED,
        code="PERMITTED",
        message=told("A permit of the host's country covers all days."),
        facts=budget_facts(counted, rules),
        evidence=(
            Evidence.of_answers(
                kind="schengen_days", label="Days and papers as told", answers=answers
            ),
        ),
    )
    verdict = judged(findings, permitted)
    if verdict.outcome is Outcome.FAILED:
        return verdict
    return replace(
        verdict, message=joined([*(budget_told(one) for one in counted), verdict.message])
    )

"""The check of `imt_starter.sme_health`."""

from dataclasses import replace

from softlanding import (
    CheckContext,
    Evidence,
    Outcome,
    RulesInForce,
    RuleUnknown,
    Severity,
    StaySnapshot,
    Verdict,
)
from softlanding_common.euros import currency_fault
from softlanding_imt_starter.sme_health.findings import Findings, found
from softlanding_imt_starter.sme_health.form import SmeHealth
from softlanding_imt_starter.sme_health.judgement import form_fault, judged
from softlanding_imt_starter.texts import told


async def check_sme_health(answers: SmeHealth, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Class the group by size, then ask whether it is in difficulty.

    Counted under Regulation (EU) 651/2014 the verdict blocks the stay, also when a figure of
    that regulation is no longer known.
    """
    try:
        verdict = _verdict(answers, stay, ctx.rules)
    except RuleUnknown as unknown:
        if not answers.counted_under_gber:
            raise
        verdict = Verdict(
            outcome=Outcome.NEEDS_REVIEW,
            code="RULE_UNKNOWN",
            message=told(
                "A person must decide: {reason}.",
                reason=str(unknown),
            ),
        )
    return replace(verdict, severity=Severity.BLOCK) if answers.counted_under_gber else verdict


def _verdict(answers: SmeHealth, stay: StaySnapshot, rules: RulesInForce) -> Verdict:
    if fault := currency_fault(answers) or form_fault(answers):
        return fault
    findings = found(answers, stay, rules)
    return replace(
        judged(answers, findings),
        facts=findings.facts(),
        evidence=(
            Evidence.of_answers(kind="accounts", label="Figures as declared", answers=answers),
            Evidence(kind="calculation", label=_calculation(findings)),
        ),
    )


def _calculation(findings: Findings) -> str:
    classes = ", ".join(str(one) for one in findings.classes)
    losses = findings.losses
    return f"class {classes}; net losses {losses.net} EUR on capital {losses.capital} EUR"

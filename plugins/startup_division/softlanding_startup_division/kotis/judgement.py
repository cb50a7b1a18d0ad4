"""From the rows of an extract to its outcome and its sentence: its age, and the sum."""

from collections.abc import Sequence
from decimal import Decimal

from softlanding import (
    CheckContext,
    Fact,
    Outcome,
    RulesInForce,
    StaySnapshot,
    Verdict,
    joined,
)
from softlanding_common.findings import Finding, failed, passed, review, verdict_of, warning
from softlanding_startup_division.kotis.form import Kotis, KotisRow
from softlanding_startup_division.kotis.position import (
    Position,
    euros,
    position_facts,
    position_on,
)
from softlanding_startup_division.texts import told

DE_MINIMIS = "common.de_minimis"


def judged(
    answers: Kotis, rows: Sequence[KotisRow], stay: StaySnapshot, ctx: CheckContext
) -> Verdict:
    """Hold the age of an extract and the sum of its rows against their limits."""
    age, oldest = (ctx.today - answers.extracted_on).days, ctx.rules.integer("extract_days")
    position = position_on(
        ctx.today,
        rows,
        new=Decimal(0) if answers.new_aid is None else answers.new_aid.amount,
        nace=stay.startup.nace,
        rules=ctx.rule_sets.get(DE_MINIMIS) or RulesInForce.nothing(ctx.today),
    )
    findings = []
    if age > oldest:
        findings.append(
            failed(
                "EXTRACT_OLD",
                told("Extract is {days} days old, at most {oldest}.", days=age, oldest=oldest),
            )
        )
    finding = _sum_finding(position)
    if stay.startup.nace is None and finding.outcome is not Outcome.FAILED:
        findings.append(
            review(
                "NACE_MISSING",
                told(
                    "The start-up has no NACE class: agriculture and fishery have other ceilings."
                ),
            )
        )
    return verdict_of(
        [*findings, finding],
        finding,
        facts=(
            Fact(name="extracted_on", value=answers.extracted_on),
            Fact(name="extract_age", value=age, unit="days"),
            Fact(name="extract_age_maximum", value=oldest, unit="days"),
            Fact(name="rows", value=len(rows), unit="rows"),
            *position_facts(position),
        ),
    )


def _sum_finding(position: Position) -> Finding:
    release = position.release
    if release is None:
        used = told(
            "{used} of {ceiling} used.", used=euros(position.used), ceiling=euros(position.ceiling)
        )
    else:
        used = told(
            "{used} of {ceiling} used; next release {day}: {amount}.",
            used=euros(position.used),
            ceiling=euros(position.ceiling),
            day=release.day,
            amount=euros(release.amount),
        )
    if position.total <= position.ceiling:
        if position.total >= position.warning_from:
            return warning("NEAR_CEILING", used)
        return passed("BELOW_CEILING", used)
    if position.used > position.ceiling:
        return failed("CEILING_EXCEEDED", used)
    return failed(
        "NEW_AID_TOO_LARGE",
        joined(
            [
                used,
                told(
                    "New aid of {new} does not fit; {headroom} are left.",
                    new=euros(position.new),
                    headroom=euros(position.headroom),
                ),
            ]
        ),
    )

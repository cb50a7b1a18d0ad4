"""The check of `startup_division.kotis`."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from softlanding import (
    CheckContext,
    Evidence,
    Fact,
    Outcome,
    RulesInForce,
    RuleUnknown,
    Severity,
    StaySnapshot,
    Text,
    Verdict,
    joined,
)
from softlanding_startup_division.company_code.form import CompanyCode
from softlanding_startup_division.findings import (
    Finding,
    failed,
    passed,
    review,
    verdict_of,
    warning,
)
from softlanding_startup_division.kotis.form import Kotis, KotisRow
from softlanding_startup_division.kotis.pasted import Unreadable
from softlanding_startup_division.kotis.position import (
    Position,
    euros,
    position_facts,
    position_on,
)
from softlanding_startup_division.kotis.rows import code_key, own_codes, row_fault, rows_of
from softlanding_startup_division.texts import told

KOTIS = "startup_division.kotis"
COMPANY_CODE = "startup_division.company_code"
DE_MINIMIS = "common.de_minimis"


async def check_kotis(answers: Kotis, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Read the extract, look at each row, then at its age, then at the sum against the ceiling.

    Planned aid makes the step blocking, whatever the outcome.
    """
    planned = answers.new_aid is not None and answers.new_aid.amount > 0
    try:
        verdict = _checked(answers, stay, ctx)
    except RuleUnknown as unknown:
        # Answered here and not by the core, so that the step blocks when aid is planned.
        verdict = verdict_of(
            (),
            review("RULE_UNKNOWN", told("A person must decide: {reason}.", reason=str(unknown))),
        )
    return replace(
        verdict,
        evidence=(
            Evidence.of_answers(
                kind="kotis_extract",
                label=f"KOTIS extract of {answers.extracted_on}",
                answers=answers,
            ),
        ),
        severity=Severity.BLOCK if planned else None,
    )


def _checked(answers: Kotis, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    if answers.rows and answers.pasted is not None:
        return _failed("EXTRACT_TWICE", told("Give the extract as rows or as text, not as both."))
    if answers.new_aid is not None and answers.new_aid.currency != "EUR":
        return _failed(
            "NEW_AID_CURRENCY",
            told(
                "The new aid is in {currency}; give it in EUR.", currency=answers.new_aid.currency
            ),
        )
    try:
        rows = rows_of(answers)
    except Unreadable as fault:
        message = fault.reason if fault.row is None else _of_row(fault.row, fault.reason)
        return _failed("EXTRACT_UNREADABLE", message)
    company = ctx.answers.get(COMPANY_CODE)
    codes = own_codes(company if isinstance(company, CompanyCode) else None, stay)
    if not codes:
        return verdict_of(
            (),
            review(
                "OWN_CODE_MISSING",
                told("Nothing says which company code is that of the start-up."),
            ),
        )
    group = {code_key(code) for code in answers.group_codes}
    if found := row_fault(rows, answers, codes | group):
        row, code, reason = found
        return _failed(code, _of_row(row, reason))
    if answers.extracted_on > ctx.today:
        return _failed(
            "EXTRACT_LATER",
            told("The extract is dated {day}, which is still to come.", day=answers.extracted_on),
        )
    return _judged(answers, rows, stay, ctx)


def _judged(
    answers: Kotis, rows: Sequence[KotisRow], stay: StaySnapshot, ctx: CheckContext
) -> Verdict:
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


def _of_row(row: int, reason: Text) -> Text:
    return told("Row {row}: {reason}.", row=row, reason=reason)


def _failed(code: str, message: Text) -> Verdict:
    return verdict_of((), failed(code, message))

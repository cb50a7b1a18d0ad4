"""The check of `startup_division.kotis`."""

from dataclasses import replace

from softlanding import (
    CheckContext,
    Evidence,
    RuleUnknown,
    Severity,
    StaySnapshot,
    Text,
    Verdict,
)
from softlanding_common.findings import failed, review, verdict_of
from softlanding_startup_division.company_code.form import CompanyCode
from softlanding_startup_division.kotis.form import Kotis
from softlanding_startup_division.kotis.judgement import judged
from softlanding_startup_division.kotis.pasted import Unreadable
from softlanding_startup_division.kotis.rows import code_key, own_codes, row_fault, rows_of
from softlanding_startup_division.texts import told

KOTIS = "startup_division.kotis"
COMPANY_CODE = "startup_division.company_code"


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
    return judged(answers, rows, stay, ctx)


def _of_row(row: int, reason: Text) -> Text:
    return told("Row {row}: {reason}.", row=row, reason=reason)


def _failed(code: str, message: Text) -> Verdict:
    return verdict_of((), failed(code, message))

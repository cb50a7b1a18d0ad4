"""The check of `gtec.company`."""

from collections.abc import Iterator

from softlanding import CheckContext, Evidence, Fact, Outcome, StaySnapshot, Verdict
from softlanding_common.findings import Finding, failed, judged
from softlanding_gtec.company.form import GtecCompany
from softlanding_gtec.company.register import (
    form_name,
    register_name,
    register_number,
    register_of,
    vat_number,
)
from softlanding_gtec.texts import told


async def check_company(answers: GtecCompany, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Ask for a court that keeps a register, the register of the legal form, a VAT check digit."""
    number = register_number(answers)
    vat = None if answers.ust_id is None else vat_number(answers.ust_id)
    good = Verdict(
        outcome=Outcome.PASSED,
        code="REGISTERED",
        message=told(
            "{number} is well formed and fits the legal form {form}.",
            number=number or "",
            form=form_name(answers.legal_form),
        ),
        facts=(
            Fact(name="register_number", value=number),
            Fact(name="legal_form", value=form_name(answers.legal_form)),
            Fact(name="ust_id", value=vat),
        ),
        evidence=(
            Evidence.of_answers(
                kind="register_number", label=number or answers.number, answers=answers
            ),
        ),
    )
    return judged(_findings(answers, number, vat), good)


def _findings(answers: GtecCompany, number: str | None, vat: str | None) -> Iterator[Finding]:
    if number is None:
        yield failed(
            "COURT_UNKNOWN",
            told(
                "No court called {court} keeps a register; write it as in the extract, for"
                " instance Berlin (Charlottenburg).",
                court=answers.court,
            ),
        )
    given, wanted = register_name(answers.register_section), register_of(answers.legal_form)
    if given != wanted:
        yield failed(
            "WRONG_REGISTER",
            told(
                "{form} belongs in {wanted}, not {given}.",
                form=form_name(answers.legal_form),
                wanted=wanted,
                given=given,
            ),
        )
    if answers.ust_id is not None and vat is None:
        yield failed(
            "VAT_NUMBER_WRONG",
            told(
                "{number} is no German VAT number: DE and 9 digits, of which the last is a check"
                " digit.",
                number=answers.ust_id,
            ),
        )

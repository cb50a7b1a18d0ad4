"""The check of `f6s_network.company`."""

from dataclasses import replace

from softlanding import CheckContext, Evidence, Fact, Outcome, StaySnapshot, Verdict
from softlanding_f6s_network.company.form import UkCompany
from softlanding_f6s_network.company.numbers import company_number_of, vat_number_of
from softlanding_f6s_network.texts import told


async def check_company(answers: UkCompany, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Look at the shape of the company number and at the check digits of the VAT number."""
    number = company_number_of(answers.company_number)
    if number is None:
        return Verdict(
            outcome=Outcome.FAILED,
            code="COMPANY_NUMBER_SHAPE",
            message=told("Company number needs 8 characters, e.g. 01234567 or SC123456."),
            facts=(Fact(name="company_number", value=None),),
        )
    vat = None if answers.vat is None else vat_number_of(answers.vat)
    facts = (Fact(name="company_number", value=number), Fact(name="vat", value=vat))
    if answers.vat is not None and vat is None:
        return Verdict(
            outcome=Outcome.FAILED,
            code="VAT_CHECK_DIGITS",
            message=told(
                "{vat} is no UK VAT number: it needs 9 or 12 digits that pass the check modulo 97.",
                vat=answers.vat,
            ),
            facts=facts,
        )
    verdict = Verdict(
        outcome=Outcome.PASSED,
        code="NUMBERS_HAVE_SHAPE",
        message=told(
            "The company number is {number} (shape only – no check digit).",  # noqa: RUF001 - a dash
            number=number,
        ),
        facts=facts,
    )
    label = f"{number} (shape only – no check digit)"  # noqa: RUF001 - a dash between words
    if vat is not None:
        label += f", VAT {vat}"
    return replace(
        verdict,
        evidence=(Evidence.of_answers(kind="company_number", label=label, answers=answers),),
    )

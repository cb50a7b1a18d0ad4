"""The check of `crosspring_lab.company`."""

from softlanding import CheckContext, Evidence, Fact, Outcome, StaySnapshot, Verdict, joined
from softlanding_crosspring_lab.company.form import Company
from softlanding_crosspring_lab.numbers import (
    KVK_SCHEME,
    NumberFault,
    btw_of,
    kvk_of,
    rsin_of,
    vat_test,
)
from softlanding_crosspring_lab.texts import told


async def check_company(answers: Company, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Test form and check digits, and whether the VAT number carries the RSIN.

    It does for a legal person, so numbers that differ are a warning. Whether the company exists
    in the register is not asked: a KvK number has no check digit.
    """
    kvk = kvk_of(answers.kvk)
    rsin = None if answers.rsin is None else rsin_of(answers.rsin)
    btw = None if answers.btw is None else btw_of(answers.btw)
    if (
        isinstance(kvk, NumberFault)
        or isinstance(rsin, NumberFault)
        or isinstance(btw, NumberFault)
    ):
        faults = [number for number in (kvk, rsin, btw) if isinstance(number, NumberFault)]
        return Verdict(
            outcome=Outcome.FAILED,
            code=faults[0].code,
            message=joined(fault.message for fault in faults),
        )
    return _numbers(kvk, rsin, btw, answers)


def _numbers(kvk: str, rsin: str | None, btw: str | None, answers: Company) -> Verdict:
    given = [f"{KVK_SCHEME}:{kvk}", *(number for number in (rsin, btw) if number)]
    if rsin and btw and btw[2:11] != rsin:
        outcome, code = Outcome.WARNING, "RSIN_AND_VAT_DIFFER"
        message = told(
            "The VAT number {btw} does not carry the RSIN {rsin}, as that of a legal person does;"
            " compare both.",
            btw=btw,
            rsin=rsin,
        )
    else:
        outcome, code = Outcome.PASSED, "NUMBERS_VALID"
        message = told(
            "The numbers have the right form: {numbers}. A KvK number has no check digit.",
            numbers=given,
        )
    return Verdict(
        outcome=outcome,
        code=code,
        message=message,
        facts=(
            Fact(name="kvk", value=kvk),
            Fact(name="kvk_scheme", value=KVK_SCHEME),
            Fact(name="rsin", value=rsin),
            Fact(name="btw", value=btw),
            Fact(name="btw_test", value=None if btw is None else str(vat_test(btw))),
        ),
        evidence=(
            Evidence.of_answers(kind="registration", label=", ".join(given), answers=answers),
        ),
    )

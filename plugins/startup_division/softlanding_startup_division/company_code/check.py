"""The check of `startup_division.company_code`."""

from collections.abc import Iterator

from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidLength, ValidationError
from stdnum.lt import pvm

from softlanding import CheckContext, Evidence, Fact, StaySnapshot, Verdict
from softlanding_common.findings import Finding, failed, passed, verdict_of
from softlanding_startup_division.age import full_years
from softlanding_startup_division.company_code.form import CompanyCode
from softlanding_startup_division.identifiers import SCHEME, check_digit, company_code_of, vat_of
from softlanding_startup_division.texts import told


async def check_company_code(
    answers: CompanyCode, stay: StaySnapshot, ctx: CheckContext
) -> Verdict:
    """Ask for nine digits with a check digit that holds, a VAT number that holds, a past day."""
    code = company_code_of(answers.code)
    vat = None if answers.vat is None else vat_of(answers.vat)
    known = answers.registered_on <= ctx.today
    age = full_years(answers.registered_on, ctx.today) if known else 0
    facts = (
        Fact(name="company_code", value=code),
        Fact(name="scheme", value=SCHEME),
        Fact(name="vat", value=vat),
        Fact(name="legal_form", value=str(answers.legal_form)),
        Fact(name="registered_on", value=answers.registered_on),
        Fact(name="age", value=age if known else None, unit="years"),
    )
    return verdict_of(
        _faults(answers, code, ctx),
        passed(
            "CODE_HOLDS",
            told(
                "Company code {code} holds; the company is {age} years old.",
                code=code or answers.code,
                age=age,
            ),
        ),
        facts=facts,
        evidence=(
            Evidence.of_answers(
                kind="registration",
                label=f"Company code {code or answers.code} (ISO 6523 scheme {SCHEME})",
                answers=answers,
            ),
        ),
    )


def _faults(answers: CompanyCode, code: str | None, ctx: CheckContext) -> Iterator[Finding]:
    if code is None:
        yield failed(
            "CODE_SHAPE", told("A company code has 9 digits, got '{code}'.", code=answers.code)
        )
    elif check_digit(code) != int(code[-1]):
        yield failed(
            "CODE_CHECK_DIGIT", told("Check digit should be {digit}.", digit=check_digit(code))
        )
    if answers.registered_on > ctx.today:
        yield failed(
            "REGISTERED_LATER",
            told("The company is registered on {day} only.", day=answers.registered_on),
        )
    if answers.vat is not None:
        yield from _vat_faults(answers.vat)


def _vat_faults(vat: str) -> Iterator[Finding]:
    # The library's rules for VAT numbers hold for VAT numbers alone, see `identifiers`.
    digits = pvm.compact(vat)
    try:
        pvm.validate(vat)
    except InvalidLength:
        yield failed(
            "VAT_LENGTH",
            told("A VAT number has 9 or 12 digits, got {count}.", count=len(digits)),
        )
    except InvalidComponent:
        yield failed(
            "VAT_COMPONENT",
            told("The last digit but one of a VAT number is 1, not {digit}.", digit=digits[-2]),
        )
    except InvalidChecksum:
        yield failed(
            "VAT_CHECK_DIGIT",
            told(
                "Check digit of the VAT number should be {digit}.",
                digit=pvm.calc_check_digit(digits[:-1]),
            ),
        )
    except ValidationError:
        yield failed("VAT_SHAPE", told("A VAT number is made of digits, got '{vat}'.", vat=vat))

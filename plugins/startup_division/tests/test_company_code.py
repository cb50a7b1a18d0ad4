from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from softlanding import Evidence, Fact, Outcome, Verdict
from softlanding_startup_division.company_code.form import CompanyCode

Check = Callable[..., Awaitable[Verdict]]
Example = Callable[..., dict[str, Any]]


async def test_a_code_and_a_vat_number_that_hold_pass(check: Check, example: Example) -> None:
    answers = example("company_code", code=" 900 000 016", vat="lt 990000012")
    evidence = Evidence.of_answers(
        kind="registration",
        label="Company code 900000016 (ISO 6523 scheme 0200)",
        answers=CompanyCode.model_validate(answers),
    )
    assert await check("company_code", answers) == Verdict(
        outcome=Outcome.PASSED,
        code="CODE_HOLDS",
        message={"en": "Company code 900000016 holds; the company is 4 years old."},
        facts=(
            Fact(name="company_code", value="900000016"),
            Fact(name="scheme", value="0200"),
            Fact(name="vat", value="LT990000012"),
            Fact(name="legal_form", value="UAB"),
            Fact(name="registered_on", value=CompanyCode.model_validate(answers).registered_on),
            Fact(name="age", value=4, unit="years"),
        ),
        evidence=(evidence,),
    )


@pytest.mark.parametrize("code", ["900000016", "900000023", "900000030", "304374938"])
async def test_the_codes_of_the_network_pass_without_a_vat_number(
    check: Check, example: Example, code: str
) -> None:
    verdict = await check("company_code", example("company_code", code=code, vat=None))
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "CODE_HOLDS")


@pytest.mark.parametrize(
    ("code", "reason", "sentence"),
    [
        ("900000017", "CODE_CHECK_DIGIT", "Check digit should be 6."),
        ("900000024", "CODE_CHECK_DIGIT", "Check digit should be 3."),
        ("900000031", "CODE_CHECK_DIGIT", "Check digit should be 0."),
        ("90000001", "CODE_SHAPE", "A company code has 9 digits, got '90000001'."),
        ("9000000160", "CODE_SHAPE", "A company code has 9 digits, got '9000000160'."),
        ("ninehundred", "CODE_SHAPE", "A company code has 9 digits, got 'ninehundred'."),
    ],
)
async def test_a_code_that_does_not_hold_fails(
    check: Check, example: Example, code: str, reason: str, sentence: str
) -> None:
    verdict = await check("company_code", example("company_code", code=code, vat=None))
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, reason)
    assert verdict.message["en"] == sentence


@pytest.mark.parametrize(
    ("vat", "reason", "sentence"),
    [
        ("LT990000013", "VAT_CHECK_DIGIT", "Check digit of the VAT number should be 2."),
        (
            "LT304374938",
            "VAT_COMPONENT",
            "The last digit but one of a VAT number is 1, not 3.",
        ),
        (
            "LT100001919027",
            "VAT_COMPONENT",
            "The last digit but one of a VAT number is 1, not 2.",
        ),
        ("LT9900000", "VAT_LENGTH", "A VAT number has 9 or 12 digits, got 7."),
        ("LT", "VAT_SHAPE", "A VAT number is made of digits, got 'LT'."),
        ("DE990000012", "VAT_SHAPE", "A VAT number is made of digits, got 'DE990000012'."),
    ],
)
async def test_a_vat_number_that_does_not_hold_fails(
    check: Check, example: Example, vat: str, reason: str, sentence: str
) -> None:
    verdict = await check("company_code", example("company_code", vat=vat))
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, reason)
    assert verdict.message["en"] == sentence


@pytest.mark.parametrize(
    ("registered_on", "code"), [("2026-11-22", "CODE_HOLDS"), ("2026-11-23", "REGISTERED_LATER")]
)
async def test_a_company_is_registered_by_today(
    check: Check, example: Example, registered_on: str, code: str
) -> None:
    answers = example("company_code", registered_on=registered_on)
    assert (await check("company_code", answers)).code == code


async def test_all_faults_are_told_at_once(check: Check, example: Example) -> None:
    answers = example(
        "company_code", code="900000017", vat="LT990000013", registered_on="2026-11-23"
    )
    verdict = await check("company_code", answers)
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "CODE_CHECK_DIGIT")
    assert verdict.message["en"] == (
        "Check digit should be 6. The company is registered on 2026-11-23 only."
        " Check digit of the VAT number should be 2."
    )

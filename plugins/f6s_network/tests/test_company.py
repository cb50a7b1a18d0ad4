from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from softlanding import Outcome, Verdict
from softlanding_f6s_network.company.numbers import company_number_of, vat_number_of

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]


async def test_a_number_with_the_right_shape_passes_and_says_what_was_looked_at(
    check: Check, answers: Answers
) -> None:
    verdict = await check("company", answers("company"))
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "NUMBERS_HAVE_SHAPE")
    assert verdict.message == {
        "en": "The company number is 99999991 (shape only – no check digit)."  # noqa: RUF001 - dash
    }
    assert [(one.name, one.value) for one in verdict.facts] == [
        ("company_number", "99999991"),
        ("vat", "GB999999918"),
    ]
    assert [(one.kind, one.label) for one in verdict.evidence] == [
        (
            "company_number",
            "99999991 (shape only – no check digit), VAT GB999999918",  # noqa: RUF001 - a dash
        )
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("01234567", "01234567"),
        ("1234567", "01234567"),
        ("7", "00000007"),
        (" 0123 4567 ", "01234567"),
        ("sc123456", "SC123456"),
        ("SC1234", "SC001234"),
        ("NI012345", "NI012345"),
        ("OC301234", "OC301234"),
        ("SO305678", "SO305678"),
        ("LP012345", "LP012345"),
        ("FC012345", "FC012345"),
        ("R0000123", "R0000123"),
        ("IP12345R", "IP12345R"),
        ("RS007CUS", "RS007CUS"),
        ("123456789", None),
        ("SC1234567", None),
        ("XX123456", None),
        ("SC12345X", None),
        ("1234567A", None),
        ("SC", None),
        ("ABCDEFGH", None),
        ("０１２３４５６７", None),  # noqa: RUF001 - full-width digits are no digits here
    ],
)
async def test_a_company_number_has_eight_characters(
    check: Check, text: str, number: str | None
) -> None:
    assert company_number_of(text) == number
    verdict = await check("company", {"company_number": text})
    if number is None:
        assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "COMPANY_NUMBER_SHAPE")
        assert verdict.message == {
            "en": "Company number needs 8 characters, e.g. 01234567 or SC123456."
        }
    else:
        assert (verdict.outcome, verdict.facts[0].value) == (Outcome.PASSED, number)
        assert verdict.facts[1].value is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("GB999999918", "GB999999918"),
        ("gb 999 9999 31", "GB999999931"),
        ("999999973", "GB999999973"),
        ("GB 980 7806 84", "GB980780684"),
        ("GBGD499", "GBGD499"),
        ("XI980780684", "GB980780684"),
        ("GB999999919", None),
        ("GB99999991", None),
        ("FR48000000109", None),
        ("GB", None),
        ("ＧＢ980780684", None),  # noqa: RUF001 - full-width letters are no letters here
    ],
)
async def test_a_vat_number_passes_the_check_modulo_97(
    check: Check, answers: Answers, text: str, number: str | None
) -> None:
    assert vat_number_of(text) == number
    verdict = await check("company", answers("company", vat=text))
    assert verdict.facts[1].value == number
    assert verdict.code == ("NUMBERS_HAVE_SHAPE" if number else "VAT_CHECK_DIGITS")
    if number is None:
        assert verdict.message == {
            "en": f"{text} is no UK VAT number: it needs 9 or 12 digits that pass the check"
            " modulo 97."
        }

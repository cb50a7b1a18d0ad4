import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.lt import pvm

from softlanding_startup_division.identifiers import (
    check_digit,
    company_code_of,
    is_company_code,
    is_vat,
    vat_of,
)


@pytest.mark.parametrize(
    "code",
    [
        "900000016",
        "900000023",
        "900000030",
        "304374938",  # a real code that the library's VAT module refuses
        "900000071",  # the first weights give 10, the second decide
        "900000540",  # both weights give 10, so the digit is 0
        " 900 000 016 ",
        "900\u00a0000\u00a0016",
    ],
)
def test_a_company_code_holds(code: str) -> None:
    assert is_company_code(code)


@pytest.mark.parametrize(
    "code",
    [
        "900000017",
        "900000061",
        "90000001",
        "9000000160",
        "",
        "90000001X",
        "LT900000016",
        "900-000-016",
        "９00000016",  # noqa: RUF001 - a digit that is no ASCII digit
        "90000001²",
    ],
)
def test_a_company_code_does_not_hold(code: str) -> None:
    assert not is_company_code(code)


@pytest.mark.parametrize(
    ("code", "digit"), [("900000017", 6), ("900000020", 3), ("900000077", 1), ("900000549", 0)]
)
def test_the_check_digit_is_told(code: str, digit: int) -> None:
    assert check_digit(code) == digit


@given(st.from_regex(r"[0-9]{8}", fullmatch=True))
def test_the_check_digit_is_that_of_the_library(first: str) -> None:
    assert check_digit(f"{first}0") == int(pvm.calc_check_digit(first))


@given(st.from_regex(r"[0-9]{8}", fullmatch=True), st.integers(min_value=0, max_value=9))
def test_exactly_one_digit_in_ten_holds(first: str, last: int) -> None:
    code = f"{first}{last}"
    assert is_company_code(code) is (last == check_digit(code))


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    assert is_company_code(text) is (company_code_of(text) is not None and is_company_code(text))
    assert is_vat(text) in (True, False)


@pytest.mark.parametrize(
    ("vat", "holds"),
    [
        ("LT990000012", True),
        ("990000012", True),
        ("lt 990 000 012", True),
        ("LT100001919017", True),
        ("LT100004801610", True),
        ("LT990000013", False),
        ("LT304374938", False),
        ("LT100001919018", False),
        ("LT99000001", False),
        ("NL990000012", False),
    ],
)
def test_a_vat_number_is_held_by_the_rules_of_vat_numbers(vat: str, holds: bool) -> None:
    assert is_vat(vat) is holds


def test_a_vat_number_is_written_in_one_way() -> None:
    assert vat_of("lt 990-000-012") == vat_of("990000012") == "LT990000012"

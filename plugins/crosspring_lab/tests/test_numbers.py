import pytest

from softlanding_crosspring_lab.numbers import (
    NumberFault,
    VatTest,
    btw_of,
    kvk_of,
    rsin_of,
    vat_test,
)


def code(found: str | NumberFault) -> str:
    return found if isinstance(found, str) else found.code


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("00000001", "00000001"),
        (" 0000 0002 ", "00000002"),
        ("0000.0003", "00000003"),
        ("0000000", "KVK_LENGTH"),
        ("000000012", "KVK_LENGTH"),
        ("-", "KVK_LENGTH"),
        ("0000000A", "KVK_NOT_DIGITS"),
        ("KVK00000001", "KVK_NOT_DIGITS"),
        ("\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0661", "KVK_NOT_DIGITS"),
    ],
)
def test_a_kvk_number_has_eight_digits(given: str, found: str) -> None:
    assert code(kvk_of(given)) == found


def test_the_failure_counts_the_digits() -> None:
    fault = kvk_of("1234567")
    assert isinstance(fault, NumberFault)
    assert fault.message["en"] == "KvK numbers have 8 digits, got 7."


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("000000012", "000000012"),
        ("000000024", "000000024"),
        ("000000036", "000000036"),
        ("0000.00.012", "000000012"),
        # The library alone would pad this one.
        ("12", "RSIN_LENGTH"),
        ("00000012", "RSIN_LENGTH"),
        ("0000000012", "RSIN_LENGTH"),
        ("000000013", "RSIN_CHECK_DIGIT"),
        ("000000000", "RSIN_CHECK_DIGIT"),
        ("00000001X", "RSIN_NOT_DIGITS"),
    ],
)
def test_an_rsin_passes_the_11_test(given: str, found: str) -> None:
    assert code(rsin_of(given)) == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("NL000000012B01", "NL000000012B01"),
        ("nl 0000.00.012.b01", "NL000000012B01"),
        ("000000024B01", "NL000000024B01"),
        ("NL000000036B01", "NL000000036B01"),
        # Not a multiple of 11, but of a sole trader since 2020.
        ("NL002455799B11", "NL002455799B11"),
        # The library alone would pad these two.
        ("NL12B01", "BTW_SHAPE"),
        ("NL00000012B01", "BTW_SHAPE"),
        ("NL0000000012B01", "BTW_SHAPE"),
        ("NL000000012A01", "BTW_SHAPE"),
        ("NL000000012B", "BTW_SHAPE"),
        ("DE000000012B01", "BTW_SHAPE"),
        ("NL\u066000000012B01", "BTW_SHAPE"),
        ("NL000000013B01", "BTW_CHECK_DIGIT"),
        ("NL000000012B00", "BTW_CHECK_DIGIT"),
        ("NL000000000B01", "BTW_CHECK_DIGIT"),
    ],
)
def test_a_vat_number_passes_one_of_two_tests(given: str, found: str) -> None:
    assert code(btw_of(given)) == found


def test_the_test_that_a_vat_number_passes_is_known() -> None:
    assert vat_test("NL000000012B01") is VatTest.ELEVEN
    assert vat_test("NL002455799B11") is VatTest.MOD_97

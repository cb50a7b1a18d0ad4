"""Dutch company numbers, checked without a network.

The library pads short numbers with zeros, so that `12` would be a valid RSIN and `NL12B01` a
valid VAT number; here the length is tested first.
"""

from dataclasses import dataclass
from enum import StrEnum

from stdnum.exceptions import ValidationError
from stdnum.nl import bsn, btw
from stdnum.util import clean, isdigits

from softlanding import Text
from softlanding_crosspring_lab.texts import told

KVK_SCHEME = "0106"
"""The scheme of the trade register in ISO 6523."""
KVK_DIGITS = 8
RSIN_DIGITS = 9
_SEPARATORS = " .-"


class VatTest(StrEnum):
    """The test that a VAT number passes."""

    ELEVEN = "11-test"
    MOD_97 = "mod 97-10"


@dataclass(frozen=True)
class NumberFault:
    """What is wrong with a number: a code for programs, a sentence for a person."""

    code: str
    message: Text


def kvk_of(given: str) -> str | NumberFault:
    """Return the 8 digits of a KvK number, which has no check digit, or what is wrong."""
    number = clean(given, _SEPARATORS)
    if number and not isdigits(number):
        return NumberFault(
            "KVK_NOT_DIGITS", told("KvK numbers consist of digits only, got {given}.", given=given)
        )
    if len(number) != KVK_DIGITS:
        return NumberFault(
            "KVK_LENGTH",
            told(
                "KvK numbers have {digits} digits, got {count}.",
                digits=KVK_DIGITS,
                count=len(number),
            ),
        )
    return number


def rsin_of(given: str) -> str | NumberFault:
    """Return the 9 digits of an RSIN that passes the 11-test (weights 9 to 2, the last -1)."""
    number = clean(given, _SEPARATORS)
    if number and not isdigits(number):
        return NumberFault(
            "RSIN_NOT_DIGITS", told("An RSIN consists of digits only, got {given}.", given=given)
        )
    if len(number) != RSIN_DIGITS:
        return NumberFault(
            "RSIN_LENGTH",
            told(
                "An RSIN has {digits} digits, got {count}.", digits=RSIN_DIGITS, count=len(number)
            ),
        )
    if not bsn.is_valid(number):
        return NumberFault(
            "RSIN_CHECK_DIGIT",
            told("The RSIN {rsin} fails the 11-test; compare each digit.", rsin=number),
        )
    return number


def btw_of(given: str) -> str | NumberFault:
    """Return a VAT number as `NL000000012B01`, or what is wrong with it.

    Legal persons: the 11-test over the first nine digits; sole traders since 2020: ISO 7064
    MOD 97-10 over the whole, `NL` included.
    """
    number = clean(given, _SEPARATORS).upper()
    core = number.removeprefix("NL")
    if len(core) != 12 or core[9] != "B" or not isdigits(core[:9] + core[10:]):
        return NumberFault(
            "BTW_SHAPE", told("A VAT number looks like NL000000012B01, got {given}.", given=given)
        )
    try:
        return f"NL{btw.validate(core)}"
    except ValidationError:
        return NumberFault(
            "BTW_CHECK_DIGIT",
            told(
                "The VAT number {btw} passes neither the 11-test of legal persons nor the test of"
                " sole traders; compare each digit.",
                btw=f"NL{core}",
            ),
        )


def vat_test(number: str) -> VatTest:
    """Return the test that a VAT number of `btw_of` passes; the 11-test comes first."""
    return VatTest.ELEVEN if bsn.is_valid(number[2:11]) else VatTest.MOD_97

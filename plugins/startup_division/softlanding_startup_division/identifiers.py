"""Lithuanian company codes and VAT numbers, checked without a network.

The library has no module for company codes, and its module for VAT numbers must not be used for
them: a VAT number has a 1 in the last place but one, a company code may have any digit there.
"""

from stdnum.exceptions import ValidationError
from stdnum.lt import pvm

CODE_LENGTH = 9
SCHEME = "0200"
"""ISO 6523 scheme of the Lithuanian legal entity code."""


def company_code_of(text: str) -> str | None:
    """Return the nine digits of a company code without spaces, or None when it has others."""
    code = "".join(text.split())
    return code if len(code) == CODE_LENGTH and code.isascii() and code.isdigit() else None


def check_digit(code: str) -> int:
    """Return the ninth digit that the first eight digits ask for.

    Weights 1 to 8, modulo 11; where that gives 10, weights 3 to 9 and 1; where that gives 10
    again, 0.
    """
    for weights in ((1, 2, 3, 4, 5, 6, 7, 8), (3, 4, 5, 6, 7, 8, 9, 1)):
        digit = sum(w * int(d) for w, d in zip(weights, code[:8], strict=True)) % 11
        if digit < 10:
            return digit
    return 0


def is_company_code(text: str) -> bool:
    """Tell whether a company code has nine digits, the last of which holds."""
    code = company_code_of(text)
    return code is not None and check_digit(code) == int(code[-1])


def vat_of(text: str) -> str:
    """Return a VAT number in capitals, with `LT` in front and without spaces or hyphens."""
    return f"LT{pvm.compact(text)}"


def is_vat(text: str) -> bool:
    """Tell whether a Lithuanian VAT number holds."""
    try:
        pvm.validate(text)
    except ValidationError:
        return False
    return True

"""Identifiers of researchers and labs, checked without a network."""

from stdnum import isni
from stdnum.exceptions import ValidationError

_ROR_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def orcid_of(text: str) -> str | None:
    """Return an ORCID as `0000-0002-1825-0097`, or None when its check digit does not hold.

    An ORCID is an ISNI of a reserved block: 16 characters, ISO 7064 MOD 11-2. The form with
    `https://orcid.org/` in front is taken too.
    """
    try:
        return str(isni.format(isni.validate(text.strip().rsplit("/", 1)[-1]))).replace(" ", "-")
    except ValidationError:
        return None


def is_ror(text: str) -> bool:
    """Tell whether a ROR id holds: `0`, six characters of base 32, two check digits."""
    if len(text) != 9 or text[0] != "0" or not (text[7:].isascii() and text[7:].isdigit()):
        return False
    number = 0
    for character in text[1:7]:
        if character not in _ROR_ALPHABET:
            return False
        number = number * 32 + _ROR_ALPHABET.index(character)
    return 98 - number * 100 % 97 == int(text[7:])

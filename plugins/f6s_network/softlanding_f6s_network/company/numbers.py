"""Company and VAT numbers of the United Kingdom, without a network.

A company number has no check digit: only its shape can be looked at. Shapes: gist.github.com/
rob-murray/01d43581114a6b319034732bcbda29e1, glama.ai/mcp/servers/foretak/registry-mcp.
"""

import re

from stdnum.exceptions import ValidationError
from stdnum.gb import vat as gb_vat

_PREFIXES = (
    "AC|EN|ES|FC|FE|GE|GN|GS|IP|LP|NA|NC|NF|NI|NL|NO|NP|NR|NZ|OC|OE|R0|RC|RS|SA|SC|SE|SF|SG|SI|"
    "SL|SO|SP|SR|SZ|ZC"
)
_PADDABLE = re.compile(r"([A-Z]{2})?([0-9]+)")
_SHAPE = re.compile(
    # Eight digits, or a prefix and six; the last may tell that the company has moved register.
    rf"(?:[0-9]{{2}}|{_PREFIXES})[0-9]{{5}}[0-9CR]"
    # Societies and partnerships of older registers end in letters.
    r"|(?:NI|OC|RS|SL|SO)[0-9]{3}[0-9A-Z]{3}"
)


def company_number_of(text: str) -> str | None:
    """Return a company number of eight characters, or None when the shape does not hold.

    Blanks are left out, letters become capitals, digits are filled up with zeros on the left.
    """
    number = "".join(text.split()).upper()
    if match := _PADDABLE.fullmatch(number):
        prefix = match[1] or ""
        number = prefix + match[2].zfill(8 - len(prefix))
    return number if _SHAPE.fullmatch(number) else None


def vat_number_of(text: str) -> str | None:
    """Return a VAT number with `GB` in front, or None when its check digits do not hold.

    Northern Ireland trades goods under `XI`; the number itself is that of `GB`.
    """
    try:
        return f"GB{gb_vat.validate(text)}"
    except ValidationError:
        return None

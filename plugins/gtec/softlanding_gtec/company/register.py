"""The entry of a company in a German register, by the list of courts of python-stdnum.

`HRB 12345 B` without its court is no number, and Berlin and Charlottenburg are names of the same
court; so court, register and number are asked for apart and put together here. Nothing is looked
up in a register: neither its existence nor its holder is known.
"""

import re
from collections.abc import Iterator, Mapping

from stdnum.de import handelsregisternummer, vat
from stdnum.exceptions import ValidationError

from softlanding_gtec.company.form import GermanLegalForm, GtecCompany, RegisterSection

_REGISTERS: Mapping[RegisterSection, str] = {
    section: "GnR" if section is RegisterSection.GNR else str(section)
    for section in RegisterSection
}
_FORMS: Mapping[GermanLegalForm, str] = {
    GermanLegalForm.EK: "e.K.",
    GermanLegalForm.OHG: "OHG",
    GermanLegalForm.KG: "KG",
    GermanLegalForm.KGAA: "KGaA",
    GermanLegalForm.GMBH: "GmbH",
    GermanLegalForm.UG: "UG",
    GermanLegalForm.AG: "AG",
    GermanLegalForm.EG: "e.G.",
    GermanLegalForm.PARTG: "PartG",
    GermanLegalForm.EV: "e.V.",
}


def register_number(answers: GtecCompany) -> str | None:
    """Return court, register and number as they are written; None when no court is so called."""
    for court in _spellings(answers.court):
        entry = f"{court} {register_name(answers.register_section)} {answers.number}"
        try:
            return handelsregisternummer.validate(entry)
        except ValidationError:
            continue
    return None


def _spellings(court: str) -> Iterator[str]:
    """Yield a court as it is written, and as the list of courts may have it."""
    bare = re.sub(r"^(amtsgericht|ag)\s+", "", court.strip(), flags=re.IGNORECASE)
    for name in (bare, re.sub(r"\s*\(.*\)$", "", bare)):
        yield name
        umlauts = name
        for spelt, umlaut in (("ae", "ä"), ("oe", "ö"), ("ue", "ü")):
            umlauts = umlauts.replace(spelt, umlaut)
        yield umlauts


def register_name(section: RegisterSection) -> str:
    """Return how a register is written: HRB, GnR."""
    return _REGISTERS[section]


def form_name(form: GermanLegalForm) -> str:
    """Return how a legal form is written: GmbH, e.K."""
    return _FORMS[form]


def register_of(form: GermanLegalForm) -> str:
    """Return the register that a legal form belongs in."""
    return handelsregisternummer.COMPANY_FORM_REGISTRY_TYPES[_FORMS[form]]


def vat_number(text: str) -> str | None:
    """Return a German VAT number as `DE` and 9 digits; None when its check digit is wrong."""
    try:
        return f"DE{vat.validate(text)}"
    except ValidationError:
        return None

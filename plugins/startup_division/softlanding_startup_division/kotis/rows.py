"""The rows of an extract, and what is wrong with one of them."""

from collections.abc import Collection, Sequence

from softlanding import StaySnapshot, Text
from softlanding_startup_division.company_code.form import CompanyCode
from softlanding_startup_division.identifiers import company_code_of, is_vat, vat_of
from softlanding_startup_division.kotis.form import Kotis, KotisRow
from softlanding_startup_division.kotis.pasted import read_pasted
from softlanding_startup_division.texts import told

_SCHEMES = frozenset({"LT_COMPANY_CODE", "VAT"})


def rows_of(answers: Kotis) -> list[KotisRow]:
    """Return the rows of an extract; raises `Unreadable` for a text that cannot be read."""
    return read_pasted(answers.pasted) if answers.pasted is not None else answers.rows


def code_key(text: str) -> str:
    """Return a code as codes are compared: without spaces, in capitals, a VAT number with LT."""
    code = "".join(text.split()).upper()
    return vat_of(code) if company_code_of(code) is None and is_vat(code) else code


def own_codes(company: CompanyCode | None, stay: StaySnapshot) -> frozenset[str]:
    """Return the codes of the start-up: as answered, and those of its registrations."""
    codes = [one.value for one in stay.startup.registrations if one.scheme in _SCHEMES]
    if company is not None:
        codes.append(company.code)
        if company.vat is not None:
            codes.append(vat_of(company.vat))
    return frozenset(code_key(code) for code in codes)


def row_fault(
    rows: Sequence[KotisRow], answers: Kotis, codes: Collection[str]
) -> tuple[int, str, Text] | None:
    """Return the first row that cannot be counted: its number, a code, and why; or None."""
    first_with: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        if fault := _fault(row, answers, codes):
            return number, *fault
        earlier = first_with.setdefault(row.reg_no.casefold(), number)
        if earlier != number:
            return (
                number,
                "ROW_TWICE",
                told(
                    "the registration number {reg_no} is that of row {row} too",
                    reg_no=row.reg_no,
                    row=earlier,
                ),
            )
    return None


def _fault(row: KotisRow, answers: Kotis, codes: Collection[str]) -> tuple[str, Text] | None:
    if row.amount.currency != "EUR":
        return "ROW_CURRENCY", told(
            "the amount is in {currency}; give it in EUR", currency=row.amount.currency
        )
    if code_key(row.recipient_code) not in codes:
        return "ROW_RECIPIENT", told(
            "{code} is neither the start-up nor in its group", code=row.recipient_code
        )
    if row.reg_date > answers.extracted_on:
        return "ROW_LATER", told(
            "it was registered on {day}, after the extract of {extract}",
            day=row.reg_date,
            extract=answers.extracted_on,
        )
    if row.reserved:
        return None
    if row.granted_on is None:
        return "ROW_DAY", told("an amount that is not reserved needs the day of its grant")
    if row.granted_on > answers.extracted_on:
        return "ROW_LATER", told(
            "it was granted on {day}, after the extract of {extract}",
            day=row.granted_on,
            extract=answers.extracted_on,
        )
    return None

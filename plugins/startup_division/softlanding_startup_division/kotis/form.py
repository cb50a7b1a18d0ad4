"""The extract of KOTIS, row by row or as text."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from softlanding import Day, Form, Line, MoneyInput
from softlanding_common.de_minimis.form import DeMinimisRegime

LONGEST_TEXT = 60_000
MOST_ROWS = 200


def _readable(text: str) -> str:
    # A database keeps no other control characters, and a register's extract has none.
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cs"} and character not in "\r\n\t":
            raise ValueError(f"the character U+{ord(character):04X} is not allowed")
    return text


Pasted = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_TEXT), AfterValidator(_readable)
]
"""Text of several lines, 1 to 60,000 characters, as it comes from another program."""


class KotisRow(Form):
    """One row of the register."""

    reg_no: Line = Field(description="Registration number of the row.")
    reg_date: Day = Field(description="The day of the registration.")
    grantor_code: Line = Field(description="Code of the authority that grants.")
    form: Line = Field(description="Form of the aid, as the register names it.")
    amount: MoneyInput = Field(description="The amount, in EUR.")
    legal_basis: Line = Field(description="The act or scheme.")
    recipient_code: Line = Field(
        description="Code of the company that receives; of a foreign one its EU VAT number."
    )
    granted_on: Day | None = Field(
        default=None,
        description="The day of the grant; may be missing only while the amount is reserved.",
    )
    reserved: bool = Field(
        default=False, description="Is the amount reserved, and not granted yet?"
    )
    regime: DeMinimisRegime = Field(
        default=DeMinimisRegime.DE_MINIMIS,
        description="The rules it was granted under; other State aid, and aid for services of"
        " general economic interest, do not count against this ceiling.",
    )


class Kotis(
    Form,
    json_schema_extra={
        "examples": [
            {
                "extracted_on": "2026-11-20",
                "rows": [
                    {
                        "reg_no": "DEMO-1",
                        "reg_date": "2025-06-20",
                        "grantor_code": "900000030",
                        "form": "Grant",
                        "amount": {"amount": "150000.00", "currency": "EUR"},
                        "legal_basis": "Regulation (EU) 2023/2831",
                        "recipient_code": "900000016",
                        "granted_on": "2025-06-16",
                        "reserved": False,
                    }
                ],
                "group_codes": [],
            }
        ]
    },
):
    """An extract of the register, for the start-up and its group."""

    extracted_on: Day = Field(description="The day on which the extract was made.")
    rows: list[KotisRow] = Field(
        default_factory=list,
        max_length=MOST_ROWS,
        description="The rows of the extract; empty when it is pasted, or when there is no aid.",
    )
    pasted: Pasted | None = Field(
        default=None,
        description="The extract as text: CSV with the names of the columns in its first line, or"
        " a JSON list of objects; the names are those of the rows.",
    )
    group_codes: list[Line] = Field(
        default_factory=list,
        max_length=50,
        description="Codes of the enterprises that form one undertaking with the start-up.",
    )
    new_aid: MoneyInput | None = Field(
        default=None, description="New aid from Lithuania that is planned, in EUR."
    )

"""Pasted extracts: what is read, and that every fault names its row."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from softlanding import MoneyInput
from softlanding_startup_division.kotis.form import LONGEST_TEXT, Kotis, KotisRow
from softlanding_startup_division.kotis.pasted import Unreadable, read_pasted

NAMES = [
    "regNo",
    "regDate",
    "grantorCode",
    "form",
    "amount",
    "legalBasis",
    "recipientCode",
    "grantedOn",
    "reserved",
]
CELLS = ["1", "2025-06-20", "900000030", "Grant", "150000.00", "2023/2831", "900000016"]
GRANTED, RESERVED = [*CELLS, "2025-06-16", "ne"], [*CELLS, "", "taip"]
ROW = KotisRow(
    reg_no="1",
    reg_date=date(2025, 6, 20),
    grantor_code="900000030",
    form="Grant",
    amount=MoneyInput(amount=Decimal("150000.00")),
    legal_basis="2023/2831",
    recipient_code="900000016",
    granted_on=date(2025, 6, 16),
)


def csv_text(*rows: list[str], names: list[str] = NAMES, separator: str = ";") -> str:
    return "\n".join(separator.join(cells) for cells in (names, *rows))


def json_text(*rows: dict[str, Any]) -> str:
    return json.dumps(list(rows))


def as_object(**changes: Any) -> dict[str, Any]:
    return {**dict(zip(NAMES, GRANTED, strict=True)), **changes}


def fault(text: str) -> tuple[int | None, str]:
    with pytest.raises(Unreadable) as caught:
        read_pasted(text)
    return caught.value.row, caught.value.reason["en"]


def shown(rows: list[KotisRow]) -> list[dict[str, Any]]:
    return [row.model_dump() for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        csv_text(GRANTED),
        csv_text(GRANTED, separator=","),
        csv_text(GRANTED, separator="\t"),
        csv_text(GRANTED).replace("\n", "\r\n"),
        csv_text(GRANTED).replace("\n", "\r"),
        "\ufeff\n" + csv_text(GRANTED) + "\n\n;;;;;;;;\n",
        csv_text(GRANTED).replace("150000.00", "150 000,00"),
        csv_text(GRANTED).replace("150000.00", "150\u00a0000"),
        csv_text(GRANTED).replace("Grant;", '"Grant";'),
        csv_text(GRANTED, names=["reg_no", "REG DATE", "grantor_code", "Form", *NAMES[4:]]),
        csv_text([*GRANTED, "kept aside"], names=[*NAMES, "grantorName"]),
        csv_text(GRANTED[:8], names=NAMES[:8]),
        json_text(as_object()),
        json_text(as_object(amount=150000.0, reserved=False)),
        json_text(as_object(amount=150000, regNo=1, recipientCode=900000016)),
        json_text(as_object(reserved=None, grantorName="kept aside", more={"a": [1]})),
    ],
)
def test_a_row_is_read(text: str) -> None:
    assert shown(read_pasted(text)) == shown([ROW])


@pytest.mark.parametrize(
    "text", [csv_text(RESERVED), json_text({**as_object(), "grantedOn": "", "reserved": True})]
)
def test_a_reserved_row_needs_no_day(text: str) -> None:
    assert shown(read_pasted(text)) == [{**ROW.model_dump(), "granted_on": None, "reserved": True}]


@pytest.mark.parametrize("text", [csv_text(), "[]", "  [ ]  "])
def test_an_extract_may_have_no_rows(text: str) -> None:
    assert read_pasted(text) == []


@pytest.mark.parametrize(
    ("text", "row", "reason"),
    [
        ("  ", None, "The first line lacks the columns reg_no, reg_date, grantor_code, form, "),
        ("a;b\n1;2", None, "The first line lacks the columns reg_no"),
        (csv_text([*GRANTED, "x"], names=[*NAMES, "form"]), 1, "form is there twice"),
        (csv_text(GRANTED, GRANTED[:8]), 2, "it has 8 cells, not 9"),
        (csv_text(GRANTED, [*GRANTED, ""]), 2, "it has 10 cells, not 9"),
        (csv_text(GRANTED, ['"Gra"nt', *GRANTED[1:]]), 2, "it is no CSV: "),
        (csv_text(GRANTED, ['"open', *GRANTED[1:]]), 2, "it is no CSV: "),
        (csv_text(GRANTED, ["", *GRANTED[1:]]), 2, "reg_no: Field required"),
        (
            csv_text([*GRANTED[:1], "2025-6-2", *GRANTED[2:]]),
            1,
            "2025-6-2 is no day such as 2026-03-31",
        ),
        (csv_text([*GRANTED[:1], "2025-02-30", *GRANTED[2:]]), 1, "reg_date: "),
        (csv_text([*GRANTED[:1], "1949-12-31", *GRANTED[2:]]), 1, "reg_date: "),
        (csv_text([*GRANTED[:8], "perhaps"]), 1, "reserved: "),
        (csv_text(["1", *GRANTED[1:2], "x" * 201, *GRANTED[3:]]), 1, "grantor_code: "),
        ("[", None, "The text is no JSON: "),
        ("[1e", None, "The text is no JSON: "),
        ('[{"amount": NaN}]', None, "The text is no JSON: NaN is no number."),
        ("[" * 50000, None, "The text is no JSON: it is nested too deeply."),
        ("{}", None, "The text is no JSON list of rows."),
        (json_text(as_object()) + "[]", None, "The text is no JSON: "),
        ("[1]", 1, "it is no object with names and values"),
        (f"[{json.dumps(as_object())}, []]", 2, "it is no object with names and values"),
        ("[{}]", 1, "reg_no: Field required"),
        ('[{"regNo": "1", "reg_no": "2"}]', 1, "reg_no is there twice"),
        (json_text(as_object(amount={"amount": "1"})), 1, "amount is no text and no number"),
        (json_text(as_object(form=["a"])), 1, "form is no text and no number"),
        (json_text(as_object(form=True)), 1, "form is no text and no number"),
        (json_text(as_object(form="a\u0000b")), 1, "form: "),
        (json_text(as_object(form="a\ud800b")), 1, "form: "),
    ],
)
def test_a_text_that_cannot_be_read_names_the_row(text: str, row: int | None, reason: str) -> None:
    found = fault(text)
    assert found[0] == row
    assert found[1].startswith(reason)


@pytest.mark.parametrize(
    "amount",
    [
        "-1",
        "1.005",
        "1,500",
        "1.500,00",
        "1e5",
        "1E+5",
        "12 34",
        "EUR 5",
        "x",
        "٣",
        "0x10",
        "1\u0000",
        "\ud800",
    ],
)
def test_an_amount_that_cannot_be_read_names_the_row(amount: str) -> None:
    row, reason = fault(json_text(as_object(), as_object(amount=amount)))
    assert row == 2
    assert reason.endswith(" is no amount of 0 or more, such as 150000.00")
    reason.encode()
    assert "\0" not in reason


@pytest.mark.parametrize("amount", ["1000000000000", "9" * 400, "1e400", "1e99999999"])
def test_an_amount_beyond_the_form_names_the_row(amount: str) -> None:
    assert fault(f'[{{"amount": {amount}}}]')[0] == 1
    assert fault(json_text(as_object(amount=amount)))[0] == 1


@pytest.mark.parametrize(
    ("given", "amount"), [("0", "0"), ("0,5", "0.5"), ("1 234 567,89", "1234567.89"), ("007", "7")]
)
def test_an_amount_is_read_as_people_write_it(given: str, amount: str) -> None:
    (row,) = read_pasted(json_text(as_object(amount=given)))
    assert row.amount.amount == Decimal(amount)


@pytest.mark.parametrize(("count", "readable"), [(200, True), (201, False)])
def test_an_extract_has_at_most_200_rows(count: int, readable: bool) -> None:
    for text in (csv_text(*[GRANTED] * count), json_text(*[as_object()] * count)):
        if readable:
            assert len(read_pasted(text)) == count
        else:
            assert fault(text) == (None, "The extract has more than 200 rows.")


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    for pasted in (text, f"{';'.join(NAMES)}\n{text}", f"[{text}", f'[{{"amount": "{text}'):
        try:
            found: object = read_pasted(pasted)
        except Unreadable as unreadable:
            found = [unreadable.reason["en"]]
        assert isinstance(found, list)
        assert all(isinstance(one, KotisRow) or one for one in found)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("a" * LONGEST_TEXT, True),
        ("a" * (LONGEST_TEXT + 1), False),
        ("", False),
        ("a\r\n\tb", True),
        ("a\0b", False),
        ("a\ud800b", False),
        ("a\x1bb", False),
    ],
)
def test_the_form_takes_text_that_can_be_kept(text: str, fits: bool) -> None:
    answers = {"extracted_on": "2026-11-20", "pasted": text}
    if fits:
        assert Kotis.model_validate(answers)
    else:
        with pytest.raises(ValidationError):
            Kotis.model_validate(answers)

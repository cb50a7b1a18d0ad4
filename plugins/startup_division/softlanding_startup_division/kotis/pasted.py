"""Pasted text of an extract, read into rows; every fault names its row.

CSV: a line with the names of the columns, then a line per row; separated by commas, semicolons
or tabs. JSON: a list of objects. Names as in the form or in camel case; other columns are left
aside. Amounts have a point or a comma before the cents, and may have spaces between thousands.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any, NoReturn

from pydantic import ValidationError

from softlanding import Text
from softlanding_startup_division.kotis.form import MOST_ROWS, KotisRow
from softlanding_startup_division.texts import told

Cells = Sequence[tuple[str, Any]]
"""Names and values of one row, as they were given."""

_FIELDS = {name.replace("_", ""): name for name in KotisRow.model_fields}
_REQUIRED = [name for name, field in KotisRow.model_fields.items() if field.is_required()]
_DAYS = frozenset({"reg_date", "granted_on"})
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AMOUNT = re.compile(r"([0-9]+|[0-9]{1,3}( [0-9]{3})+)([.,][0-9]{1,2})?")
_YES_NO = {"taip": True, "ne": False}


class Unreadable(Exception):  # noqa: N818 - an answer for the person who pasted, not a fault
    """A text that cannot be read; `row` counts from 1, and is None for the text as a whole."""

    def __init__(self, reason: Text, row: int | None = None) -> None:
        super().__init__(reason["en"])
        self.reason = reason
        self.row = row


def read_pasted(text: str) -> list[KotisRow]:
    """Return the rows of a text, or raise `Unreadable` with the first fault."""
    text = text.removeprefix("\ufeff").strip()
    found: list[KotisRow] = []
    rows = _json(text) if text.startswith(("[", "{")) else _csv(text)
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise Unreadable(told("The extract has more than {most} rows.", most=MOST_ROWS))
        found.append(_row(number, cells))
    return found


def _csv(text: str) -> Iterator[Cells]:
    head = text.partition("\n")[0]
    separator = max(";\t,", key=head.count)
    lines = _lines(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))
    names = next(lines, [])
    known = {_FIELDS[key] for name in names if (key := _key(name)) in _FIELDS}
    if missing := [name for name in _REQUIRED if name not in known]:
        raise Unreadable(told("The first line lacks the columns {names}.", names=missing))
    for number, line in enumerate(lines, start=1):
        if len(line) != len(names):
            raise Unreadable(
                told("it has {count} cells, not {wanted}", count=len(line), wanted=len(names)),
                number,
            )
        yield list(zip(names, line, strict=True))


def _lines(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """Yield the lines that are not empty; the first are the names, so rows count from 0 here."""
    number = 0
    while True:
        try:
            line = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(told("it is no CSV: {reason}", reason=str(error)), number) from error
        if any(cell.strip() for cell in line):
            yield line
            number += 1


class _Object(list[tuple[str, Any]]):
    """A JSON object as it was written, so that a name that comes twice is seen."""


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _json(text: str) -> Iterable[Cells]:
    try:
        rows = json.loads(
            text,
            parse_float=_Written,
            parse_int=_Written,
            parse_constant=_refuse_constant,
            object_pairs_hook=_Object,
        )
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise Unreadable(told("The text is no JSON: {reason}.", reason=reason)) from error
    if isinstance(rows, _Object) or not isinstance(rows, list):
        raise Unreadable(told("The text is no JSON list of rows."))
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, _Object):
            raise Unreadable(told("it is no object with names and values"), number)
        yield row


class _Written(str):
    """A JSON number as it was written: nothing is rounded, and no code loses a zero."""

    __slots__ = ()


def _row(number: int, cells: Cells) -> KotisRow:
    values: dict[str, Any] = {}
    for name, cell in cells:
        field = _FIELDS.get(_key(name))
        if field is None:
            continue
        if field in values:
            raise Unreadable(told("{name} is there twice", name=field), number)
        values[field] = _value(number, field, cell)
    given = {name: value for name, value in values.items() if value is not None}
    try:
        return KotisRow.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise Unreadable(
            told("{name}: {reason}", name=str(first["loc"][0]), reason=first["msg"]), number
        ) from error


def _value(number: int, field: str, cell: Any) -> Any:
    """Return a cell as the form takes it; None for an empty one."""
    if cell is None or (field == "reserved" and isinstance(cell, bool)):
        return cell
    if not isinstance(cell, str):
        raise Unreadable(told("{name} is no text and no number", name=field), number)
    text = " ".join(cell.split())
    if not text:
        return None
    if field == "amount":
        if not _AMOUNT.fullmatch(text):
            raise Unreadable(
                told("{text} is no amount of 0 or more, such as 150000.00", text=_shown(text)),
                number,
            )
        return {"amount": Decimal(text.replace(" ", "").replace(",", ".")), "currency": "EUR"}
    if field in _DAYS and not _DAY.fullmatch(text):
        raise Unreadable(told("{text} is no day such as 2026-03-31", text=_shown(text)), number)
    return _YES_NO.get(text.casefold(), text) if field == "reserved" else text


def _shown(text: str) -> str:
    # JSON may spell characters that no database keeps and nobody can read.
    return "".join(one if one.isprintable() else "?" for one in text[:50])


def _key(name: str) -> str:
    return "".join(name.split()).replace("_", "").casefold()

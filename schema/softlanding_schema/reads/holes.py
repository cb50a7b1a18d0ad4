"""Holes: what a statement cannot print is worked out in Python and put in its place.

At the place of a hole the statement prints its number and its row, between two marks. A mark is
a control character, which the texts of rows can never contain once they are quoted as JSON.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import FieldNode

from softlanding.storage.tables import Row, table
from softlanding_schema.reads.catalogue import Entity, FieldReading, printed
from softlanding_schema.reads.json_text import Literal, Part, Printer, literal, separated

MARK = "\x01"


@dataclass(frozen=True)
class Hole:
    """A field of an entity that is worked out in Python."""

    entity: Entity
    field: FieldReading
    nodes: Sequence[FieldNode]


def printed_hole(printer: Printer, number: int, entity: Entity, alias: str) -> list[Part]:
    """Return the text of a hole: its number, and the row's columns as a JSON array."""
    texts = [
        printed(printer, column, f'{alias}."{name}"')
        for name, column in table(entity.table).columns.items()
    ]
    return [*literal(f"{MARK}{number}["), *separated(texts), Literal(f"]{MARK}")]


def found_holes(pieces: Sequence[bytes], holes: Sequence[Hole]) -> Iterator[tuple[int, int, Row]]:
    """Yield the place, the number and the row of each hole in a text split at its marks."""
    for place in range(1, len(pieces), 2):
        digits, _, _ = pieces[place].partition(b"[")
        number = int(digits)
        kinds = table(holes[number].entity.table)
        values: list[Any] = orjson.loads(pieces[place][len(digits) :])
        yield place, number, kinds.decode(dict(zip(kinds.columns, values, strict=True)))

"""Holes: what a statement cannot print is worked out in Python and put in its place.

At the place of a hole the statement prints its number and its row, between two marks. A mark is
a control character, which the texts of rows can never contain once they are quoted as JSON.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import orjson
from graphql import FieldNode

from softlanding.services.snapshots import SNAPSHOT_COLUMNS
from softlanding.storage.tables import Row, table
from softlanding_schema.reads.catalogue import Entity, FieldReading, printed
from softlanding_schema.reads.json_text import (
    Expression,
    Literal,
    Part,
    Printer,
    Text,
    literal,
    separated,
)
from softlanding_schema.reads.plugin_fields import PLUGIN_FIELD

MARK = "\x01"
SEPARATOR = "\x02"
"""Stands between the answers of the root fields that one statement prints."""
# What the snapshot of a row is made of besides it.
_RELATED = {
    "stays": {"startup_id": "startups", "home_id": "incubators", "host_id": "incubators"},
}


@dataclass(frozen=True)
class Hole:
    """A field of an entity that is worked out in Python."""

    entity: Entity
    field: FieldReading
    nodes: Sequence[FieldNode]

    @property
    def of_plugin(self) -> bool:
        """Whether a plugin's loader answers it, which is given a snapshot of the row."""
        return PLUGIN_FIELD in (self.field.strawberry.metadata or {})

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the row that are printed."""
        if self.of_plugin:
            return SNAPSHOT_COLUMNS[self.entity.table]
        return tuple(table(self.entity.table).columns)

    def row(self, printed_row: bytes) -> Row:
        """Return the row that was printed; what follows its columns is left out."""
        values = orjson.loads(printed_row)
        return table(self.entity.table).decode(dict(zip(self.columns, values, strict=False)))


def printed_hole(printer: Printer, number: int, hole: Hole, alias: str) -> list[Part]:
    """Return the text of a hole: its number, and the columns of its row as a JSON array.

    For a snapshot the versions of the related rows follow, so that the text of a row names all
    that the snapshot is made of.
    """
    stored = table(hole.entity.table).columns
    texts: list[Text] = [
        printed(printer, stored[name], f'{alias}."{name}"') for name in hole.columns
    ]
    if hole.of_plugin:
        texts += [
            [Literal('"'), Expression(_version(other, f'{alias}."{key}"')), Literal('"')]
            for key, other in _RELATED.get(hole.entity.table, {}).items()
        ]
    return [*literal(f"{MARK}{number}["), *separated(texts), Literal(f"]{MARK}")]


def _version(other: str, key: str) -> str:
    return (
        f"""(SELECT version."revision" || ' ' || version."updated_at" FROM "{other}" version"""  # noqa: S608 - names from the tables
        f' WHERE version."id" = {key})'
    )


def found_holes(pieces: Sequence[bytes]) -> Iterator[tuple[int, int, bytes]]:
    """Yield the place, the number and the printed row of each hole in a text split at its marks."""
    for place in range(1, len(pieces), 2):
        digits, _, _ = pieces[place].partition(b"[")
        yield place, int(digits), pieces[place][len(digits) :]

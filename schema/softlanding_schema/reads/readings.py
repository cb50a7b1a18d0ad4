"""How a field is read: what its declaration on a type tells the read engine.

A field without a reading is computed: its resolver runs in Python over the row (see `holes`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from softlanding_schema.reads.json_text import Printer, Text
from softlanding_schema.reads.lists import RowList

WriteColumn: TypeAlias = Callable[[str], str]
WriteDay: TypeAlias = Callable[[], str]

KEY = "reading"
"""The key of a reading in the metadata of a Strawberry field."""


@dataclass(frozen=True)
class Column:
    """The value of a column.

    `definition.after` is a column of the row that the key `definition_id` names.
    """

    name: str


@dataclass(frozen=True)
class Localized:
    """The text of a column in the language of the argument `locale`; null where it is empty."""

    column: str


@dataclass(frozen=True)
class ToOne:
    """The row of another type that a foreign key names.

    Whoever sees a row sees the rows that these keys name: the scopes of `access` say so, and a
    test holds them to it. So they are read without a scope of their own.
    """

    column: str
    type_name: str


@dataclass(frozen=True)
class ToMany:
    """A connection over a list of rows."""

    rows: RowList
    type_name: str


@dataclass(frozen=True)
class Written:
    """An expression over columns of the row: `write(printer, column, today)`.

    `column` gives the SQL of a column by its name, `today` that of the day.
    """

    write: Callable[[Printer, WriteColumn, WriteDay], Text]


@dataclass(frozen=True)
class Computed:
    """Worked out in Python."""


@dataclass(frozen=True)
class Steps:
    """The onboarding of a stay: its steps as they are stored, while they hold."""


@dataclass(frozen=True)
class OneRow:
    """A root field that answers one row, by an argument: a global id, or a column's value."""

    type_name: str
    argument: str


@dataclass(frozen=True)
class AnyRow:
    """A root field that answers a row of any type by its global id."""

    argument: str = "id"


Reading: TypeAlias = (
    Column | Localized | ToOne | ToMany | Written | Computed | Steps | OneRow | AnyRow
)


def read_by(reading: Reading) -> Mapping[Any, Any]:
    """Return the metadata that tells how a field is read."""
    return {KEY: reading}

"""Which part of a list a field asks for, with slots in place of what a request decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import strawberry
from strawberry.types.arguments import convert_arguments

from softlanding.access import EVERYTHING, Actor, AllOf, rows
from softlanding.slots import Slot
from softlanding.storage.scopes import Statement
from softlanding_schema.reads import cursors
from softlanding_schema.reads.catalogue import FieldReading
from softlanding_schema.reads.lists import RowList
from softlanding_schema.reads.pages import Slice


@dataclass(frozen=True)
class ListPart:
    """A part of a list."""

    rows: RowList
    slice: Slice
    checks: Sequence[Slot] = ()
    """Values that must be refused where they are wrong."""


def list_part(
    which: RowList, found: FieldReading, arguments: Mapping[str, Any], schema: strawberry.Schema
) -> ListPart:
    """Return the part that the arguments of a connection ask for; raises `Refused`."""
    converter = schema.schema_converter
    given = convert_arguments(
        dict(arguments), found.strawberry.arguments, converter.scalar_registry, schema.config
    )
    after, where = given.get("after"), given.get("where")
    return ListPart(
        rows=which,
        slice=Slice(
            first=given["first"],
            after=None if after is None else _order_values(which, after),
            where=where.predicate() if where else EVERYTHING,
        ),
        checks=[_order_value_slot(which, after)] if isinstance(after, Slot) else [],
    )


def _order_values(which: RowList, after: Any) -> tuple[Any, ...]:
    if not isinstance(after, Slot):
        return cursors.decode(which, after)
    values = _order_value_slot(which, after)
    return tuple(
        values.then(lambda found, place=place: found[place])  # type: ignore[misc] # mypy does not know a lambda with a default
        for place in range(len(which.order))
    )


def _order_value_slot(which: RowList, after: Slot) -> Slot:
    return after.then(lambda cursor: cursors.decode(which, cursor))


def condition(
    statement: Statement, actor: Actor, part: ListPart, alias: str, parent: str | None
) -> str:
    """Return the condition of a list: scope, filter and parent, but no place in the order."""
    which = part.rows
    own = statement.where(AllOf((rows(which.table, actor), part.slice.where)), alias, which.table)
    if parent is None:
        return own
    return f'{alias}."{which.parent}" = {parent} AND {own}'


def order(part: ListPart, alias: str) -> str:
    """Return the order of a list."""
    return ", ".join(f'{alias}."{column}"' for column in part.rows.order)


def beyond(statement: Statement, part: ListPart, alias: str) -> str:
    """Return the condition for the place in the order, or an empty text."""
    if part.slice.after is None:
        return ""
    values = ", ".join(statement.bind(value) for value in part.slice.after)
    return f" AND ({order(part, alias)}) > ({values})"

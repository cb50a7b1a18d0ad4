"""Keyset pages as SQL: one statement for one list, or for the lists of many parents at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from softlanding.access import rows
from softlanding.actors import Actor
from softlanding.predicates import AllOf, OneOf, Predicate
from softlanding.storage.database import Rows
from softlanding.storage.scopes import Statement
from softlanding.storage.tables import Row, table
from softlanding_schema.reads.lists import RowList
from softlanding_schema.reads.slices import Slice, between, order_by

COUNT_CAP = 10_000


@dataclass(frozen=True)
class Page:
    """The rows of one page in the order of the list, and whether more lie on either side."""

    rows: Sequence[Row]
    has_next: bool
    has_previous: bool


async def page(source: Rows, actor: Actor, which: RowList, part: Slice) -> Page:
    """Return one page of a root list."""
    statement = Statement(source.dialect)
    condition = _condition(statement, actor, which, part.where)
    condition += between(statement, part, "r")
    sql = (
        f"SELECT {_columns(which)} FROM {_table(which)} r WHERE {condition}"  # noqa: S608 - names from the catalogue, values are parameters
        f" ORDER BY {order_by(part, 'r')} LIMIT {part.size + 1}"
    )
    decode = table(which.table).decode
    return _page(part, [decode(row) for row in await source.fetch(sql, statement.parameters)])


async def pages(
    source: Rows, actor: Actor, which: RowList, part: Slice, parents: Sequence[UUID]
) -> list[Page]:
    """Return one page for each parent, in one statement."""
    statement = Statement(source.dialect)
    condition = _condition(statement, actor, which, part.where, parents)
    condition += between(statement, part, "r")
    order = order_by(part, "r")
    sql = (
        f'SELECT * FROM (SELECT {_columns(which)}, ROW_NUMBER() OVER (PARTITION BY r."{which.parent}"'  # noqa: E501, S608 - names from the catalogue, values are parameters
        f" ORDER BY {order}) AS place FROM {_table(which)} r WHERE {condition}) ranked"
        f" WHERE place <= {part.size + 1} ORDER BY place"
    )
    found: dict[UUID, list[Row]] = {parent: [] for parent in parents}
    decode = table(which.table).decode
    for row in await source.fetch(sql, statement.parameters):
        decoded = decode(row)
        del decoded["place"]
        found[decoded[str(which.parent)]].append(decoded)
    return [_page(part, found[parent]) for parent in parents]


async def count(source: Rows, actor: Actor, which: RowList, where: Predicate) -> int:
    """Count a root list, up to one more than the cap."""
    statement = Statement(source.dialect)
    condition = _condition(statement, actor, which, where)
    sql = (
        f"SELECT COUNT(*) AS total FROM (SELECT 1 AS one FROM {_table(which)} r"  # noqa: S608 - names from the catalogue, values are parameters
        f" WHERE {condition} LIMIT {COUNT_CAP + 1}) counted"
    )
    return int((await source.fetch(sql, statement.parameters))[0]["total"])


async def counts(
    source: Rows, actor: Actor, which: RowList, where: Predicate, parents: Sequence[UUID]
) -> list[int]:
    """Count the list of each parent, up to one more than the cap, in one statement."""
    statement = Statement(source.dialect)
    condition = _condition(statement, actor, which, where, parents)
    key = f'"{which.parent}"'
    sql = (
        f"SELECT {key}, COUNT(*) AS total FROM (SELECT r.{key}, ROW_NUMBER() OVER"  # noqa: S608 - names from the catalogue, values are parameters
        f" (PARTITION BY r.{key}) AS place FROM {_table(which)} r WHERE {condition}) ranked"
        f" WHERE place <= {COUNT_CAP + 1} GROUP BY {key}"
    )
    found = {
        UUID(str(row[str(which.parent)])): int(row["total"])
        for row in await source.fetch(sql, statement.parameters)
    }
    return [found.get(parent, 0) for parent in parents]


def _condition(
    statement: Statement,
    actor: Actor,
    which: RowList,
    where: Predicate,
    parents: Sequence[UUID] | None = None,
) -> str:
    predicates: list[Predicate] = [rows(which.table, actor), where]
    if parents is not None and which.parent is not None:
        predicates.insert(0, OneOf(which.parent, tuple(parents)))
    return statement.where(AllOf(tuple(predicates)), "r", which.table)


def _table(which: RowList) -> str:
    return f'"{table(which.table).name}"'


def _columns(which: RowList) -> str:
    return ", ".join(f'r."{column}"' for column in table(which.table).columns)


def _page(part: Slice, found: list[Row]) -> Page:
    """Return a page of the rows found, of which one too many says that the list goes on."""
    kept, more = found[: part.size], len(found) > part.size
    if part.backward:
        return Page(rows=kept[::-1], has_next=part.before is not None, has_previous=more)
    return Page(rows=kept, has_next=more, has_previous=part.after is not None)

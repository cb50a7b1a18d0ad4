"""Keyset pages as SQL: one statement for one list, or for the lists of many parents at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from softlanding.access import EVERYTHING, Actor, AllOf, OneOf, Predicate, rows
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.storage.database import Rows
from softlanding.storage.scopes import Statement
from softlanding.storage.tables import Row, table
from softlanding_schema.reads.lists import RowList

LONGEST_PAGE = 100
COUNT_CAP = 10_000


@dataclass(frozen=True)
class Slice:
    """Which part of a list is asked for. `after` holds the order values of a row."""

    first: int
    after: tuple[Any, ...] | None = None
    where: Predicate = EVERYTHING

    def __post_init__(self) -> None:
        if not 1 <= self.first <= LONGEST_PAGE:
            raise Refused(
                Problem(
                    code=Code.INVALID,
                    message=f"first is {self.first}; a page has 1 to {LONGEST_PAGE} nodes.",
                    path=("first",),
                    hint="Ask for a smaller page and go on with `after`.",
                )
            )


@dataclass(frozen=True)
class Page:
    """The rows of one page, and whether more follow."""

    rows: Sequence[Row]
    has_next: bool


async def page(source: Rows, actor: Actor, which: RowList, part: Slice) -> Page:
    """Return one page of a root list."""
    statement = Statement(source.dialect)
    condition = _condition(statement, actor, which, part)
    sql = (
        f"SELECT {_columns(which)} FROM {_table(which)} r WHERE {condition}"  # noqa: S608 - names from the catalogue, values are parameters
        f" ORDER BY {_order(which)} LIMIT {part.first + 1}"
    )
    return _page(which, await source.fetch(sql, statement.parameters), part.first)


async def pages(
    source: Rows, actor: Actor, which: RowList, part: Slice, parents: Sequence[UUID]
) -> list[Page]:
    """Return one page for each parent, in one statement."""
    statement = Statement(source.dialect)
    condition = _condition(statement, actor, which, part, parents)
    sql = (
        f'SELECT * FROM (SELECT {_columns(which)}, ROW_NUMBER() OVER (PARTITION BY r."{which.parent}"'  # noqa: E501, S608 - names from the catalogue, values are parameters
        f" ORDER BY {_order(which)}) AS place FROM {_table(which)} r WHERE {condition}) ranked"
        f" WHERE place <= {part.first + 1} ORDER BY place"
    )
    found: dict[UUID, list[Row]] = {parent: [] for parent in parents}
    decode = table(which.table).decode
    for row in await source.fetch(sql, statement.parameters):
        decoded = decode(row)
        del decoded["place"]
        found[decoded[str(which.parent)]].append(decoded)
    return [
        Page(rows=found[parent][: part.first], has_next=len(found[parent]) > part.first)
        for parent in parents
    ]


async def count(source: Rows, actor: Actor, which: RowList, where: Predicate) -> int:
    """Count a root list, up to one more than the cap."""
    statement = Statement(source.dialect)
    condition = _condition(statement, actor, which, Slice(1, None, where))
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
    condition = _condition(statement, actor, which, Slice(1, None, where), parents)
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
    part: Slice,
    parents: Sequence[UUID] | None = None,
) -> str:
    predicates: list[Predicate] = [rows(which.table, actor), part.where]
    if parents is not None and which.parent is not None:
        predicates.insert(0, OneOf(which.parent, tuple(parents)))
    condition = statement.where(AllOf(tuple(predicates)), "r", which.table)
    if part.after is not None:
        values = ", ".join(statement.bind(value) for value in part.after)
        condition += f" AND ({_order(which)}) > ({values})"
    return condition


def _table(which: RowList) -> str:
    return f'"{table(which.table).name}"'


def _columns(which: RowList) -> str:
    return ", ".join(f'r."{column}"' for column in table(which.table).columns)


def _order(which: RowList) -> str:
    return ", ".join(f'r."{column}"' for column in which.order)


def _page(which: RowList, found: list[Row], first: int) -> Page:
    decode = table(which.table).decode
    return Page(rows=[decode(row) for row in found[:first]], has_next=len(found) > first)

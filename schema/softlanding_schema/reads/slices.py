"""Which part of a list is asked for, and the condition that a row lies in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from softlanding.domain.problems import Code, Problem, Refused
from softlanding.predicates import EVERYTHING, Predicate
from softlanding.storage.scopes import Statement
from softlanding_schema.reads.cursors import Place, place
from softlanding_schema.reads.lists import Order, RowList, Term

LONGEST_PAGE = 100
USUAL_PAGE = 10


@dataclass(frozen=True)
class Slice:
    """So many rows from the beginning of a list, or from its end, between two places."""

    size: int
    order: Order
    backward: bool = False
    after: Place | None = None
    before: Place | None = None
    where: Predicate = EVERYTHING


def sliced(
    which: RowList,
    *,
    first: int | None = None,
    after: Any = None,
    last: int | None = None,
    before: Any = None,
    where: Predicate = EVERYTHING,
    terms: Sequence[Term] = (),
) -> Slice:
    """Return the part that a connection's arguments ask for; raises `Refused`."""
    if first is not None and last is not None:
        raise Refused(
            Problem(
                code=Code.INVALID,
                message="first and last cannot be asked for together.",
                path=("last",),
                hint="Leave one of them out: first reads forward, last reads backward.",
            )
        )
    order = which.ordered(terms)
    return Slice(
        size=_page_size("first", first) if last is None else _page_size("last", last),
        order=order,
        backward=last is not None,
        after=None if after is None else place(which, order, after, "after"),
        before=None if before is None else place(which, order, before, "before"),
        where=where,
    )


def _page_size(argument: str, given: int | None) -> int:
    size = USUAL_PAGE if given is None else given
    if not 1 <= size <= LONGEST_PAGE:
        raise Refused(
            Problem(
                code=Code.INVALID,
                message=f"{argument} is {size}; a page has 1 to {LONGEST_PAGE} nodes.",
                path=(argument,),
                hint="Ask for a smaller page and go on with"
                f" `{'after' if argument == 'first' else 'before'}`.",
            )
        )
    return size


def order_by(part: Slice, alias: str) -> str:
    """Return the order in which the rows of a part are read: from its end, when backward."""
    return ", ".join(
        f'{alias}."{term.column}"{" DESC" if term.descending != part.backward else ""}'
        for term in part.order
    )


def between(statement: Statement, part: Slice, alias: str) -> str:
    """Return ` AND …` for the places that a part lies between, or an empty text."""
    return "".join(
        f" AND {_beyond(statement, part.order, alias, limit, backward=backward)}"
        for limit, backward in ((part.after, False), (part.before, True))
        if limit is not None
    )


def _beyond(statement: Statement, order: Order, alias: str, limit: Place, *, backward: bool) -> str:
    """Return that a row comes after a place; or before it, when backward."""
    columns = [f'{alias}."{term.column}"' for term in order]
    signs = ["<" if term.descending != backward else ">" for term in order]
    if len(set(signs)) == 1:
        values = ", ".join(statement.bind(value) for value in limit)
        return f"({', '.join(columns)}) {signs[0]} ({values})"
    # Implied by the rest; with it, an index that begins with the first column can be used.
    text = f"{columns[0]} {signs[0]}= {statement.bind(limit[0])} AND "
    for column, sign, value in zip(columns[:-1], signs[:-1], limit[:-1], strict=True):
        text += f"({column} {sign} {statement.bind(value)}"
        text += f" OR ({column} = {statement.bind(value)} AND "
    text += f"{columns[-1]} {signs[-1]} {statement.bind(limit[-1])}"
    return text + "))" * (len(columns) - 1)

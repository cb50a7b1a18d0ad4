"""Keyset cursors: the order values of a row, opaque to clients.

A cursor stays valid while rows come and go, because it names a place in the order and not a
number of rows. It belongs to one list in one order.
"""

import base64
import binascii
from functools import lru_cache
from operator import itemgetter
from typing import Any

import orjson

from softlanding.domain.problems import Code, Problem, Refused
from softlanding.predicates import Unbound
from softlanding.storage.tables import table
from softlanding_schema.reads.lists import Order, RowList

Place = tuple[Any, ...]
"""The values of a row in an order."""


def label(rows: RowList, order: Order) -> str:
    """Return what the cursors of a list in an order begin with; its own order is not named."""
    if order == rows.ordered():
        return rows.name
    terms = ",".join(f"{'-' if term.descending else ''}{term.column}" for term in order)
    return f"{rows.name}:{terms}"


def encode(rows: RowList, order: Order, row: dict[str, Any]) -> str:
    """Return the cursor of a row in a list."""
    values = [label(rows, order), *(str(row[term.column]) for term in order)]
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode()


def place(rows: RowList, order: Order, cursor: Any, argument: str) -> Place:
    """Return the place of a cursor, which may not be bound yet."""
    if not isinstance(cursor, Unbound):
        return decode(rows, order, cursor, argument)
    # Each value of a place is asked for by itself, and clients page through the same lists.
    known = lru_cache(maxsize=256)(lambda given: decode(rows, order, given, argument))
    values = cursor.then(known)
    return tuple(values.then(itemgetter(number)) for number in range(len(order)))


def decode(rows: RowList, order: Order, cursor: str, argument: str) -> Place:
    """Return the place of a cursor; raises `Refused` for one of another list or of nowhere."""
    try:
        name, *values = orjson.loads(base64.b64decode(cursor, altchars=b"-_", validate=True))
        if name != label(rows, order) or len(values) != len(order):
            raise ValueError("a cursor of another list")
        if not all(isinstance(value, str) and "\0" not in value for value in values):
            raise ValueError("an order value that no row has")
        decoders = table(rows.table).decoders
        return tuple(
            decoders.get(term.column, str)(value) for term, value in zip(order, values, strict=True)
        )
    except (binascii.Error, ValueError, TypeError):
        source = "endCursor" if argument == "after" else "startCursor"
        raise Refused(
            Problem(
                code=Code.INVALID,
                message=f"{cursor[:60]!r} is not a cursor of this list.",
                path=(argument,),
                hint=f"Take `{argument}` from pageInfo.{source} of another page of the same list,"
                " in the same order.",
            )
        ) from None

"""Keyset cursors: the order values of a row, opaque to clients.

A cursor stays valid while rows come and go, because it names a place in the order and not a
number of rows.
"""

import base64
import binascii
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from softlanding.domain.problems import Code, Problem, Refused
from softlanding_schema.reads.lists import RowList


def encode(rows: RowList, row: dict[str, Any]) -> str:
    """Return the cursor of a row in a list."""
    values = [rows.name, *(str(row[column]) for column in rows.order)]
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode()


def decode(rows: RowList, cursor: str) -> tuple[Any, ...]:
    """Return the order values; raises `Refused` for a cursor of another list or of nowhere."""
    try:
        name, *values = orjson.loads(base64.b64decode(cursor, altchars=b"-_", validate=True))
        if name != rows.name or len(values) != len(rows.order):
            raise ValueError("a cursor of another list")
        if not all(isinstance(value, str) and "\0" not in value for value in values):
            raise ValueError("an order value that no row has")
        return tuple(
            _CONVERT.get(column, str)(value)
            for column, value in zip(rows.order, values, strict=True)
        )
    except (binascii.Error, ValueError, TypeError):
        raise Refused(
            Problem(
                code=Code.INVALID,
                message=f"{cursor[:60]!r} is not a cursor of this list.",
                path=("after",),
                hint="Take `after` from pageInfo.endCursor of an earlier page of the same list.",
            )
        ) from None


_CONVERT: dict[str, Any] = {"id": UUID, "arrival": date.fromisoformat}

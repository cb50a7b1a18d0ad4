"""Finding rows by texts that stand anywhere in them."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from softlanding.storage.database import Rows
from softlanding.storage.scopes import Statement
from softlanding.storage.tables import Row, table

_AT_ONCE = 20_000
"""So many rows are read by one statement, which is given up after some seconds."""


async def rows_with(
    rows: Rows,
    table_name: str,
    columns: Sequence[str],
    texts: Iterable[str],
    *,
    at_once: int = _AT_ONCE,
) -> list[Row]:
    """Return rows in which one of the texts may stand, in capitals or not.

    More may be returned than have it: signs and spaces stand for any, as JSON writes them in its
    own way. It reads the whole table, so many rows `at_once`.
    """
    patterns = [_pattern(text) for text in texts]
    found: list[Row] = []
    after = None
    while patterns:
        last = await _end_of_slice(rows, table_name, after, at_once)
        found += await _in_slice(rows, table_name, columns, patterns, after, last)
        if last is None:
            break
        after = last
    return found


async def _end_of_slice(rows: Rows, table_name: str, after: Any, at_once: int) -> Any:
    """Return the key of the last row of the slice behind a key; None where the table ends."""
    statement = Statement(rows.dialect)
    name = table(table_name).name
    where = "" if after is None else f'WHERE "id" > {statement.bind(after)}'
    sql = f'SELECT "id" FROM "{name}" {where} ORDER BY "id" LIMIT 1 OFFSET {at_once - 1}'  # noqa: S608 - names from the tables, values are parameters
    last = await rows.fetch(sql, statement.parameters)
    return last[0]["id"] if last else None


async def _in_slice(
    rows: Rows,
    table_name: str,
    columns: Sequence[str],
    patterns: Sequence[str],
    after: Any,
    last: Any,
) -> list[Row]:
    known, statement = table(table_name), Statement(rows.dialect)
    bounds = [
        f'"id" {sign} {statement.bind(key)}'
        for sign, key in ((">", after), ("<=", last))
        if key is not None
    ]
    text = "LIKE" if rows.dialect == "sqlite" else "ILIKE"
    cast = "" if rows.dialect == "sqlite" else "::text"
    likes = [
        f"{statement.column('r', table_name, column)}{cast} {text} {statement.bind(pattern)}"
        for column in columns
        for pattern in patterns
    ]
    where = " AND ".join([*bounds, f"({' OR '.join(likes)})"])
    sql = f'SELECT * FROM "{known.name}" AS r WHERE {where} ORDER BY "id"'  # noqa: S608 - names from the tables, values are parameters
    return [known.decode(row) for row in await rows.fetch(sql, statement.parameters)]


def _pattern(text: str) -> str:
    """Return a pattern that finds a text; of letters beyond ASCII, SQLite knows no capitals."""
    return f"%{re.sub('[^0-9A-Za-z]+', '%', text)}%"

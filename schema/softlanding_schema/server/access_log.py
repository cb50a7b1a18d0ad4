"""The access log: one JSON object for each request, on standard error.

It is written without the processors of other lines, because it is written for every request; and
as many lines at a time as the loop answered requests in one turn.
"""

import asyncio
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson

WriteLine = Callable[[dict[str, Any]], None]
_unwritten: list[bytes] = []


def write_line(values: dict[str, Any]) -> None:
    """Write what was answered, in the shape of all other lines."""
    told = {
        "event": "request",
        **values,
        "level": "info",
        "logger": "softlanding.http",
        "timestamp": datetime.now(UTC),
    }
    if not _unwritten:
        asyncio.get_running_loop().call_soon(_write)
    _unwritten.append(orjson.dumps(told, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE))


def _write() -> None:
    lines = b"".join(_unwritten)
    _unwritten.clear()
    sys.stderr.buffer.write(lines)
    sys.stderr.buffer.flush()


def write_nothing(values: dict[str, Any]) -> None:
    """Keep no access log."""

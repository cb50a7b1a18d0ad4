"""The access log: one JSON object for each request, on standard error.

It is written without the processors of other lines, because it is written for every request.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson

WriteLine = Callable[[dict[str, Any]], None]


def write_line(values: dict[str, Any]) -> None:
    """Write what was answered, in the shape of all other lines."""
    told = {
        "event": "request",
        **values,
        "level": "info",
        "logger": "softlanding.http",
        "timestamp": datetime.now(UTC),
    }
    sys.stderr.buffer.write(orjson.dumps(told, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE))
    sys.stderr.buffer.flush()


def write_nothing(values: dict[str, Any]) -> None:
    """Keep no access log."""

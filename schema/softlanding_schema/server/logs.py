"""Logs: one JSON object a line, on standard error."""

import logging
import sys

import structlog

from softlanding.request_ids import add_request_id


def configure_logs(level: str) -> None:
    """Send our lines, and the libraries' ones, as JSON to standard error."""
    shared: list[structlog.typing.Processor] = [
        add_request_id,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # Debug lines of the database library carry the values of statements.
    for name in ("tortoise", "aiosqlite", "asyncio"):
        logging.getLogger(name).setLevel(max(logging.INFO, root.level))

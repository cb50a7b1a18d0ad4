"""The id of the request that is answered, in every line that is logged meanwhile."""

from contextvars import ContextVar

from structlog.typing import EventDict, WrappedLogger

REQUEST_ID: ContextVar[str] = ContextVar("id of this request", default="")


def add_request_id(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Add the id to a line, where there is one."""
    if request_id := REQUEST_ID.get():
        event.setdefault("request_id", request_id)
    return event

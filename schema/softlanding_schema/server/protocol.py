"""What a connection may hold the server with: in time, in size and in number.

The library waits for ever for a request that is begun, for the rest of a body and for whoever does
not read an answer, and takes heads of any size.
"""

from asyncio import Transport
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from softlanding.domain.problems import Code, Problem
from softlanding_schema.server.answers import refusal


@dataclass(frozen=True)
class Limits:
    """What is granted to connections.

    `connections` are open at a time, further ones are told to come back. `head_bytes` is how long
    the first line and the headers of a request are together, `head_seconds` how long they may take,
    `body_seconds` how long the body may take from then on, and `read_seconds` how long a client may
    take to read what it was sent. Whoever was refused may go on sending for `linger_seconds`.
    """

    connections: int = 2000
    head_bytes: int = 64 * 1024
    head_seconds: float = 10.0
    body_seconds: float = 20.0
    read_seconds: float = 30.0
    linger_seconds: float = 2.0


class BoundedProtocol(HttpToolsProtocol):
    """One connection of HTTP/1.1."""

    limits: ClassVar[Limits] = Limits()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._to_be_sent = _Deadline(self.loop.call_later, self._not_sent)
        self._to_be_read = _Deadline(self.loop.call_later, self._not_read)
        self._in_head = True
        self._head_bytes = 0
        self._too_large = False
        self._refused = False
        self._handed_over = False

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as in the library
        """Await the head of a request."""
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections:
            self._refuse(503, "There are too many connections.", "Come back in a few seconds.")
        else:
            self._to_be_sent.begin(self.limits.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Await nothing more."""
        self._to_be_sent.end()
        self._to_be_read.end()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what was sent, as long as the head is within its limits."""
        if self._refused:
            return
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        # Most requests come in one piece, and are not timed at all.
        if not (self._to_be_sent.runs or self._refused or self._handed_over):
            if not self._in_head:
                self._to_be_sent.begin(self.limits.body_seconds)
            elif self._head_bytes:
                self._to_be_sent.begin(self.limits.head_seconds)
        if self._in_head and self._head_bytes > self.limits.head_bytes and not self._refused:
            self._refuse_head()

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection over, and time it no more."""
        super().handle_websocket_upgrade()
        self._to_be_sent.end()
        self._handed_over = True

    def on_headers_complete(self) -> None:
        """Await the body, if there is one."""
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if size > self.limits.head_bytes:
            self._too_large = True
            raise _HeadTooLarge
        self._in_head, self._head_bytes = False, 0
        self._to_be_sent.end()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Await nothing until the next request begins; the library ends idle connections."""
        self._in_head = True
        self._to_be_sent.end()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Await that the client reads the answer."""
        super().on_response_complete()
        if self.transport.get_write_buffer_size():
            self._to_be_read.begin(self.limits.read_seconds)

    def pause_writing(self) -> None:
        """Await that the client reads."""
        super().pause_writing()
        self._to_be_read.begin(self.limits.read_seconds)

    def resume_writing(self) -> None:
        """Go on: the client has read."""
        super().resume_writing()
        self._to_be_read.end()

    def timeout_keep_alive_handler(self) -> None:
        """End an idle connection, whether or not its client reads what is left."""
        super().timeout_keep_alive_handler()
        self._to_be_read.begin(self.limits.read_seconds)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, or too much of it."""
        if self._too_large:
            self._refuse_head()
        else:
            self._refuse(400, "That is no HTTP request.", "Send HTTP/1.1.")

    def _refuse_head(self) -> None:
        self._refuse(
            431,
            f"The headers are longer than {self.limits.head_bytes // 1024} KiB.",
            "Send fewer and shorter ones.",
        )

    def _not_sent(self) -> None:
        if self._head_bytes:
            self._refuse(408, "The request did not arrive in time.", "Send it again.")
        else:
            self.transport.abort()

    def _not_read(self) -> None:
        waits = self.transport.is_closing() or self.transport.get_write_buffer_size()
        if waits or self._refused:
            self.transport.abort()

    def _refuse(self, status: int, message: str, hint: str) -> None:
        """Answer without the app, and close.

        What is sent meanwhile is read for a moment and thrown away: a connection that is closed
        before that would take the answer with it.
        """
        self._to_be_sent.end()
        if self.cycle is not None and not self.cycle.response_complete:
            # Another request of this connection is being answered.
            self.transport.abort()
            return
        busy = status == 503
        told = {"retry-after": "5"} if busy else {}
        code = Code.UNAVAILABLE if busy else Code.INVALID
        problem = Problem(code=code, message=message, hint=hint)
        answer = refusal(problem, status=status, headers=told)
        headers = b"".join(b"%b: %b\r\n" % one for one in answer.raw_headers)
        self.transport.write(
            b"".join((STATUS_LINE[status], headers, b"connection: close\r\n\r\n", answer.body))
        )
        self.transport.write_eof()
        self._refused = True
        self._to_be_read.begin(self.limits.linger_seconds)


class _HeadTooLarge(Exception):  # noqa: N818 - the parser turns it into its own error
    """The head of a request is longer than is taken."""


class _Deadline:
    """Something that is to happen within some seconds, else something else does."""

    def __init__(self, call_later: Callable[..., Any], missed: Callable[[], None]) -> None:
        self._call_later = call_later
        self._missed = missed
        self._timer: Any = None

    @property
    def runs(self) -> bool:
        """Whether something is awaited."""
        return self._timer is not None

    def begin(self, seconds: float) -> None:
        """Begin anew."""
        self.end()
        self._timer = self._call_later(seconds, self._fire)

    def end(self) -> None:
        """Note that it has happened."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _fire(self) -> None:
        self._timer = None
        self._missed()

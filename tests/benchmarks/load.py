"""The load: a process that sends requests over keep-alive connections as fast as they are answered.

It reads one job a line from its standard input, JSON: port, seconds, connections, requests. It
answers one line: how many were answered, and in how many seconds. It is written on sockets,
because an ordinary client would need more CPU than the servers that it measures.
"""

import asyncio
import sys
import time
from itertools import cycle
from typing import Any

import orjson
import uvloop

_OK = b"HTTP/1.1 200"
_LENGTH = b"content-length: "
# An answer with one of these is a refusal, which is cheaper than the work asked for.
_REFUSALS = (b'"errors"', b'"message"')


class _Round:
    """One job: what is sent, and what has come back so far."""

    def __init__(self, requests: list[bytes], seconds: float, connections: int) -> None:
        self.requests = cycle(requests)
        self.ends = time.perf_counter() + seconds
        self.answered = 0
        self.open = connections
        self.finished: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def fail(self, why: str) -> None:
        if not self.finished.done():
            self.finished.set_exception(RuntimeError(why))

    def leave(self) -> None:
        self.open -= 1
        if not self.open and not self.finished.done():
            self.finished.set_result(None)


class _Connection(asyncio.Protocol):
    def __init__(self, work: _Round) -> None:
        self._round = work
        self._received = b""
        self._transport: Any = None
        self._done = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        transport.write(next(self._round.requests))  # type: ignore[attr-defined] # a socket's

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, blank, body = self._received.partition(b"\r\n\r\n")
        if not blank or len(body) < _length(head):
            return
        if not head.startswith(_OK) or any(word in body for word in _REFUSALS):
            self._round.fail(f"refused: {head[:200]!r} {body[:500]!r}")
            return
        self._received = b""
        self._round.answered += 1
        if time.perf_counter() < self._round.ends:
            self._transport.write(next(self._round.requests))
        else:
            self._done = True
            self._transport.close()
            self._round.leave()

    def connection_lost(self, error: Exception | None) -> None:
        if not self._done:
            self._round.fail(f"the server closed a connection: {error}")


def _length(head: bytes) -> int:
    lowered = head.lower()
    start = lowered.index(_LENGTH) + len(_LENGTH)
    end = lowered.find(b"\r", start)
    return int(lowered[start : end if end >= 0 else None])


async def _run(job: dict[str, Any]) -> dict[str, float]:
    loop = asyncio.get_running_loop()
    requests = [text.encode() for text in job["requests"]]
    work = _Round(requests, job["seconds"], job["connections"])
    began = time.perf_counter()
    for _ in range(job["connections"]):
        await loop.create_connection(lambda: _Connection(work), "127.0.0.1", job["port"])
    await asyncio.wait_for(work.finished, job["seconds"] + 30)
    return {"answered": work.answered, "seconds": time.perf_counter() - began}


if __name__ == "__main__":
    for line in sys.stdin.buffer:
        try:
            told: dict[str, Any] = uvloop.run(_run(orjson.loads(line)))
        except (RuntimeError, OSError, TimeoutError) as error:
            told = {"error": repr(error)}
        sys.stdout.buffer.write(orjson.dumps(told) + b"\n")
        sys.stdout.flush()

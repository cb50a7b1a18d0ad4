"""A wire between a server and its PostgreSQL that can be cut, and that can go dead."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path


class Wire:
    """Forwards bytes of each connection to a Unix socket, as long as it is whole."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._whole = asyncio.Event()
        self._whole.set()
        self._refuses = False
        self._writers: set[asyncio.StreamWriter] = set()
        self._connected = 0
        self._none_connected = asyncio.Event()
        self.port = 0

    def go_dead(self) -> None:
        """Take everything and forward nothing, in both directions; connections stay open."""
        self._whole.clear()

    def cut(self) -> None:
        """End all connections, and refuse new ones."""
        self._refuses = True
        self._end()

    def mend(self) -> None:
        """Be whole again; connections that went dead have ended."""
        if not self._whole.is_set():
            self._end()
        self._refuses = False
        self._whole.set()

    def _end(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Forward one connection until one of its ends is closed."""
        self._writers.add(writer)
        self._connected += 1
        try:
            if self._refuses:
                return
            await self._whole.wait()
            there, back = await asyncio.open_unix_connection(str(self._socket))
            self._writers.add(back)
            try:
                await asyncio.gather(self._forward(reader, back), self._forward(there, writer))
            finally:
                self._writers.discard(back)
                back.transport.abort()
        except OSError:
            pass
        finally:
            self._writers.discard(writer)
            writer.transport.abort()
            self._connected -= 1
            if not self._connected:
                self._none_connected.set()

    async def ended(self) -> None:
        """End all connections, and wait until they have."""
        self.mend()
        self._none_connected.clear()
        self.cut()
        if self._connected:
            await self._none_connected.wait()

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while found := await reader.read(65536):
                await self._whole.wait()
                writer.write(found)
                await writer.drain()
        writer.transport.abort()


@asynccontextmanager
async def wire_to(socket: Path) -> AsyncIterator[Wire]:
    """Open a wire on a free port of this machine."""
    wire = Wire(socket)
    server = await asyncio.start_server(wire.connect, "127.0.0.1", 0)
    wire.port = server.sockets[0].getsockname()[1]
    try:
        yield wire
    finally:
        server.close()
        await wire.ended()

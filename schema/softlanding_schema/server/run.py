"""Serving: open the core, bind the address, run until told to stop."""

import asyncio
import gc
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from filelock import FileLock, Timeout
from starlette.types import ASGIApp

from softlanding.predicates import Equals
from softlanding.services.api_keys import is_over
from softlanding.services.boot import load_plugins, open_core
from softlanding.services.core import Core
from softlanding.services.duties import keep_duties
from softlanding.services.notices.subscriber import subscriber as notices
from softlanding.services.outbox import Outbox
from softlanding.services.webhooks.subscriber import subscriber as webhooks
from softlanding.settings import Environment, Settings
from softlanding.storage.engines import dialect_of, sqlite_file
from softlanding_schema.compose import compose
from softlanding_schema.server.access_log import write_line, write_nothing
from softlanding_schema.server.app import build_app
from softlanding_schema.server.cookies import Cookies
from softlanding_schema.server.persisted_documents import read_manifest
from softlanding_schema.server.protocol import BoundedProtocol
from softlanding_schema.server.protocol_of_websockets import BoundedWebSocket
from softlanding_schema.server.websocket import MESSAGE_BYTES, PING_SECONDS

DEMO_LABEL = "demo"
"""What the token of the demonstration is called."""

LONGEST_END_SECONDS = 5
"""How long running requests have to end when nobody listens any more."""

# How long a loop may be silent: duties sleep for ten minutes and may work for an hour.
_DUTIES_SECONDS = 4200.0
_TURN_SECONDS = 30.0


class CannotServe(Exception):  # noqa: N818 - a sentence for whoever starts the product
    """The address or the database is taken."""


@asynccontextmanager
async def open_app(settings: Settings) -> AsyncIterator[tuple[ASGIApp, Core]]:
    """Open the core and return its app; raises what `open_core` raises."""
    schema, registry = compose(load_plugins(settings))
    registered = read_manifest(settings.documents) if settings.documents else {}
    async with open_core(settings, registry) as core:
        if settings.environment is Environment.PRODUCTION:
            await _refuse_the_demonstration(core)
        level = logging.getLevelNamesMapping()[settings.log_level]
        app = build_app(
            core,
            schema,
            planned=settings.planned_reads,
            open_introspection=settings.shows_schema_to_all,
            cookies=Cookies(settings.public_url, settings.has_https),
            origins=settings.cors_origins,
            registered=registered,
            cache_seconds=settings.cache_seconds,
            write_line=write_line if level <= logging.INFO else write_nothing,
        )
        yield app, core


async def _refuse_the_demonstration(core: Core) -> None:
    """Refuse a database that anybody may enter who has seen the terminal of a demonstration."""
    for row in await core.database.rows.select("tokens", Equals("label", DEMO_LABEL)):
        if row["revoked_at"] is None and not is_over(row, core.clock.now()):
            raise CannotServe(
                "The database is that of a demonstration, whose token is in force. Take one of its"
                " own for production, or set SOFTLANDING_ENVIRONMENT=demo."
            )


class _Server(uvicorn.Server):
    """A server that tells when it has started to listen, and that stops cleanly."""

    def __init__(
        self,
        config: uvicorn.Config,
        core: Core,
        started: Callable[[], Awaitable[None]],
        *,
        drain_seconds: float,
    ) -> None:
        super().__init__(config)
        self._core = core
        self._told = started
        self._drain_seconds = drain_seconds
        self._at_once = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell."""
        await super().startup(sockets)
        await self._told()

    async def main_loop(self) -> None:
        """Serve until told to stop, and then a little longer, so that balancers look elsewhere.

        Whoever asks for it twice with Ctrl-C does not wait.
        """
        await super().main_loop()
        self._core.draining = True
        with suppress(TimeoutError):
            async with asyncio.timeout(self._drain_seconds):
                await self._at_once.wait()
        # Who follows something comes back, to a process that does not stop.
        self._core.changes.end()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop, or stop at once."""
        super().handle_exit(sig, frame)
        if self.force_exit:
            self._at_once.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on SIGINT and SIGTERM, and end well.

        The library raises the signal again once it has stopped, which would end the process
        before the database is closed.
        """
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(sign, self.handle_exit, sign, None)
        try:
            yield
        finally:
            for sign in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(sign)


async def _say_nothing(address: str, core: Core) -> None:
    """Tell nobody."""


def run(main: Coroutine[Any, Any, None]) -> None:
    """Run the server's coroutine, on uvloop where it is installed."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(main)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # there is none for Windows
        return None
    return uvloop.new_event_loop


async def serve(
    settings: Settings, *, started: Callable[[str, Core], Awaitable[None]] = _say_nothing
) -> None:
    """Serve until SIGINT or SIGTERM; running requests have a few seconds to end."""
    # Nearly all that is made while opening stays; looking through it again and again is in vain.
    gc.disable()
    with _only_server(settings):
        listener = _bound(settings.host, settings.port)
        async with open_app(settings) as (app, core):
            config = uvicorn.Config(
                app,
                http=BoundedProtocol,
                ws=BoundedWebSocket,
                ws_max_size=MESSAGE_BYTES,
                ws_ping_interval=PING_SECONDS,
                ws_ping_timeout=PING_SECONDS,
                # Compression would keep a window for each connection, and answers are short.
                ws_per_message_deflate=False,
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                # Attempts are counted by network address, which only a trusted proxy may tell.
                proxy_headers=bool(settings.trusted_proxies),
                forwarded_allow_ips=list(settings.trusted_proxies),
                timeout_graceful_shutdown=LONGEST_END_SECONDS,
            )
            address = f"http://{settings.host}:{listener.getsockname()[1]}"
            core.public_url = settings.public_url or address
            server = _Server(
                config,
                core,
                lambda: started(address, core),
                drain_seconds=settings.drains_for,
            )
            # What is there now stays: the garbage collector need not look at it again.
            gc.collect()
            gc.freeze()
            gc.enable()
            _start_loops(core)
            try:
                await server.serve(sockets=[listener])
            finally:
                await core.loops.stop()


def _start_loops(core: Core) -> None:
    """Start what goes on beside the requests."""
    core.loops.start("duties", partial(keep_duties, core), silent_for=_DUTIES_SECONDS)
    core.loops.start(
        "outbox", Outbox(core, [notices(core), webhooks(core)]).run, silent_for=_TURN_SECONDS
    )
    core.loops.start("changes", core.changes.run, silent_for=_TURN_SECONDS)
    if core.database.dialect == "postgresql":
        core.loops.start("listening", core.database.listen, silent_for=_TURN_SECONDS)


def _bound(host: str, port: int) -> socket.socket:
    # The protocol is named because asyncio sets TCP_NODELAY only then; without it every answer
    # on a kept connection waits 40 ms for the client's acknowledgement.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise CannotServe(
            f"{host}:{port} cannot be used: {error.strerror}. Choose another port with PORT=…"
            " or SOFTLANDING_PORT."
        ) from None
    listener.set_inheritable(True)
    return listener


class _only_server:  # noqa: N801 - used as a function, as context managers are
    """Keeps a SQLite database to one serving process; the file beside it names the process."""

    def __init__(self, settings: Settings) -> None:
        self._lock: FileLock | None = None
        if dialect_of(settings.database_url) == "sqlite":
            file = sqlite_file(settings.database_url)
            self._lock = FileLock(f"{file}.lock")
            self._holder = Path(f"{file}.served-by")

    def __enter__(self) -> None:
        if self._lock is None:
            return
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            holder = self._holder.read_text().strip() if self._holder.exists() else "unknown"
            raise CannotServe(
                f"This SQLite database is already served by process {holder}. Stop that one, or"
                " use PostgreSQL for several processes."
            ) from None
        self._holder.write_text(f"{os.getpid()}\n")

    def __exit__(self, *error: object) -> None:
        if self._lock is not None:
            self._holder.unlink(missing_ok=True)
            self._lock.release()

"""The product as its users start it, in a process group of its own that can be killed."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.conftest import PLUGINS

SOFTLANDING = Path(sys.executable).with_name("softlanding")
TODAY = "2026-11-22"

_PLUGIN = '''
"""A subscriber that writes down which events it was told."""

import os

from softlanding import Subscriber, hookimpl


async def write_down(delivery, ctx):
    file = os.open(os.environ["FIRE_PROBE_FILE"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        os.write(file, f"{delivery.event.id}\\n".encode())
    finally:
        os.close(file)


@hookimpl
def subscribers():
    return [Subscriber(key="fire_probe", events=("*",), handle=write_down)]
'''
_METADATA = "Metadata-Version: 2.1\nName: fire-probe\nVersion: 1\n"
_ENTRY = "[softlanding.plugins]\nfire_probe = fire_probe_plugin\n"


class Serving:
    """A server on a database; started, killed and started again."""

    def __init__(self, url: str, folder: Path, **settings: str) -> None:
        self.url = url
        self._settings = settings
        self.events = folder / "events"
        self.events.touch()
        self._distribution = folder / "distribution"
        info = self._distribution / "fire_probe-1.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(_METADATA)
        (info / "entry_points.txt").write_text(_ENTRY)
        (self._distribution / "fire_probe_plugin.py").write_text(_PLUGIN)
        self._log = (folder / "log").open("ab")
        self._process: subprocess.Popen[str] | None = None
        self.address = ""

    def start(self) -> float:
        """Start the server; returns the seconds until it could be asked."""
        path = [str(self._distribution), os.environ.get("PYTHONPATH", "")]
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(part for part in path if part),
            "SOFTLANDING_DATABASE_URL": self.url,
            "SOFTLANDING_ENVIRONMENT": "test",
            "SOFTLANDING_TODAY": TODAY,
            "SOFTLANDING_PORT": "0",
            "SOFTLANDING_PLUGINS": ",".join([*PLUGINS, "fire_probe"]),
            "FIRE_PROBE_FILE": str(self.events),
            **self._settings,
        }
        started = time.monotonic()
        self._process = subprocess.Popen(
            [str(SOFTLANDING), "serve"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            start_new_session=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line.startswith("serving "), "the server did not start; its log says why"
        self.address = line.removeprefix("serving ").strip()
        return time.monotonic() - started

    def kill(self) -> None:
        """Kill the whole process group, as a machine that loses its power does."""
        self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """Stop it as an administrator does."""
        await asyncio.to_thread(self._end, signal.SIGTERM)

    def tell(self, sign: signal.Signals) -> None:
        """Send a signal to the whole process group."""
        assert self._process is not None
        os.killpg(self._process.pid, sign)

    async def ended(self) -> int:
        """Wait until it has stopped by itself, and return its status."""
        assert self._process is not None
        return await asyncio.to_thread(self._process.wait, 30)

    def _end(self, sign: signal.Signals) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, sign)
        self._process.wait(timeout=30)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process = None

    @property
    def pid(self) -> int:
        """The process of the server."""
        assert self._process is not None
        return self._process.pid

    @property
    def told(self) -> list[str]:
        """The keys of the events that the subscriber was told, repetitions too."""
        return self.events.read_text().split()

    async def __aenter__(self) -> Self:
        try:
            # In a thread: what the server needs may be in the loop of the test.
            await asyncio.to_thread(self.start)
        except BaseException:
            self._close()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def _close(self) -> None:
        self.kill()
        self._log.close()

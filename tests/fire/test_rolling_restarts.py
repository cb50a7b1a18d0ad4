"""Two servers on one PostgreSQL are restarted in turn, under load, and no request fails."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import httpx2
from tests.counts import count
from tests.fire.whole import faults
from tests.fire.writers import Promises, admin_token, clients
from tests.serving import Serving

from softlanding.host.registry import Registry
from softlanding.tasks import spawn
from tests.conftest import Templates

DRAIN_SECONDS = 1
LOOK_SECONDS = 0.2
"""How often the balancer asks who is ready; a server drains for several times as long."""


class Balancer(httpx2.AsyncBaseTransport):
    """Sends requests to servers that are ready, in turn; retries only what was never accepted."""

    def __init__(self, servers: Sequence[Serving]) -> None:
        self._servers = servers
        self._ready: list[str] = []
        self._turn = 0
        self._looked = asyncio.Condition()
        self._inner = httpx2.AsyncHTTPTransport()

    async def close(self) -> None:
        """Close all connections; the clients that share it do not."""
        await self._inner.aclose()

    async def look(self) -> None:
        """Ask again and again who is ready."""
        async with httpx2.AsyncClient(timeout=5) as http:
            while True:
                ready = [one.address for one in self._servers if await _is_ready(http, one)]
                async with self._looked:
                    self._ready = ready
                    self._looked.notify_all()
                await asyncio.sleep(LOOK_SECONDS)

    async def see(self, server: Serving, *, ready: bool) -> None:
        """Wait until the balancer knows that a server is ready, or is not."""
        async with self._looked:
            await self._looked.wait_for(lambda: (server.address in self._ready) is ready)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request on."""
        while True:
            async with self._looked:
                await self._looked.wait_for(lambda: bool(self._ready))
                self._turn += 1
                server = httpx2.URL(self._ready[self._turn % len(self._ready)])
            request.url = request.url.copy_with(host=server.host, port=server.port)
            try:
                return await self._inner.handle_async_request(request)
            except httpx2.ConnectError:
                continue


async def _is_ready(http: httpx2.AsyncClient, server: Serving) -> bool:
    try:
        return (await http.get(f"{server.address}/health/ready")).status_code == 200
    except httpx2.HTTPError:
        return False


async def test_no_request_fails_while_servers_are_restarted_in_turn(
    templates: Templates, registry: Registry, tmp_path: Path
) -> None:
    url = templates.fresh("postgresql", seeded=True)
    token = await admin_token(url, registry)
    promises, stop = Promises(), asyncio.Event()
    folders = [tmp_path / name for name in ("first", "second")]
    for folder in folders:
        folder.mkdir()
    drains = {"SOFTLANDING_DRAIN_SECONDS": str(DRAIN_SECONDS)}
    async with AsyncExitStack() as stack:
        servers = [
            await stack.enter_async_context(Serving(url, folder, **drains)) for folder in folders
        ]
        balancer = Balancer(servers)
        stack.push_async_callback(balancer.close)
        looking = spawn(balancer.look(), name="balancer")
        everybody = await clients(servers[0].address, token, promises, "rolling")
        writing = [
            spawn(one.write("http://balancer", until=stop, transport=balancer), name="client")
            for one in everybody
        ]
        for _ in range(count("rolling restarts")):
            for server in servers:
                await promises.reach(10)
                await server.stop()
                await promises.reach(10)
                await asyncio.to_thread(server.start)
                await balancer.see(server, ready=True)
        await promises.reach(10)
        assert not any(task.done() for task in writing)
        stop.set()
        await asyncio.gather(*writing)
        looking.cancel()
        assert promises.refusals == 0
        for server in servers:
            await server.stop()
        with servers[0].events.open("a") as told_by_both:
            told_by_both.write(servers[1].events.read_text())
        assert await faults(servers[0], promises, registry) == []

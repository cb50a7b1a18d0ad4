"""A server that is told to stop sends requests elsewhere first."""

import asyncio
import signal
from pathlib import Path

import httpx2
from tests.serving import Serving

from tests.conftest import Templates

QUERY = {"query": "{ incubators { totalCount } }"}


async def test_a_server_serves_on_but_is_not_ready_before_it_stops(
    templates: Templates, tmp_path: Path
) -> None:
    url = templates.fresh("sqlite", seeded=True)
    async with (
        Serving(url, tmp_path, SOFTLANDING_DRAIN_SECONDS="2") as server,
        httpx2.AsyncClient(base_url=server.address, timeout=10) as http,
    ):
        ready = await http.get("/health/ready")
        before = await http.post("/graphql", json=QUERY)
        server.tell(signal.SIGTERM)
        async with asyncio.timeout(2):
            while (draining := await http.get("/health/ready")).status_code == 200:
                continue
        meanwhile = await http.post("/graphql", json=QUERY)
        assert await server.ended() == 0
    assert (ready.status_code, ready.headers.get("connection")) == (200, None)
    assert (draining.status_code, draining.json()) == (503, {"status": "not ready"})
    assert meanwhile.json() == before.json()
    assert meanwhile.headers["connection"] == "close"

"""What others audit servers with, against the running product over real HTTP."""

import asyncio
import json
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import psutil
import pytest
from tests.npm.install import FOLDER, install
from tests.schema.hostile_requests import HOSTILE_REQUESTS, Sent
from tests.serving import Serving

from softlanding.actors import operator
from softlanding.host.registry import Registry
from softlanding.services.api_keys import NewApiKey, create_api_key
from softlanding.testing.house import open_house
from tests.conftest import Templates

MIB = 1 << 20
LONGEST_SECONDS = 0.15
"""How long a hostile request may take; the quickest of three, since other tests run beside it."""

MOST_MIB = 50
"""By how much the server may grow under all of them."""


@pytest.fixture
def engine() -> str:
    """One database is enough where none is asked."""
    return "sqlite"


@pytest.fixture
async def key_and_server(
    templates: Templates, registry: Registry, tmp_path: Path
) -> AsyncIterator[tuple[str, Serving]]:
    """A key of an incubator, and the product that knows it."""
    url = templates.fresh("sqlite", seeded=True)
    async with open_house(database_url=url, registry=registry, migrated=True) as house:
        gtec = await house.core.database.rows.by_slug("incubators", "gtec")
        assert gtec is not None
        key, _ = await create_api_key(
            house.core,
            operator("Ada Admin"),
            NewApiKey(label="audit", types=["Incubator", "Startup"]),
            incubator_id=gtec["id"],
        )
    async with Serving(url, tmp_path) as serving:
        yield key, serving


async def audited(address: str, *authorization: str) -> Any:
    """Return how many audits there are, and those that did not pass."""
    node = await asyncio.to_thread(install)
    process = await asyncio.create_subprocess_exec(
        node,
        "audit_graphql_over_http.js",
        f"{address}/graphql",
        *authorization,
        cwd=FOLDER,
        stdout=PIPE,
    )
    told, _ = await process.communicate()
    return json.loads(told)


async def test_all_audits_of_graphql_over_http_pass(key_and_server: tuple[str, Serving]) -> None:
    key, serving = key_and_server
    assert await audited(serving.address) == {"audits": 61, "failed": {}}
    assert await audited(serving.address, f"Bearer {key}") == {"audits": 61, "failed": {}}


async def send(http: httpx2.AsyncClient, sent: Sent) -> tuple[int, bytes, float]:
    """Return the status, the body, and the seconds until the answer was there."""
    started = time.perf_counter()
    address = f"/graphql?{sent.query}" if sent.query else "/graphql"
    answer = await http.request(sent.method, address, content=sent.body, headers=sent.headers)
    return answer.status_code, answer.content, time.perf_counter() - started


async def test_hostile_requests_are_refused_soon_in_json(
    key_and_server: tuple[str, Serving],
) -> None:
    _, serving = key_and_server
    server = psutil.Process(serving.pid)
    told: dict[str, Any] = {}
    async with httpx2.AsyncClient(base_url=serving.address, timeout=30) as http:
        good = {"query": "{ incubators { totalCount } }"}
        before = (await http.post("/graphql", json=good)).json()
        occupied = server.memory_info().rss
        for name, sent in HOSTILE_REQUESTS.items():
            tries = [await send(http, sent) for _ in range(3)]
            status, body, _ = tries[0]
            json.loads(body)
            told[name] = status
            assert min(seconds for *_, seconds in tries) < LONGEST_SECONDS, name
        assert server.memory_info().rss - occupied < MOST_MIB * MIB
        assert (await http.post("/graphql", json=good)).json() == before
    assert told == {name: sent.status for name, sent in HOSTILE_REQUESTS.items()}

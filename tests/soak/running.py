"""One soak on one database."""

import asyncio
import statistics
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx2
import psutil
from tests.serving import Serving
from tests.soak.report import Measured

from softlanding.actors import operator
from softlanding.host.discovery import find
from softlanding.host.registry import build
from softlanding.services.api_keys import NewApiKey, create_api_key
from softlanding.services.tokens import create_token
from softlanding.tasks import spawn
from softlanding.testing.house import open_house
from tests.conftest import PLUGINS

READS = {
    "incubators": "{ incubators { nodes { name country startups { nodes { name } } } } }",
    "stays": "{ stays(first: 20) { nodes { state arrival startup { name } host { name } } } }",
    "one start-up": '{ startup(slug: "havelwerk-3d") { name home { name } } }',
}
WRITE = """mutation($input: UpdateStartupInput!) { updateStartup(input: $input) {
  startup { id revision } problems { code } } }"""
WRITTEN = '{ startup(slug: "polderlens") { id } }'
READERS = 4
FLOODERS = 32
_WARM = 0.1
"""The part of a soak that is not measured: caches fill."""

Samples = dict[str, list[float]]


async def soak(url: str, folder: Path, *, seconds: int, flood: int) -> Measured:
    """Serve, ask and measure."""
    tokens = await _prepared(url)
    async with Serving(url, folder) as server:
        process = psutil.Process(server.pid)
        clients = [
            httpx2.AsyncClient(
                base_url=server.address,
                timeout=30,
                headers={"authorization": f"Bearer {token}"},
            )
            for token in tokens
        ]
        office, key, other = clients
        try:
            async with httpx2.AsyncClient(base_url=server.address, timeout=30) as anybody:
                await _ask(anybody, office, process, seconds=seconds * _WARM)
                samples, memory = await _ask(
                    anybody, office, process, seconds=seconds * (1 - _WARM)
                )
            alone = await _one_key(key, flood)
            beside = await _beside_a_flood(key, other, flood)
        finally:
            for client in clients:
                await client.aclose()
    return Measured(
        database="SQLite" if url.startswith("sqlite") else "PostgreSQL",
        seconds=seconds,
        answered=sum(map(len, samples.values())),
        tails={
            name: _percentile(one, 99) / statistics.median(one) for name, one in samples.items()
        },
        memory=_growth(memory),
        flood=_percentile(beside, 95) / _percentile(alone, 95),
    )


async def _prepared(url: str) -> Sequence[str]:
    """Sow the demonstration, and return a token of its office and the keys of two incubators."""
    registry = build(find(PLUGINS))
    async with open_house(database_url=url, registry=registry, seeded=True) as house:
        tokens = [await create_token(house.core, label="soak", email="office@example.org")]
        for slug in ("gtec", "crosspring-lab"):
            row = await house.core.database.rows.by_slug("incubators", slug)
            assert row is not None
            new = NewApiKey(label="soak", types=["Incubator", "Startup", "Stay"])
            secret, _ = await create_api_key(
                house.core, operator("soak"), new, incubator_id=row["id"]
            )
            tokens.append(secret)
        return tokens


async def _ask(
    anybody: httpx2.AsyncClient, office: httpx2.AsyncClient, process: psutil.Process, seconds: float
) -> tuple[Samples, list[int]]:
    """Read and write for some seconds; returns the times of answers, and memory by and by."""
    samples: Samples = {name: [] for name in (*READS, "change")}
    ends = time.monotonic() + seconds
    memory: list[int] = []

    async def read(first: int) -> None:
        number = first
        names = list(READS)
        while time.monotonic() < ends:
            name = names[number % len(names)]
            samples[name].append(await _timed(anybody, {"query": READS[name]}))
            number += 1

    async def write() -> None:
        found = await office.post(
            "/graphql", json={"query": '{ startup(slug: "polderlens") { id } }'}
        )
        startup = found.json()["data"]["startup"]["id"]
        number = 0
        while time.monotonic() < ends:
            number += 1
            given = {"id": startup, "name": f"Polder Lens {number} (demo)"}
            took = await _timed(office, {"query": WRITE, "variables": {"input": given}})
            samples["change"].append(took)
            memory.append(process.memory_info().rss)

    await asyncio.gather(write(), *(read(first) for first in range(READERS)))
    return samples, memory


async def _timed(http: httpx2.AsyncClient, body: Mapping[str, Any]) -> float:
    """Return how long an answer took; raises `RuntimeError` where it is none."""
    began = time.perf_counter()
    answer = await http.post("/graphql", json=body)
    took = time.perf_counter() - began
    told = answer.json()
    payloads = [one for one in (told.get("data") or {}).values() if isinstance(one, dict)]
    if "errors" in told or any(payload.get("problems") for payload in payloads):
        raise RuntimeError(f"not answered: {answer.status_code} {answer.text[:500]}")
    return took


async def _one_key(key: httpx2.AsyncClient, seconds: float) -> list[float]:
    """Ask with one key, one operation after the other."""
    found = []
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        found.append(await _timed(key, {"query": READS["incubators"]}))
    return found


async def _beside_a_flood(
    key: httpx2.AsyncClient, other: httpx2.AsyncClient, seconds: float
) -> list[float]:
    """Ask with one key while another asks on many connections as fast as it is answered."""
    stop = asyncio.Event()

    async def ask() -> None:
        while not stop.is_set():
            await other.post("/graphql", json={"query": READS["incubators"]})

    flooding = [spawn(ask(), name="flood") for _ in range(FLOODERS)]
    found = await _one_key(key, seconds)
    stop.set()
    await asyncio.gather(*flooding)
    return found


def _tail(samples: Sequence[float]) -> float:
    return _percentile(samples, 99) / statistics.median(samples)


def _percentile(samples: Sequence[float], percent: int) -> float:
    return statistics.quantiles(samples, n=100)[percent - 1]


def _growth(memory: Sequence[int]) -> float:
    """Return how much larger memory is in the end than in the beginning."""
    part = max(len(memory) // 10, 1)
    return statistics.median(memory[-part:]) / statistics.median(memory[:part])

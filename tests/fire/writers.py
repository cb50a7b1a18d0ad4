"""Clients that write all the time, and write down what they were promised."""

import asyncio
import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from time import monotonic
from typing import Any

import httpx2

from softlanding.host.registry import Registry
from softlanding.services.tokens import create_token
from softlanding.testing.house import open_house

APPLY = """mutation($input: ApplyForStayInput!) { applyForStay(input: $input) {
  stay { id state } problems { code message } } }"""
WITHDRAW = """mutation($id: ID!) { withdrawStay(input: {id: $id}) {
  stay { id state } problems { code message } } }"""
RENAME = """mutation($input: UpdateStartupInput!) { updateStartup(input: $input) {
  startup { id name revision } problems { code message } } }"""
IDS = (
    """{ incubators(first: 50) { nodes { id slug } } startups(first: 50) { nodes { id slug } } }"""
)


@dataclass
class Promises:
    """What was acknowledged: stays by what their motivation says, and names of start-ups."""

    stays: dict[str, tuple[str, str]] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)
    count: int = 0
    longest: float = 0.0
    refusals: int = 0
    _moved: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def reach(self, more: int) -> None:
        """Wait until so many more requests were acknowledged."""
        count = self.count + more
        async with self._moved:
            await self._moved.wait_for(lambda: self.count >= count)

    async def reach_refusals(self, more: int) -> None:
        """Wait until so many more requests were told to come again."""
        count = self.refusals + more
        async with self._moved:
            await self._moved.wait_for(lambda: self.refusals >= count)

    async def note(self, *, kept: bool) -> None:
        """Count an answer: something promised, or come again."""
        async with self._moved:
            self.count += kept
            self.refusals += not kept
            self._moved.notify_all()


@dataclass
class Request:
    """One that is repeated with the same key until it is answered."""

    query: str
    variables: dict[str, Any]
    key: str = field(default_factory=lambda: str(uuid.uuid4()))


class Client:
    """Somebody who writes for one start-up, one request after the other."""

    def __init__(self, token: str, startup: str, host: str, name: str, promises: Promises) -> None:
        self._headers = {"authorization": f"Bearer {token}"}
        self._startup = startup
        self._host = host
        self._name = name
        self._promises = promises
        self._number = 0
        self._open: Request | None = None
        self._last: tuple[str, str] | None = None

    async def write(
        self,
        address: str,
        *,
        until: asyncio.Event,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        """Write until told to stop; a request that is not answered is sent again the next time."""
        async with httpx2.AsyncClient(base_url=address, timeout=30, transport=transport) as http:
            while not until.is_set():
                request = self._open or self._next()
                self._open = request
                try:
                    answer = await self._send(http, request)
                except (httpx2.HTTPError, OSError):
                    return
                if answer is not None:
                    self._open = None
                    self._keep(request, answer)
                await self._promises.note(kept=answer is not None)

    async def _send(self, http: httpx2.AsyncClient, request: Request) -> dict[str, Any] | None:
        """Send a request; None where it was told to be sent again."""
        headers = {**self._headers, "idempotency-key": request.key}
        body = {"query": request.query, "variables": request.variables}
        started = monotonic()
        answer = await http.post("/graphql", json=body, headers=headers)
        self._promises.longest = max(self._promises.longest, monotonic() - started)
        told = answer.json()
        if not told.get("data"):
            codes = [one.get("extensions", {}).get("code") for one in told["errors"]]
            assert set(codes) <= {"UNAVAILABLE", "IN_PROGRESS"}, told
            return None
        (payload,) = told["data"].values()
        codes = [problem["code"] for problem in payload["problems"]]
        assert set(codes) <= {"UNAVAILABLE", "IN_PROGRESS"}, told
        return None if codes else payload

    def _next(self) -> Request:
        self._number += 1
        if self._number % 5 == 0:
            name = f"{self._name} {self._number}"
            return Request(RENAME, {"input": {"id": self._startup, "name": name}})
        if self._number % 3 == 0 and self._last is not None:
            _, stay = self._last
            return Request(WITHDRAW, {"id": stay})
        arrival = date(2028, 1, 3) + timedelta(days=7 * (self._number % 50))
        given = {
            "startup": self._startup,
            "host": self._host,
            "arrival": arrival.isoformat(),
            "departure": (arrival + timedelta(days=29)).isoformat(),
            "travellers": [{"name": "Tess Traveller", "nationalities": ["DE"]}],
            "goals": ["Find a pilot"],
            "motivation": f"{self._name} {self._number}",
        }
        return Request(APPLY, {"input": given})

    def _keep(self, request: Request, payload: dict[str, Any]) -> None:
        if request.query == APPLY:
            motivation, stay = request.variables["input"]["motivation"], payload["stay"]["id"]
            self._promises.stays[motivation] = (stay, "DRAFT")
            self._last = (motivation, stay)
        elif request.query == WITHDRAW:
            assert self._last is not None
            self._promises.stays[self._last[0]] = (self._last[1], "WITHDRAWN")
            self._last = None
        else:
            startup = payload["startup"]
            self._promises.revisions[startup["id"]] = startup["revision"]


async def admin_token(url: str, registry: Registry) -> str:
    """Return a token of the administrator of the demonstration."""
    async with open_house(database_url=url, registry=registry, migrated=True) as house:
        return await create_token(house.core, label="fire", email="office@example.org")


async def clients(address: str, token: str, promises: Promises, run: str) -> list[Client]:
    """Return four clients, each with a start-up of its own."""
    async with httpx2.AsyncClient(base_url=address, timeout=30) as http:
        answer = await http.post(
            "/graphql", json={"query": IDS}, headers={"authorization": f"Bearer {token}"}
        )
    found = answer.json()["data"]
    hosts = {one["slug"]: one["id"] for one in found["incubators"]["nodes"]}
    startups = {one["slug"]: one["id"] for one in found["startups"]["nodes"]}
    pairs = (
        ("polderlens", "gtec"),
        ("havelwerk-3d", "imt-starter"),
        ("plume-sante", "crosspring-lab"),
        ("gintaras-laser-lab", "f6s-network"),
    )
    return [
        Client(token, startups[startup], hosts[host], f"{run} {startup}", promises)
        for startup, host in pairs
    ]

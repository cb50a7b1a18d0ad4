"""The clients graphql-sse and graphql-ws from npm, as websites use them, against the product."""

import asyncio
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import orjson
import pytest
from tests.fire.writers import admin_token
from tests.npm.install import FOLDER, install
from tests.serving import Serving

from softlanding.host.registry import Registry
from tests.conftest import Templates

SECONDS = 20
QUERY = "{ incubators(first: 1) { nodes { name } } }"
WRONG = "{ nothing }"
FOLLOWING = "subscription { stayChanged { events stay { startup { name } } } }"
SUBMITTED = """{ stays(where: {state: {eq: SUBMITTED}}, first: 1) {
  nodes { id startup { name } } } }"""
REVIEW = """mutation($id: ID!) { reviewStay(input: {id: $id}) { problems { message } } }"""
WITHDRAW = """mutation($id: ID!) { withdrawStay(input: {id: $id, reason: "Demo"}) {
  problems { message } } }"""


class Client:
    """A client in JavaScript."""

    def __init__(self, process: Process) -> None:
        self._process = process

    async def ask(self, name: str, query: str) -> None:
        """Begin an operation."""
        assert self._process.stdin is not None
        self._process.stdin.write(orjson.dumps({"id": name, "query": query}) + b"\n")
        await self._process.stdin.drain()

    async def told(self) -> Any:
        """Return what the client is told next."""
        assert self._process.stdout is not None
        async with asyncio.timeout(SECONDS):
            return orjson.loads(await self._process.stdout.readline())


@asynccontextmanager
async def client(protocol: str, server: Serving, token: str) -> AsyncIterator[Client]:
    """Start a client, which connects again by itself."""
    node = await asyncio.to_thread(install)
    process = await asyncio.create_subprocess_exec(
        node, "follow.js", protocol, f"{server.address}/graphql", token,
        cwd=FOLDER, stdin=PIPE, stdout=PIPE,
    )  # fmt: skip
    try:
        yield Client(process)
    finally:
        process.kill()
        await process.communicate()


class Admin:
    """An administrator over HTTP."""

    def __init__(self, server: Serving, token: str) -> None:
        self._server = server
        self._headers = {"authorization": f"Bearer {token}"}

    async def ask(self, query: str, **variables: Any) -> Any:
        """Send an operation."""
        async with httpx2.AsyncClient(headers=self._headers, timeout=SECONDS) as http:
            asked = {"query": query, "variables": variables}
            answer = (await http.post(f"{self._server.address}/graphql", json=asked)).json()
        assert "errors" not in answer, answer
        return answer["data"]

    async def followed(self) -> None:
        """Wait until somebody follows something."""
        async with asyncio.timeout(SECONDS), httpx2.AsyncClient(headers=self._headers) as http:
            while True:
                metrics = (await http.get(f"{self._server.address}/metrics")).text
                if "softlanding_streams 1.0" in metrics:
                    return


@pytest.mark.parametrize("protocol", ["sse", "ws"])
async def test_a_website_follows_stays_with_the_official_client_over_a_restart(
    templates: Templates, registry: Registry, tmp_path: Path, engine: str, protocol: str
) -> None:
    url = templates.fresh(engine, seeded=True)
    token = await admin_token(url, registry)
    async with (
        Serving(url, tmp_path, SOFTLANDING_PORT=str(free_port())) as server,
        client(protocol, server, token) as website,
    ):
        await website.ask("query", QUERY)
        answer = await website.told()
        assert answer.pop("id") == "query"
        assert answer["next"]["data"] == {"incubators": {"nodes": [{"name": "Crosspring Lab"}]}}
        assert await website.told() == {"id": "query", "complete": True}

        await website.ask("wrong", WRONG)
        wrong = await website.told()
        errors = wrong["error"] if protocol == "ws" else wrong["next"]["errors"]
        assert [one["message"] for one in errors] == [
            "Cannot query field 'nothing' on type 'Query'."
        ]
        if protocol == "sse":
            assert await website.told() == {"id": "wrong", "complete": True}

        await website.ask("stays", FOLLOWING)
        admin = Admin(server, token)
        await admin.followed()
        (stay,) = (await admin.ask(SUBMITTED))["stays"]["nodes"]
        assert (await admin.ask(REVIEW, id=stay["id"]))["reviewStay"] == {"problems": []}
        assert await website.told() == news("stay.in_review", stay["startup"])

        await server.stop()
        await asyncio.to_thread(server.start)
        await admin.followed()
        assert (await admin.ask(WITHDRAW, id=stay["id"]))["withdrawStay"] == {"problems": []}
        assert await website.told() == news("stay.withdrawn", stay["startup"])


async def test_what_one_process_changes_is_told_by_the_other(
    templates: Templates, registry: Registry, tmp_path: Path
) -> None:
    url = templates.fresh("postgresql", seeded=True)
    token = await admin_token(url, registry)
    folders = [tmp_path / name for name in ("first", "second")]
    for folder in folders:
        folder.mkdir()
    async with (
        Serving(url, folders[0]) as first,
        Serving(url, folders[1]) as second,
        client("sse", first, token) as website,
    ):
        await website.ask("stays", FOLLOWING)
        await Admin(first, token).followed()
        admin = Admin(second, token)
        (stay,) = (await admin.ask(SUBMITTED))["stays"]["nodes"]
        await admin.ask(REVIEW, id=stay["id"])
        assert await website.told() == news("stay.in_review", stay["startup"])


def news(event: str, startup: Any) -> Any:
    """Return what is told of a stay."""
    changed = {"events": [event], "stay": {"startup": startup}}
    return {"id": "stays", "next": {"data": {"stayChanged": changed}}}


def free_port() -> int:
    """Return a port that a server may bind again after it was restarted."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

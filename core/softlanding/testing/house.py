"""The whole product in memory, for tests: its app, its actors, a day that stands still."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType, ModuleType
from typing import Any
from uuid import UUID

import httpx2

from softlanding.host.discovery import Candidate
from softlanding.host.registry import Registry, build
from softlanding.services.boot import open_core
from softlanding.services.clock import FrozenClock
from softlanding.services.core import Core
from softlanding.services.people import NewPerson, add_person
from softlanding.services.seed import seed
from softlanding.services.tokens import create_token
from softlanding.settings import Environment, read_settings
from softlanding.storage import migrate
from softlanding_schema.compose import ComposedSchema, compose
from softlanding_schema.server.app import build_app
from softlanding_schema.server.cookies import Cookies

TODAY = date(2026, 11, 22)


@dataclass
class House:
    """An open product without a socket."""

    core: Core
    http: httpx2.AsyncClient
    app: Callable[..., Awaitable[None]]

    @property
    def clock(self) -> FrozenClock:
        """The clock, to move the day."""
        assert isinstance(self.core.clock, FrozenClock)
        return self.core.clock

    async def ask(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        *,
        token: str | None = None,
    ) -> dict[str, Any]:
        """Send a GraphQL request and return what it answers: `data`, `errors`."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        answer = await self.http.post(
            "/graphql", json={"query": query, "variables": variables}, headers=headers
        )
        found: dict[str, Any] = answer.json()
        found.pop("extensions", None)
        return found

    async def data(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        *,
        token: str | None = None,
    ) -> dict[str, Any]:
        """Send a request that must not have errors, and return its data."""
        answer = await self.ask(query, variables, token=token)
        assert "errors" not in answer, answer["errors"]
        found: dict[str, Any] = answer["data"]
        return found

    async def person(
        self,
        name: str,
        *,
        admin: bool = False,
        founder_of: Sequence[str] = (),
        staff_of: Sequence[str] = (),
        manager_of: Sequence[str] = (),
        reviewer_of: Sequence[str] = (),
        auditor: bool = False,
    ) -> str:
        """Add a person, by slugs of start-ups and incubators, and return a token of theirs."""
        email = f"{name.lower().replace(' ', '.')}@example.org"
        await add_person(
            self.core,
            NewPerson(name=name, email=email, is_admin=admin, is_auditor=auditor),
            founder_of=[await self._key("startups", slug) for slug in founder_of],
            staff_of=[await self._key("incubators", slug) for slug in staff_of],
            manager_of=[await self._key("incubators", slug) for slug in manager_of],
            reviewer_of=[await self._key("incubators", slug) for slug in reviewer_of],
        )
        return await create_token(self.core, label=f"test {name}", email=email)

    async def _key(self, table: str, slug: str) -> UUID:
        row = await self.core.database.rows.by_slug(table, slug)
        assert row is not None, slug
        return UUID(str(row["id"]))


def registry_of(plugins: Mapping[str, ModuleType]) -> Registry:
    """Return a registry of plugin modules by key."""
    return build([Candidate.of_module(key, module) for key, module in sorted(plugins.items())])


@lru_cache(maxsize=4)
def _composed(registry: Registry) -> tuple[ComposedSchema, Registry]:
    # Many tests open a house with one registry.
    return compose(registry)


@asynccontextmanager
async def open_house(
    *,
    database_url: str,
    registry: Registry,
    today: date = TODAY,
    seeded: bool = False,
    migrated: bool = False,
    planned: bool = True,
    open_introspection: bool = True,
    public_url: str = "",
    openid: Mapping[str, str] = MappingProxyType({}),
) -> AsyncIterator[House]:
    """Open the product over a database, which is migrated unless it is said to be.

    Without `planned`, graphql-core answers everything; without `open_introspection`, only staff
    reads the schema. `public_url` is where browsers reach it, `openid` holds the settings
    `openid_…`.
    """
    if not migrated:
        await migrate.apply(database_url)
    settings = read_settings(
        environment=Environment.TEST,
        database_url=database_url,
        today=today,
        plugins=[],
        public_url=public_url,
        **openid,
    )
    schema, registry = _composed(registry)
    async with open_core(settings, registry) as core:
        if seeded:
            await seed(core)
        app = build_app(
            core,
            schema,
            planned=planned,
            open_introspection=open_introspection,
            cookies=Cookies(public_url, public_url.startswith("https:")),
        )
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://house") as client:
            yield House(core=core, http=client, app=app)

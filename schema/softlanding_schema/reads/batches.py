"""Batches of one request: each collects keys and reads them in one statement."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any
from uuid import UUID

from strawberry.dataloader import DataLoader

from softlanding.access import rows
from softlanding.actors import Actor
from softlanding.contract.graphql import GraphQLField
from softlanding.host import guard
from softlanding.host.registry import Plugin
from softlanding.predicates import AllOf, OneOf, Predicate
from softlanding.services.core import Core
from softlanding.services.plugin_context import loader_context
from softlanding.services.revisions import Revision, revisions_of
from softlanding.services.snapshots import snapshots
from softlanding.services.standing import stored_steps_of
from softlanding.storage.tables import Row
from softlanding_schema.reads.lists import RowList
from softlanding_schema.reads.pages import Page, count, counts, pages
from softlanding_schema.reads.slices import LONGEST_PAGE, Slice

_TABLES = {"Incubator": "incubators", "Startup": "startups", "Stay": "stays"}
Batch = Callable[[list[Any]], Awaitable[list[Any]]]


class Batches:
    """The batches of one request, for one actor; calls of plugins' loaders are noted."""

    def __init__(self, core: Core, actor: Actor, loader_calls: list[str]) -> None:
        self._loader_calls = loader_calls
        self._core = core
        self._actor = actor
        self._loaders: dict[Hashable, DataLoader[Any, Any]] = {}
        self._seen: dict[tuple[str, UUID], Row] = {}

    async def _load(self, name: Hashable, batch: Batch, key: Any) -> Any:
        """Return what a batch finds for a key.

        Fields share what they wait for, and graphql-core cancels the fields beside one that
        failed: that must not cancel what others still wait for.
        """
        if name not in self._loaders:
            self._loaders[name] = DataLoader(load_fn=batch, cache=True)
        return await asyncio.shield(self._loaders[name].load(key))

    async def row(self, table: str, key: UUID) -> Row | None:
        """Return a row by key, if the actor may see it."""

        async def batch(keys: list[UUID]) -> list[Row | None]:
            wanted = AllOf((OneOf("id", tuple(keys)), rows(table, self._actor)))
            found = {row["id"]: row for row in await self._core.database.rows.select(table, wanted)}
            return [found.get(key) for key in keys]

        return await self._load(("row", table), batch, key)  # type: ignore[no-any-return] # one loader holds many kinds

    async def page(self, which: RowList, part: Slice, parent: UUID) -> Page:
        """Return a page of a parent's list."""

        async def batch(parents: list[UUID]) -> list[Page]:
            return await pages(self._core.database.rows, self._actor, which, part, parents)

        return await self._load((which, part), batch, parent)  # type: ignore[no-any-return] # one loader holds many kinds

    async def count(self, which: RowList, where: Predicate, parent: UUID) -> int:
        """Return the number of rows of a parent's list, capped."""

        async def batch(parents: list[UUID]) -> list[int]:
            return await counts(self._core.database.rows, self._actor, which, where, parents)

        return await self._load(("count", which, where), batch, parent)  # type: ignore[no-any-return] # one loader holds many kinds

    async def root_count(self, which: RowList, where: Predicate) -> int:
        """Return the number of rows of a root list, capped; counted once a request."""

        async def batch(keys: list[None]) -> list[int]:
            return [await count(self._core.database.rows, self._actor, which, where) for _ in keys]

        return await self._load(("root count", which, where), batch, None)  # type: ignore[no-any-return] # one loader holds many kinds

    async def steps(self, stay: UUID) -> list[Row]:
        """Return the onboarding steps of a stay, with their definitions, in order."""

        async def batch(stays: list[UUID]) -> list[list[Row]]:
            found = await stored_steps_of(self._core.database.rows, stays)
            return [found[key] for key in stays]

        return await self._load("steps", batch, stay)  # type: ignore[no-any-return] # one loader holds many kinds

    async def history(self, step: UUID) -> list[Row]:
        """Return what happened to a step, oldest first."""

        async def batch(steps: list[UUID]) -> list[list[Row]]:
            wanted = AllOf((OneOf("object_id", tuple(steps)), rows("history", self._actor)))
            found: dict[UUID, list[Row]] = {key: [] for key in steps}
            for row in await self._core.database.rows.select(
                "history", wanted, order=("revision", "id")
            ):
                found[row["object_id"]].append(row)
            return [found[key] for key in steps]

        return await self._load("history", batch, step)  # type: ignore[no-any-return] # one loader holds many kinds

    async def revisions(self, table: str, key: UUID) -> list[Revision]:
        """Return the revisions of an object, oldest first; to whom, the caller looks at."""

        async def batch(keys: list[UUID]) -> list[list[Revision]]:
            found = await revisions_of(self._core.database.rows, table, keys)
            return [found.get(key, []) for key in keys]

        return await self._load(("revisions", table), batch, key)  # type: ignore[no-any-return] # one loader holds many kinds

    async def children(self, table: str, column: str, parent: UUID) -> list[Row]:
        """Return the rows whose column names a parent, as far as the actor sees them, by age.

        Of more than 100 they are the newest.
        """
        which = RowList(f"{table} by {column}", table, ("id",), column)
        newest = Slice(size=LONGEST_PAGE, order=which.ordered(), backward=True)
        return list((await self.page(which, newest, parent)).rows)

    async def rule_set(self, key: str, version: str) -> Row | None:
        """Return one version of a rule set."""

        async def batch(wanted: list[tuple[str, str]]) -> list[Row | None]:
            keys = OneOf("key", tuple(sorted({key for key, _ in wanted})))
            scope = AllOf((keys, rows("rule_sets", self._actor)))
            stored = await self._core.database.rows.select("rule_sets", scope)
            found = {(row["key"], row["version"]): row for row in stored}
            return [found.get(one) for one in wanted]

        return await self._load("rule sets", batch, (key, version))  # type: ignore[no-any-return] # one loader holds many kinds

    async def applied_here(self, startup: UUID) -> bool:
        """Tell whether a start-up has handed in a stay at an incubator of the actor's."""

        async def batch(startups: list[UUID]) -> list[bool]:
            wanted = AllOf(
                (
                    OneOf("startup_id", tuple(startups)),
                    OneOf("host_id", tuple(sorted(self._actor.staff_of))),
                    rows("stays", self._actor),
                )
            )
            found = await self._core.database.rows.select("stays", wanted)
            applied = {row["startup_id"] for row in found if row["submitted_at"]}
            return [key in applied for key in startups]

        return await self._load("applied", batch, startup)  # type: ignore[no-any-return] # one loader holds many kinds

    async def plugin_values(
        self, plugin: Plugin, field: GraphQLField, items: Sequence[Any]
    ) -> Sequence[object]:
        """Return what a plugin's loader answers for some snapshots; raises `PluginFailed`."""
        context = loader_context(self._core, self._core.database.rows, plugin, self._actor)
        self._loader_calls.append(f"{plugin.key} {field.target}")
        return await guard.load(field, items, context)

    async def plugin_value(self, plugin: Plugin, field: GraphQLField, row: Row) -> object:
        """Return what a plugin's loader answers for one object; one call for all of them."""

        async def batch(keys: list[UUID]) -> list[object]:
            wanted = [self._seen[field.target, key] for key in keys]
            source, table = self._core.database.rows, _TABLES[field.target]
            items = await snapshots(source, table, wanted)
            return list(await self.plugin_values(plugin, field, items))

        self._seen[field.target, row["id"]] = row
        return await self._load((plugin.key, field.target), batch, row["id"])

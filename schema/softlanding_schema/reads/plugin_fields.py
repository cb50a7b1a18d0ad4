"""Fields of plugins: who reads them, and their values, one call of a loader for all objects."""

import asyncio
from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING, Any

from softlanding.access import Actor
from softlanding.contract.graphql import Audience, GraphQLField
from softlanding.host.guard import PluginFailed
from softlanding.host.registry import Plugin
from softlanding.storage.tables import Row

if TYPE_CHECKING:
    from softlanding_schema.context import RequestContext

PLUGIN_FIELD = "plugin field"
"""The key in the metadata of a Strawberry field: the plugin, and what it declared."""


def may_read(
    context: "RequestContext", root: Any, declared: GraphQLField
) -> bool | Awaitable[bool]:
    """Tell whether the actor belongs to the audience of a field on an object."""
    actor: Actor = context.actor
    if declared.audience is Audience.PUBLIC:
        return True
    if declared.target == "Incubator":
        return actor.is_staff_of(root.key)
    if declared.target == "Stay":
        sides = actor.sides(startup_id=root.startup_id, home_id=root.home_id, host_id=root.host_id)
        return bool(sides - {"STARTUP"}) or (bool(sides) and declared.audience is Audience.PARTIES)
    if actor.is_staff_of(root.home_id):
        return True
    if declared.audience is Audience.PARTIES and root.key in actor.founder_of:
        return True
    return context.batches.applied_here(root.key) if actor.staff_of else False


async def values_of(
    context: "RequestContext", plugin: Plugin, declared: GraphQLField, roots: Sequence[Any]
) -> list[Any]:
    """Return the value for each object, None for those the actor may not read.

    An object that is there several times is asked for once. Where the loader fails, the failure
    stands in place of each value.
    """
    allowed = [may_read(context, root, declared) for root in roots]
    asked = iter(await asyncio.gather(*(one for one in allowed if not isinstance(one, bool))))
    shown = [one if isinstance(one, bool) else next(asked) for one in allowed]
    wanted: dict[Any, Row] = {
        root.key: root.row for root, seen in zip(roots, shown, strict=True) if seen
    }
    if not wanted:
        return [None] * len(roots)
    try:
        loaded = await context.batches.plugin_values(plugin, declared, list(wanted.values()))
    except PluginFailed as failure:
        loaded = [failure] * len(wanted)
    values = dict(zip(wanted, loaded, strict=True))
    return [values[root.key] if seen else None for root, seen in zip(roots, shown, strict=True)]

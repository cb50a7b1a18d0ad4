"""Fields of plugins: who reads them, and their values, one call of a loader for all objects."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from softlanding.actors import Actor
from softlanding.contract.graphql import Audience, GraphQLField
from softlanding.host.guard import PluginFailed
from softlanding.host.registry import Plugin

if TYPE_CHECKING:
    from softlanding_schema.context import RequestContext
    from softlanding_schema.reads.snapshots import Known

PLUGIN_FIELD = "plugin field"
"""The key in the metadata of a Strawberry field: the plugin, and what it declared."""


def may_read(
    context: "RequestContext", row: Mapping[str, Any], declared: GraphQLField
) -> bool | Awaitable[bool]:
    """Tell whether the actor belongs to the audience of a field on an object, by its row."""
    actor: Actor = context.actor
    if declared.audience is Audience.PUBLIC or actor.reads_everything:
        return True
    if declared.target == "Incubator":
        return actor.is_staff_of(row["id"])
    if declared.target == "Stay":
        if actor.is_staff_of(row["home_id"], row["host_id"]):
            return True
        return declared.audience is Audience.PARTIES and row["startup_id"] in actor.founder_of
    if actor.is_staff_of(row["home_id"]):
        return True
    if declared.audience is Audience.PARTIES and row["id"] in actor.founder_of:
        return True
    return context.batches.applied_here(row["id"]) if actor.staff_of else False


async def values_of(
    context: "RequestContext", plugin: Plugin, declared: GraphQLField, found: "Sequence[Known]"
) -> list[Any]:
    """Return the value for each object, None for those the actor may not read.

    An object that is there several times is asked for once. Where the loader fails, the failure
    stands in place of each value.
    """
    allowed = [may_read(context, one.row, declared) for one in found]
    asked = [one for one in allowed if not isinstance(one, bool)]
    told = iter(await asyncio.gather(*asked) if asked else ())
    shown = [one if isinstance(one, bool) else next(told) for one in allowed]
    # A row that is there several times is the same object.
    wanted = {id(one): one.snapshot for one, seen in zip(found, shown, strict=True) if seen}
    if not wanted:
        return [None] * len(found)
    try:
        loaded = await context.batches.plugin_values(plugin, declared, list(wanted.values()))
    except PluginFailed as failure:
        loaded = [failure] * len(wanted)
    values = dict(zip(wanted, loaded, strict=True))
    return [values[id(one)] if seen else None for one, seen in zip(found, shown, strict=True)]

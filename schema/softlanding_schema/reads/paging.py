"""Which part of a list a field asks for, with slots in place of what a request decides."""

from collections.abc import Mapping
from typing import Any

import strawberry
from strawberry.types.arguments import convert_arguments

from softlanding.access import rows
from softlanding.actors import Actor
from softlanding.predicates import EVERYTHING, AllOf
from softlanding.storage.scopes import Statement
from softlanding_schema.reads.catalogue import FieldReading
from softlanding_schema.reads.lists import RowList
from softlanding_schema.reads.slices import Slice, sliced
from softlanding_schema.reads.slots import without_copies
from softlanding_schema.types.operators import short_enough
from softlanding_schema.types.orders import terms_of


def list_part(
    which: RowList,
    found: FieldReading,
    arguments: Mapping[str, Any],
    schema: strawberry.Schema,
    actor: Actor,
) -> Slice:
    """Return the part that the arguments of a connection ask for; raises `Refused`."""
    converter = schema.schema_converter
    given = convert_arguments(
        dict(arguments), found.strawberry.arguments, converter.scalar_registry, schema.config
    )
    where = without_copies(given.pop("where", None), short_enough)
    terms = terms_of(given.pop("order_by", None), which, actor)
    predicate = where.predicate(actor) if where else EVERYTHING
    return sliced(which, **given, where=predicate, terms=terms)


def condition(
    statement: Statement, actor: Actor, which: RowList, part: Slice, alias: str, parent: str | None
) -> str:
    """Return the condition of a list: scope, filter and parent, but no place in the order."""
    wanted = AllOf((rows(which.table, actor), part.where))
    own = statement.where(wanted, alias, which.table)
    return own if parent is None else f'{alias}."{which.parent}" = {parent} AND {own}'

"""Relay connections over keyset pages."""

from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Annotated, Any, Generic, Optional, TypeVar, get_args
from uuid import UUID

import strawberry
from strawberry.types import get_object_definition

from softlanding.predicates import EVERYTHING
from softlanding_schema.context import Info, RequestContext
from softlanding_schema.reads import cursors, pages
from softlanding_schema.reads.lists import RowList
from softlanding_schema.reads.slices import Slice, sliced
from softlanding_schema.types.conditions import Where
from softlanding_schema.types.node import Node
from softlanding_schema.types.orders import MOST_TERMS, AnyOrder, terms_of

NodeType = TypeVar("NodeType", bound=Node)


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    """Relay page information."""

    has_next_page: bool = strawberry.field(
        description="Whether more nodes follow; reading backward, whether there was a `before`."
    )
    has_previous_page: bool = strawberry.field(
        description="Whether more nodes come before; reading forward, whether there was an `after`."
    )
    start_cursor: str | None = strawberry.field(description="Cursor of the first node.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last node.")


@strawberry.type(description="A node of a list, with its cursor.")
class Edge(Generic[NodeType]):
    """Relay edge."""

    cursor: str = strawberry.field(description="Opaque place of the node in its list.")
    node: NodeType = strawberry.field(description="The node.")


@strawberry.type(description="A page of a list that grows.")
class Connection(Generic[NodeType]):
    """Relay connection."""

    edges: list[Edge[NodeType]] = strawberry.field(description="The nodes with their cursors.")
    nodes: list[NodeType] = strawberry.field(description="The nodes without cursors.")
    page_info: PageInfo = strawberry.field(description="Where the page stands in the list.")
    counted: strawberry.Private[Callable[[], Awaitable[int]]]

    @strawberry.field(description="Number of nodes in the whole list, counted up to 10,000.")
    async def total_count(self) -> int:
        """Count only when asked."""
        return min(await self.counted(), pages.COUNT_CAP)

    @strawberry.field(description="Whether totalCount is exact: false where counting stopped.")
    async def total_count_is_exact(self) -> bool:
        """Tell whether the count reached its cap."""
        return await self.counted() <= pages.COUNT_CAP


def to_many(
    rows: RowList, node: Any, *, where: type[Where], order: type[AnyOrder], description: str
) -> Any:
    """Return the field of a list: its arguments, its resolver, and the list as metadata.

    `node` is the type of its nodes, or an annotation with `strawberry.lazy` that names it.
    """

    async def resolve(
        root: Any,
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        where: Where | None = None,
        order_by: list[AnyOrder] | None = None,
    ) -> Any:
        part = sliced(
            rows,
            first=first,
            after=after,
            last=last,
            before=before,
            where=where.predicate(info.context.actor) if where else EVERYTHING,
            terms=terms_of(order_by, rows, info.context.actor),
        )
        return await _connection(info, rows, _class_of(node), part, root.key if root else None)

    which = str(get_object_definition(where, strict=True).description).removesuffix(".")
    resolve.__annotations__ = {
        "root": Any,
        "info": Info,
        "first": _argument(int, "How many nodes from the beginning, 1 to 100; 10 by default."),
        "after": _argument(str, "Cursor after which to read: pageInfo.endCursor of a page."),
        "last": _argument(int, "How many nodes from the end, 1 to 100; not beside `first`."),
        "before": _argument(str, "Cursor before which to read: pageInfo.startCursor of a page."),
        "where": _argument(where, f"{which}; all by default."),
        "order_by": _argument(
            list[order],  # type: ignore[valid-type] # the class is a value here
            f"In which order, at most {MOST_TERMS} fields; by {rows.order[0]} by default.",
        ),
        "return": Connection[node],
    }
    return strawberry.field(resolver=resolve, description=description, metadata={"rows": rows})


def _argument(kind: Any, description: str) -> Any:
    return Annotated[Optional[kind], strawberry.argument(description=description)]  # noqa: UP045 - the class is a value here


def _class_of(node: Any) -> type[Node]:
    if isinstance(node, type):
        return node
    name, place = get_args(node)
    found: type[Node] = getattr(import_module(place.module), name.__forward_arg__)
    return found


async def _connection(
    info: Info, which: RowList, node_type: type[Node], part: Slice, parent: UUID | None
) -> Connection[Node]:
    context: RequestContext = info.context
    if parent is None:
        page = await pages.page(context.core.database.rows, context.actor, which, part)
    else:
        page = await context.batches.page(which, part, parent)

    async def counted() -> int:
        if parent is not None:
            return await context.batches.count(which, part.where, parent)
        return await context.batches.root_count(which, part.where)

    edges = [
        Edge(cursor=cursors.encode(which, part.order, row), node=node_type.of(row))
        for row in page.rows
    ]
    return Connection(
        edges=edges,
        nodes=[edge.node for edge in edges],
        page_info=PageInfo(
            has_next_page=page.has_next,
            has_previous_page=page.has_previous,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        ),
        counted=counted,
    )

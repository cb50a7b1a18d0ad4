"""Relay connections over keyset pages."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Generic, TypeAlias, TypeVar
from uuid import UUID

import strawberry

from softlanding.access import AllOf, Predicate
from softlanding_schema.context import Info, RequestContext
from softlanding_schema.reads import cursors, pages
from softlanding_schema.reads.lists import RowList
from softlanding_schema.types.node import Node

NodeType = TypeVar("NodeType", bound=Node)

First: TypeAlias = Annotated[
    int, strawberry.argument(description="How many nodes, 1 to 100; 10 where it is left out.")
]
After: TypeAlias = Annotated[
    str | None,
    strawberry.argument(description="Cursor after which to go on: pageInfo.endCursor of a page."),
]


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    """Relay page information."""

    has_next_page: bool = strawberry.field(description="Whether more nodes follow.")
    has_previous_page: bool = strawberry.field(
        description="Whether the page was asked for `after` a cursor."
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


async def connect(
    info: Info,
    which: RowList,
    node_type: type[NodeType],
    *,
    first: int,
    after: str | None,
    where: Predicate | None = None,
    parent: UUID | None = None,
) -> Connection[NodeType]:
    """Return a page of a list as a connection."""
    context: RequestContext = info.context
    filtered = where or AllOf()
    part = pages.Slice(
        first=first,
        after=cursors.decode(which, after) if after is not None else None,
        where=filtered,
    )
    source = context.core.database.rows
    if parent is None:
        page = await pages.page(source, context.actor, which, part)
    else:
        page = await context.batches.page(which, part, parent)

    async def counted() -> int:
        if parent is not None:
            return await context.batches.count(which, filtered, parent)
        return await context.batches.root_count(which, filtered)

    edges = [Edge(cursor=cursors.encode(which, row), node=node_type.of(row)) for row in page.rows]
    return Connection(
        edges=edges,
        nodes=[edge.node for edge in edges],
        page_info=PageInfo(
            has_next_page=page.has_next,
            has_previous_page=after is not None,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        ),
        counted=counted,
    )

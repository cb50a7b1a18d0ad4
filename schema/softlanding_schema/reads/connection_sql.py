"""A connection as SQL: one subquery for the page, aggregated into the JSON that was selected."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graphql import FieldNode, GraphQLNamedType, GraphQLObjectType

from softlanding_schema.reads import paging
from softlanding_schema.reads.catalogue import Entity, printed
from softlanding_schema.reads.json_text import (
    Expression,
    Text,
    concatenation,
    literal,
    separated,
)
from softlanding_schema.reads.pages import COUNT_CAP
from softlanding_schema.reads.paging import ListPart

if TYPE_CHECKING:
    from softlanding_schema.reads.writing import Writer

# Places begin here, so that all have as many digits and sort as texts.
_BEFORE_FIRST_PLACE = 100
_TOTAL = f"CASE WHEN COUNT(*) <= {COUNT_CAP} THEN %s ELSE '{COUNT_CAP}' END"
_EXACT = f"CASE WHEN COUNT(*) <= {COUNT_CAP} THEN 'true' ELSE 'false' END"


class ConnectionText:
    """Writes one connection."""

    def __init__(
        self, writer: "Writer", entity: Entity, part: ListPart, parent: str | None
    ) -> None:
        self._writer = writer
        self._entity = entity
        self._part = part
        self._parent = parent
        self._statement = writer.statement
        self._printer = writer.printer
        self._alias = self._statement.alias()
        self._placed = False
        self._read = False

    def written(self, kind: GraphQLObjectType, nodes: Sequence[FieldNode]) -> str:
        """Return a subquery that prints the connection."""
        selected = self._writer.selections.of(kind, nodes)
        # Only pageInfo needs to know the places of rows, and whether one more follows.
        self._placed = any(same[0].name.value == "pageInfo" for same in selected.values())
        text = concatenation(self._writer.object_of(kind, nodes, self._field))
        if not self._read:
            return f"({text})"
        return f"(SELECT {text} FROM ({self._page()}) {self._alias})"  # noqa: S608 - names from the catalogue, values are parameters

    def _page(self) -> str:
        alias, part = self._alias, self._part
        condition = paging.condition(self._statement, self._writer.actor, part, alias, self._parent)
        condition += paging.beyond(self._statement, part, alias)
        order = paging.order(part, alias)
        columns = ", ".join(f'{alias}."{one}"' for one in sorted(self._writer.used[alias]))
        if self._placed:
            columns += f", ROW_NUMBER() OVER (ORDER BY {order}) + {_BEFORE_FIRST_PLACE} AS place"
        limit = part.slice.first + self._placed
        return (
            f'SELECT {columns} FROM "{self._entity.table}" {alias}'  # noqa: S608 - names from the catalogue, values are parameters
            f" WHERE {condition} ORDER BY {order} LIMIT {limit}"
        )

    def _field(self, name: str, nodes: Sequence[FieldNode], kind: GraphQLNamedType) -> Text:
        match name:
            case "nodes":
                return self._list(self._node(nodes))
            case "edges":
                assert isinstance(kind, GraphQLObjectType)  # noqa: S101 - edges are objects
                return self._list(self._writer.object_of(kind, nodes, self._edge))
            case "pageInfo":
                assert isinstance(kind, GraphQLObjectType)  # noqa: S101 - it is an object
                return self._writer.object_of(kind, nodes, self._page_info)
            case "totalCount":
                return [Expression(self._counted(_TOTAL % self._printer.as_text("COUNT(*)")))]
            case _:
                return [Expression(self._counted(_EXACT))]

    def _list(self, item: Text) -> Text:
        self._read = True
        items = self._printer.array.format(concatenation(item))
        # The row beyond the page is read to know that there is one; it is not shown.
        return [*literal("["), Expression(f"coalesce({items}{self._shown()}, '')"), *literal("]")]

    def _shown(self) -> str:
        if not self._placed:
            return ""
        last = self._part.slice.first + _BEFORE_FIRST_PLACE
        return f" FILTER (WHERE {self._alias}.place <= {last})"

    def _node(self, nodes: Sequence[FieldNode]) -> Text:
        return self._writer.object(self._entity, self._alias, nodes)

    def _edge(self, name: str, nodes: Sequence[FieldNode], kind: GraphQLNamedType) -> Text:
        if name == "node":
            return self._node(nodes)
        cursor = self._printer.base64(self._cursor())
        return [*literal('"'), Expression(cursor), *literal('"')]

    def _page_info(self, name: str, nodes: Sequence[FieldNode], kind: GraphQLNamedType) -> Text:
        self._read = True
        match name:
            case "hasNextPage":
                return self._printer.boolean(f"(count(*) > {self._part.slice.first})")
            case "hasPreviousPage":
                return literal("true" if self._part.slice.after is not None else "false")
            case "startCursor":
                place = self._extreme("min")
            case _:
                place = self._extreme("max")
        cursor = self._printer.base64(f"substr({place}, {len(str(_BEFORE_FIRST_PLACE)) + 1})")
        return [Expression(f"""coalesce('"' || {cursor} || '"', 'null')""")]

    def _extreme(self, aggregate: str) -> str:
        """Return the cursor of the first or last row, behind its place."""
        placed = f"{self._printer.as_text(f'{self._alias}.place')} || {self._cursor()}"
        return f"{aggregate}({self._printer.by_code_point(placed)}){self._shown()}"

    def _cursor(self) -> str:
        """Return the expression of a row's cursor, before base64 (see `cursors`)."""
        values = []
        for one in self._part.rows.order:
            column = self._writer.column(self._alias, self._entity, one)
            values.append(printed(self._printer, self._entity.column(one), column))
        name = literal(f'"{self._part.rows.name}"')
        return f"({concatenation([*literal('['), *separated([name, *values]), *literal(']')])})"

    def _counted(self, shown: str) -> str:
        alias = self._statement.alias()
        condition = paging.condition(
            self._statement, self._writer.actor, self._part, alias, self._parent
        )
        counted = (
            f'SELECT 1 FROM "{self._entity.table}" {alias} WHERE {condition} LIMIT {COUNT_CAP + 1}'  # noqa: S608 - names from the catalogue, values are parameters
        )
        return f"(SELECT {shown} FROM ({counted}) counted)"  # noqa: S608 - names from the catalogue, values are parameters

"""A connection as SQL: one subquery for the page, aggregated into the JSON that was selected."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graphql import FieldNode, GraphQLNamedType, GraphQLObjectType

from softlanding.storage.scopes import Statement
from softlanding_schema.reads import cursors, paging
from softlanding_schema.reads.catalogue import Entity, printed
from softlanding_schema.reads.json_text import (
    Expression,
    Text,
    concatenation,
    literal,
    separated,
)
from softlanding_schema.reads.lists import RowList
from softlanding_schema.reads.pages import COUNT_CAP
from softlanding_schema.reads.slices import Slice, between, order_by
from softlanding_schema.reads.slots import Slot

if TYPE_CHECKING:
    from softlanding_schema.reads.writing import Writer

# Places begin here, so that all have as many digits and sort as texts.
_BEFORE_FIRST_PLACE = 100
_TOTAL = f"CASE WHEN COUNT(*) <= {COUNT_CAP} THEN %s ELSE '{COUNT_CAP}' END"
_EXACT = f"CASE WHEN COUNT(*) <= {COUNT_CAP} THEN 'true' ELSE 'false' END"


class ConnectionText:
    """Writes one connection."""

    def __init__(
        self,
        writer: "Writer",
        entity: Entity,
        which: RowList,
        part: Slice,
        parent: str | None,
    ) -> None:
        self._writer = writer
        self._entity = entity
        self._which = which
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
        # Only pageInfo, and what is read from the end, needs to know the places of rows, and
        # whether one more follows.
        asks = any(same[0].name.value == "pageInfo" for same in selected.values())
        self._placed = asks or self._part.backward
        text = concatenation(self._writer.object_of(kind, nodes, self._field))
        if self._read:
            return f"(SELECT {text} FROM ({self._page()}) {self._alias})"  # noqa: S608 - names from the catalogue, values are parameters
        self._check()
        return f"({text})"

    def _check(self) -> None:
        """Have the values of an unread page refused where they are wrong, as if it were read."""
        unread = Statement(self._statement.dialect)
        paging.condition(unread, self._writer.actor, self._which, self._part, "r", None)
        between(unread, self._part, "r")
        self._writer.checks += [one for one in unread.parameters if isinstance(one, Slot)]

    def _page(self) -> str:
        alias, part = self._alias, self._part
        condition = paging.condition(
            self._statement, self._writer.actor, self._which, part, alias, self._parent
        )
        condition += between(self._statement, part, alias)
        order = order_by(part, alias)
        columns = [f'{alias}."{one}"' for one in sorted(self._writer.used[alias])]
        if self._placed:
            columns.append(f"ROW_NUMBER() OVER (ORDER BY {order}) + {_BEFORE_FIRST_PLACE} AS place")
        page = (
            f'SELECT {", ".join(columns) or "1 AS one"} FROM "{self._entity.table}" {alias}'  # noqa: S608 - names from the catalogue, values are parameters
            f" WHERE {condition} ORDER BY {order} LIMIT {part.size + self._placed}"
        )
        # Read from the end of the list, and shown from its beginning.
        return f"SELECT * FROM ({page}) read ORDER BY place DESC" if part.backward else page  # noqa: S608 - as above

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
        last = self._part.size + _BEFORE_FIRST_PLACE
        return f" FILTER (WHERE {self._alias}.place <= {last})"

    def _node(self, nodes: Sequence[FieldNode]) -> Text:
        return self._writer.object(self._entity, self._alias, nodes)

    def _edge(self, name: str, nodes: Sequence[FieldNode], kind: GraphQLNamedType) -> Text:
        if name == "node":
            return self._node(nodes)
        cursor = self._printer.base64(self._cursor())
        return [*literal('"'), Expression(cursor), *literal('"')]

    def _page_info(self, name: str, nodes: Sequence[FieldNode], kind: GraphQLNamedType) -> Text:
        part = self._part
        # Whether more lies behind the other end of the page is known from the arguments.
        if name == "hasNextPage" and part.backward:
            return _true(part.before is not None)
        if name == "hasPreviousPage" and not part.backward:
            return _true(part.after is not None)
        self._read = True
        match name:
            case "hasNextPage" | "hasPreviousPage":
                return self._printer.boolean(f"(count(*) > {part.size})")
            case "startCursor":
                place = self._extreme("max" if part.backward else "min")
            case _:
                place = self._extreme("min" if part.backward else "max")
        cursor = self._printer.base64(f"substr({place}, {len(str(_BEFORE_FIRST_PLACE)) + 1})")
        return [Expression(f"""coalesce('"' || {cursor} || '"', 'null')""")]

    def _extreme(self, aggregate: str) -> str:
        """Return the cursor of the row whose place is the smallest or largest, behind the place."""
        placed = f"{self._printer.as_text(f'{self._alias}.place')} || {self._cursor()}"
        return f"{aggregate}({self._printer.by_code_point(placed)}){self._shown()}"

    def _cursor(self) -> str:
        """Return the expression of a row's cursor, before base64 (see `cursors`)."""
        values = []
        for term in self._part.order:
            column = self._writer.column(self._alias, self._entity, term.column)
            values.append(printed(self._printer, self._entity.column(term.column), column))
        name = literal(f'"{cursors.label(self._which, self._part.order)}"')
        return f"({concatenation([*literal('['), *separated([name, *values]), *literal(']')])})"

    def _counted(self, shown: str) -> str:
        alias = self._statement.alias()
        condition = paging.condition(
            self._statement, self._writer.actor, self._which, self._part, alias, self._parent
        )
        counted = (
            f'SELECT 1 FROM "{self._entity.table}" {alias} WHERE {condition} LIMIT {COUNT_CAP + 1}'  # noqa: S608 - names from the catalogue, values are parameters
        )
        return f"(SELECT {shown} FROM ({counted}) counted)"  # noqa: S608 - names from the catalogue, values are parameters


def _true(given: object) -> Text:
    return literal("true" if given else "false")

"""Lists: which rows are in them, in which order, how many, and from which place on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLEnumType, GraphQLInputObjectType, get_named_type
from tests.schema.walls.classified import CHILDREN, Classified
from tests.schema.walls.reading import ALIASES, in_batches, selections
from tests.schema.walls.selections import Way, connection, printed
from tests.schema.walls.walk import Answer, Walk
from tests.schema.walls.wheres import Filters, Given
from tests.schema.walls.world import Key

from softlanding.storage.tables import Row
from softlanding_schema.reads.global_ids import decode, encode

# Without plans all lists of a document are read at once, each on a connection of its own.
AT_ONCE = {"planned": ALIASES, "unplanned": 5}
ORDERS: Mapping[str, str] = {"incubators": "name", "startups": "name", "stays": "arrival"}
"""By which column the rows of a table are listed where no order is asked for."""
Term = tuple[str, str]


@dataclass(frozen=True)
class List:
    """A list of rows: a field of the root, or of the rows of a type."""

    parent: str
    field: str
    type_name: str
    table: str
    column: str | None

    @property
    def place(self) -> str:
        return f"{self.parent}.{self.field}"


def lists_of(classified: Classified) -> Iterator[List]:
    """Return all lists with pages."""
    for parent, kind in classified.types.items():
        for name, field in kind.fields.items():
            type_name = classified.connected(field)
            if type_name is not None:
                table, column = CHILDREN.get(
                    f"{parent}.{name}", (classified.row_types[type_name], None)
                )
                yield List(parent, name, type_name, table, column)


class Lists:
    """Asks for lists, and works out what is in them."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self._selections = selections(walk)
        self.filters = Filters(walk.classified)

    def way(self, which: List) -> Way:
        """Return the way to the rows that have the list; none for a list at the root."""
        return Way() if which.parent == "Query" else self._selections.way_to(which.parent)

    def page(self, which: List) -> int:
        return self._selections.page(which.parent, which.field)

    def expected(
        self, who: str, which: List, parent: Key | None, given: Given, terms: Sequence[Term]
    ) -> list[Row]:
        """Return the rows that somebody is to be told, in order."""
        granted = self.walk.granted[who]
        return [
            row
            for row in self.ordered(which, parent, terms)
            if granted.sees(which.table, row)
            and self.filters.holds(granted, which.type_name, given, row)
        ]

    def ordered(self, which: List, parent: Key | None, terms: Sequence[Term]) -> list[Row]:
        """Return all stored rows of a list in an order."""
        rows = [
            row
            for row in self.walk.world.all(which.table)
            if which.column is None or row[which.column] == parent
        ]
        by = [*(terms or [(ORDERS[which.table], "ASC")])]
        # The id decides ties, in the direction of the last term.
        for column, direction in reversed([*by, ("id", by[-1][1])]):
            rows.sort(key=lambda row: row[column], reverse=direction == "DESC")
        return rows

    def ask(
        self, who: str, way: str, which: List, arguments: Mapping[str, Any]
    ) -> Mapping[Key | None, Answer]:
        """Ask for a list with some arguments; returns it for each row that has it."""
        field = self.walk.classified.types[which.parent].fields[which.field]
        declared = ", ".join(f"${name}: {field.args[name].type}" for name in arguments)
        given = ", ".join(f"{name}: ${name}" for name in arguments)
        paths = [path.below(f"{which.field}({given})") for path in connection(self.page(which))]
        to = self.way(which)
        selection = printed([*to.names(), *(to.to(path) for path in paths)])
        document = f"query({declared}) {{ {selection} }}"
        answer = self.walk.data(who, way, document, **arguments)
        return dict(_found(answer, which))

    def compare(
        self,
        which: List,
        arguments: Mapping[str, Any],
        *,
        given: Given | None = None,
        terms: Sequence[Term] = (),
    ) -> None:
        """Ask everybody for a whole list, and compare."""
        whole = {"first": self.page(which), **arguments}
        for who, way in self.walk.in_turn():
            for parent, got in self.ask(who, way, which, whole).items():
                rows = self.expected(who, which, parent, given or {}, terms)
                ids = [encode(which.type_name, row["id"]) for row in rows]
                assert [node["id"] for node in got["nodes"]] == ids, (who, which, arguments)
                assert [edge["node"]["id"] for edge in got["edges"]] == ids
                assert (got["totalCount"], got["totalCountIsExact"]) == (len(ids), True)
                assert (got["pageInfo"]["hasNextPage"]) is False
                self.walk.account.read |= {f"{which.type_name}Connection.{name}" for name in got}
                if ids:
                    self.walk.account.read |= {f"PageInfo.{name}" for name in got["pageInfo"]}
                    self.walk.account.read |= {
                        f"{which.type_name}Edge.{name}" for name in got["edges"][0]
                    }


def _found(answer: Answer, which: List) -> Iterator[tuple[Key | None, Answer]]:
    if which.parent == "Query":
        yield None, answer[which.field]
        return
    waiting: list[Any] = [answer]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict) and which.field in value and "id" in value:
            yield decode(value["id"])[1], value[which.field]
        elif isinstance(value, dict):
            waiting += value.values()


def filter_lists(walk: Walk, most: int) -> None:
    """Filter each list by each field and operator, and by relations.

    Everybody sends at most so many of the filters that they may send, by each way: not the same.
    """
    lists = Lists(walk)
    for which in lists_of(walk.classified):
        columns = list(lists.filters.of_columns(walk.world, which.type_name))
        relations = list(lists.filters.of_relations(walk.world, which.type_name, 2))
        branches = list(lists.filters.of_branches([*columns, *relations]))
        cases = [*columns, *relations, *branches]
        if which.parent == "Query":
            for place, (who, way) in enumerate(walk.everybody()):
                _filter(lists, which, who, way, cases, most, place)
        else:
            for given in _spread(cases, 3):
                if all(
                    lists.filters.may(granted, which.type_name, given)
                    for granted in walk.granted.values()
                ):
                    lists.compare(which, {"where": given}, given=given)


def _spread(cases: Sequence[Given], most: int, start: int = 0) -> Sequence[Given]:
    """Return some of the cases from all over the list; others for another `start`."""
    step = -(-len(cases) // most)
    return cases[start % step :: step]


def _filter(
    lists: Lists,
    which: List,
    who: str,
    way: str,
    cases: Sequence[Given],
    most: int,
    start: int,
) -> None:
    """Send the filters that somebody may send many at once, the others one by one."""
    walk, page = lists.walk, lists.page(which)
    granted = walk.granted[who]
    allowed = [one for one in cases if lists.filters.may(granted, which.type_name, one)]
    for some in in_batches(_spread(allowed, most, start), AT_ONCE[way]):
        declared = ", ".join(f"$w{place}: {which.type_name}Where" for place in range(len(some)))
        fields = " ".join(
            f"a{place}: {which.field}(first: {page}, where: $w{place})"
            " { totalCount nodes { id } }"
            for place in range(len(some))
        )
        variables = {f"w{place}": given for place, given in enumerate(some)}
        answer = walk.data(who, way, f"query({declared}) {{ {fields} }}", **variables)
        for place, given in enumerate(some):
            rows = lists.expected(who, which, None, given, ())
            assert answer[f"a{place}"] == {
                "totalCount": len(rows),
                "nodes": [{"id": encode(which.type_name, row["id"])} for row in rows],
            }, (who, way, which, given)
    document = f"query($w: {which.type_name}Where) {{ {which.field}(where: $w) {{ totalCount }} }}"
    for given in [one for one in cases if one not in allowed][::3]:
        refused = walk.ask(who, way, document, w=given)
        assert refused["data"] is None, (who, given, refused)
        assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN", (who, given, refused)


def sort_lists(walk: Walk) -> None:
    """Sort each list by each field in each direction, and by two fields."""
    lists = Lists(walk)
    for which in lists_of(walk.classified):
        orders = walk.classified.schema.type_map[f"{which.type_name}Order"]
        assert isinstance(orders, GraphQLInputObjectType)
        fields, directions = (
            get_named_type(orders.fields[name].type) for name in ("field", "direction")
        )
        assert isinstance(fields, GraphQLEnumType)
        assert isinstance(directions, GraphQLEnumType)
        names = list(fields.values)
        single = [[(name, direction)] for name in names for direction in directions.values]
        double = [[(names[-1], "ASC"), (names[0], "DESC")]]
        for order in [*single, *double] if which.parent == "Query" else [*single[1:2], *double]:
            given = [{"field": name, "direction": direction} for name, direction in order]
            terms = [(name.lower(), direction) for name, direction in order]
            lists.compare(which, {"orderBy": given}, terms=terms)


def page_lists(walk: Walk) -> None:
    """Read each list from each place on, that of hidden rows too, forward and backward."""
    lists = Lists(walk)
    for which in lists_of(walk.classified):
        page = lists.page(which)
        for terms in ((), ((ORDERS[which.table], "DESC"),)):
            order = [{"field": name.upper(), "direction": way} for name, way in terms]
            sorted_by = {"orderBy": order} if order else {}
            whole = lists.ask("admin", "planned", which, {"first": page, **sorted_by})
            for parent, told in whole.items():
                cursors = [edge["cursor"] for edge in told["edges"]]
                few = cursors[:: 1 + 2 * len(terms)] if which.parent == "Query" else cursors[:1]
                for cursor in few:
                    _page(lists, which, parent, {**sorted_by, "cursor": cursor}, terms)


def _page(
    lists: Lists,
    which: List,
    parent: Key | None,
    given: Mapping[str, Any],
    terms: Sequence[Term],
) -> None:
    cursor = given["cursor"]
    others = {name: value for name, value in given.items() if name != "cursor"}
    page = lists.page(which)
    rows = lists.ordered(which, parent, terms)
    ids = [encode(which.type_name, row["id"]) for row in rows]
    whole = lists.ask("admin", "planned", which, {"first": page, **others})[parent]
    at = [edge["cursor"] for edge in whole["edges"]].index(cursor)
    for who, way in lists.walk.in_turn():
        visible = {
            encode(which.type_name, row["id"])
            for row in lists.expected(who, which, parent, {}, terms)
        }
        for arguments, expected in (
            ({"first": page, "after": cursor}, ids[at + 1 :]),
            ({"last": page, "before": cursor}, ids[:at]),
        ):
            found = lists.ask(who, way, which, {**arguments, **others})
            if parent not in found:
                assert not lists.walk.granted[who].sees(
                    lists.walk.classified.row_types[which.parent], {"id": parent}
                )
                continue
            told = [node["id"] for node in found[parent]["nodes"]]
            assert told == [one for one in expected if one in visible], (who, which, arguments)
            assert found[parent]["totalCount"] == len(visible)

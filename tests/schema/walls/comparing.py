"""An answer held against the table: what everybody may be told of what the reference was told."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from graphql import GraphQLField, get_named_type, is_leaf_type
from strawberry.utils.str_converters import to_snake_case
from tests.schema.walls.account import Account
from tests.schema.walls.classified import CHILDREN, PARENTS, SHOWN_WITH, Classified
from tests.schema.walls.granted import Granted
from tests.schema.walls.world import World

from softlanding.storage.tables import Row
from softlanding_schema.reads.global_ids import decode as _decode
from softlanding_schema.reads.global_ids import encode

decode = cache(_decode)

Object = dict[str, Any]
TOLD_OTHERWISE = {"OnboardingStep.answers", "OnboardingStep.reason", "OnboardingStep.state"}
"""Fields with the name of a column that tell it by other names, or how it stands today."""

MOVES = {"ApiKey.lastUsedAt"}
"""Fields that asking changes."""


class Comparison:
    """Compares the answers of one document: to the reference, and to somebody.

    Both hold the same fields under their own names; rows are told apart by `id`.
    """

    def __init__(self, classified: Classified, account: Account, granted: Granted) -> None:
        self._classified = classified
        self._account = account
        self._granted = granted

    @property
    def _world(self) -> World:
        return self._granted.world

    def row(self, type_name: str, told: Object) -> Row:
        """Return the stored row of an object, by its id."""
        named, key = decode(told["id"])
        assert named == type_name, f"{told['id']} is the id of a {named}, not of a {type_name}"
        return self._world.rows[self._classified.row_types[type_name]][key]

    def sees(self, type_name: str, told: Object) -> bool:
        return self._granted.sees(self._classified.row_types[type_name], self.row(type_name, told))

    def nothing_hidden(self, told: Any) -> None:
        """Hold all rows in an answer against what may be seen, wherever they stand in it."""
        if isinstance(told, list):
            for one in told:
                self.nothing_hidden(one)
        elif isinstance(told, dict):
            type_name = str(told.get("__typename"))
            if type_name in self._classified.row_types:
                assert self.sees(type_name, told), f"a hidden row is told: {told}"
                row = self.row(type_name, told)
                for name, value in told.items():
                    if name != "__typename" and not self._classified.reads(
                        self._granted, type_name, name, row
                    ):
                        assert value is None, f"{type_name}.{name} of {told['id']} is told"
            for value in told.values():
                self.nothing_hidden(value)

    def object(self, type_name: str, told: Object, got: Object) -> None:
        """Compare an object that may be seen, field by field."""
        assert told.keys() == got.keys(), (told.keys(), got.keys())
        is_row = type_name in self._classified.row_types
        row = self.row(type_name, told) if is_row else None
        for name, value in told.items():
            if name == "__typename":
                assert got[name] == type_name
                continue
            place = f"{type_name}.{name}"
            if row is not None and not self._classified.reads(self._granted, type_name, name, row):
                assert got[name] is None, f"{place} of {told['id']} is told: {got[name]}"
                self._account.hides_field(type_name, name, value)
                kind = self._classified.types[type_name].fields[name].type
                self._account.hides(get_named_type(kind).name, value)
                continue
            self._field(type_name, name, value, got[name], row)
            if got[name] not in (None, []):
                self._account.read.add(place)

    def _field(self, type_name: str, name: str, told: Any, got: Any, row: Row | None) -> None:
        field = self._classified.types[type_name].fields[name]
        place = f"{type_name}.{name}"
        kind = get_named_type(field.type)
        if self._classified.declared(type_name, name) and not self._granted.everything:
            # A loader works with what the asker may read; that it tells no more, two worlds show.
            return
        if self._classified.connected(field):
            self.connection(field, told, got)
            self._complete(place, field, got["nodes"], row)
        elif place in MOVES:
            return
        elif is_leaf_type(kind):
            assert got == told, f"{place}: {got} is told, {told} is stored"
            if row is not None:
                self._stored(type_name, name, got, row)
        elif kind.name in self._classified.row_types:
            self.one(kind.name, told, got)
            self._complete(place, field, got, row)
        elif row is not None and place in SHOWN_WITH and not self._shown(place, row):
            assert got is None, f"{place} is told: {got}"
            self._account.hides(kind.name, told)
        else:
            self._parts(kind.name, told, got)

    def _shown(self, place: str, row: Row) -> bool:
        table, column = SHOWN_WITH[place]
        return row[column] in self._granted.keys(table)

    def _parts(self, type_name: str, told: Any, got: Any) -> None:
        if isinstance(told, list):
            assert len(told) == len(got), (type_name, told, got)
            for one, other in zip(told, got, strict=True):
                self._parts(type_name, one, other)
        elif told is None:
            assert got is None, (type_name, got)
        else:
            assert got is not None, f"a {type_name} is not told that may be read: {told}"
            self.object(type_name, told, got)

    def one(self, type_name: str, told: Any, got: Any) -> None:
        """Compare what leads to rows: a list of them, or one, which is null where it is hidden."""
        if isinstance(told, list):
            self.rows(type_name, told, got)
        elif told is None or not self.sees(type_name, told):
            assert got is None, f"a {type_name} is told that is not to be seen: {got}"
            self._account.hides(type_name, told)
        else:
            assert got is not None, f"a {type_name} is not told that may be seen: {told}"
            self.object(type_name, told, got)

    def rows(self, type_name: str, told: Sequence[Object], got: Sequence[Object]) -> None:
        """Compare a list of rows: those that may be seen are there, in the same order."""
        expected = [one for one in told if self.sees(type_name, one)]
        assert [one["id"] for one in got] == [one["id"] for one in expected], (
            f"{[self.row(type_name, one) for one in got]} are told,"
            f" {[self.row(type_name, one) for one in expected]} are to be seen"
        )
        for one in told:
            if one not in expected:
                self._account.hides(type_name, one)
        for one, other in zip(expected, got, strict=True):
            self.object(type_name, one, other)

    def connection(self, field: GraphQLField, told: Object, got: Object) -> None:
        """Compare a page that holds a whole list."""
        type_name = self._classified.connected(field)
        assert type_name is not None
        assert got.keys() == told.keys()
        self.rows(type_name, told["nodes"], got["nodes"])
        own = get_named_type(field.type).name
        self._account.read |= {f"{own}.{name}" for name in got}
        if "edges" not in told:
            return
        assert told["totalCount"] == len(told["edges"]), "a page does not hold the whole list"
        expected = [edge for edge in told["edges"] if self.sees(type_name, edge["node"])]
        assert got["edges"] == expected
        assert (got["totalCount"], got["totalCountIsExact"]) == (len(expected), True)
        assert got["pageInfo"] == {
            "hasNextPage": False,
            "hasPreviousPage": False,
            "startCursor": expected[0]["cursor"] if expected else None,
            "endCursor": expected[-1]["cursor"] if expected else None,
        }
        if expected:
            self._account.read |= {f"PageInfo.{name}" for name in got["pageInfo"]}
            self._account.read |= {f"{type_name}Edge.{name}" for name in expected[0]}

    def _complete(self, place: str, field: GraphQLField, got: Any, row: Row | None) -> None:
        """Hold the rows that a field of a row leads to against those that are stored."""
        type_name = self._classified.leads_to(field)
        if type_name is None or (row is None and not place.startswith("Query.")):
            return
        if place in PARENTS and row is not None:
            # Of a hidden row, and of none, nothing is told.
            assert got is None or decode(got["id"])[1] == row[PARENTS[place]], place
        elif place in CHILDREN or row is None:
            if row is None:
                stored = self._granted.keys(self._classified.row_types[type_name])
            else:
                stored = self._granted.children(*CHILDREN[place]).get(row["id"], frozenset())
            assert {decode(one["id"])[1] for one in got} == stored, place

    def _stored(self, type_name: str, name: str, got: Any, row: Row) -> None:
        """Hold a plain field against the column of its name."""
        column = to_snake_case(name)
        if column in row and f"{type_name}.{name}" not in TOLD_OTHERWISE:
            stored = encode(type_name, row["id"]) if name == "id" else plain(row[column])
            assert got == stored, f"{type_name}.{name}: {got} is told, {stored} is stored"


def plain(value: Any) -> Any:
    """Return a stored value as it is told."""
    return value.isoformat() if isinstance(value, date | datetime) else value

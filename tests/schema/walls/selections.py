"""Selections that ask for everything, cut into documents of a bearable size."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from graphql import (
    GraphQLList,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_required_argument,
)
from strawberry.utils.str_converters import to_snake_case
from tests.schema.walls.classified import STEPS_OF_ONBOARDING, Classified

from softlanding.access import FIELDS
from softlanding.storage.tables import table

MOST_COST = 15_000
MOST_PATHS = 70
"""So much is asked for at a time: less than what anybody may."""
ASSUMED = 10
"""What the cost of a list is multiplied by."""


@dataclass(frozen=True)
class Path:
    """A way to a leaf: its fields as they are written, what it costs, and of which list it is."""

    fields: tuple[str, ...]
    cost: int = 1
    together: str = ""

    def below(self, field: str, times: int = 1) -> "Path":
        return replace(self, fields=(field, *self.fields), cost=self.cost * times)


def printed(paths: Iterable[Path]) -> str:
    """Return the selection of these paths, each field once."""
    tree: dict[str, dict[str, object]] = {}
    for path in paths:
        place = tree
        for field in path.fields:
            place = place.setdefault(field, {})  # type: ignore[assignment] # a tree of trees
    return _printed(tree)


def _printed(tree: dict[str, dict[str, object]]) -> str:
    return " ".join(
        f"{field} {{ {_printed(inner)} }}" if inner else field  # type: ignore[arg-type] # a tree of trees
        for field, inner in tree.items()
    )


@dataclass(frozen=True)
class Way:
    """A way to rows: in each part what leads from one row to the next; and how many there are."""

    parts: tuple[tuple[str, ...], ...] = ((),)
    times: int = 1

    def further(self, written: tuple[str, ...], times: int, *, to_rows: bool) -> "Way":
        parts = (*self.parts[:-1], (*self.parts[-1], *written))
        return Way((*parts, ()) if to_rows else parts, self.times * times)

    def to(self, path: Path) -> Path:
        fields = (*sum(self.parts, ()), *path.fields)
        return replace(path, fields=fields, cost=path.cost * self.times)

    def names(self) -> Iterator[Path]:
        """Return the ways to what tells the rows on it apart: their types and ids."""
        for depth in range(1, len(self.parts)):
            place = sum(self.parts[:depth], ())
            yield from (Path((*place, name), self.times) for name in ("__typename", "id"))


def in_parts(paths: Iterable[Path]) -> Iterator[list[Path]]:
    """Cut paths into parts, none of which asks for too much; lists stay whole."""
    part: list[Path] = []
    for _, together in groupby(paths, key=lambda path: path.together or path.fields):
        unit = list(together)
        cost = sum(one.cost for one in (*part, *unit))
        if part and (cost > MOST_COST or len(part) + len(unit) > MOST_PATHS):
            yield part
            part = []
        part += unit
    yield part


class Selections:
    """The selections of a schema; `pages` tells how long each list of nodes is at most."""

    def __init__(self, classified: Classified, pages: Mapping[str, int]) -> None:
        self._classified = classified
        self._pages = pages

    def page(self, type_name: str, name: str) -> int:
        return self._pages[f"{type_name}.{name}"]

    def of(self, type_name: str) -> list[Path]:
        """Return the ways to all leaves of a type; of nodes that a field leads to, type and id."""
        fields = self._classified.types[type_name].fields
        return [path for name in fields for path in self.of_field(type_name, name)]

    def of_field(self, type_name: str, name: str) -> list[Path]:
        """Return the ways to all leaves below a field."""
        field = self._classified.types[type_name].fields[name]
        kind = get_named_type(field.type)
        if "locale" in field.args:
            name = f'{name}(locale: "fr")'
        if name == "changesBetween":
            name = f"{name}(from: 1, to: 2)"
        if is_leaf_type(kind):
            return [Path((name,))]
        if self._classified.connected(field):
            page = self.page(type_name, name)
            whole = (one.below(f"{name}(first: {page})") for one in connection(page))
            return [replace(one, together=name) for one in whole]
        times = ASSUMED if isinstance(get_nullable_type(field.type), GraphQLList) else 1
        named = [Path(("__typename",)), Path(("id",))]
        if kind.name in self._classified.nodes:
            return [one.below(name, times) for one in named]
        inner = self.of(kind.name)
        if kind.name in self._classified.row_types:
            # Type and id tell the rows apart, so no part goes without them.
            inner = [replace(one, together=name) for one in (*named, *inner)]
        return [one.below(name, times) for one in inner]

    def way_to(self, type_name: str) -> Way:
        """Return the shortest way from the root to all rows of a type of nodes."""
        waiting: list[tuple[str, Way]] = [("Query", Way())]
        # A viewer leads to their own rows only.
        seen = {"Query", "Viewer"}
        while waiting:
            current, way = waiting.pop(0)
            if current == type_name:
                return way
            for name, field in self._classified.types[current].fields.items():
                if f"{current}.{name}" in STEPS_OF_ONBOARDING:
                    continue
                nodes = self._classified.connected(field)
                inner = nodes or get_named_type(field.type).name
                known = inner in seen or inner not in self._classified.types
                if known or any(map(is_required_argument, field.args.values())):
                    continue
                seen.add(inner)
                written: tuple[str, ...] = (name,)
                times = 1
                if nodes:
                    times = self.page(current, name)
                    written = (f"{name}(first: {times})", "nodes")
                elif isinstance(get_nullable_type(field.type), GraphQLList):
                    times = ASSUMED
                to_rows = inner in self._classified.row_types
                waiting.append((inner, way.further(written, times, to_rows=to_rows)))
        raise LookupError(f"There is no way to the rows of {type_name} without arguments.")

    def chains(self, longest: int) -> Iterator[list[Path]]:
        """Return what leads from a list at the root through other rows, by every way."""
        roots = [
            (name, self._classified.leads_to(field))
            for name, field in self._classified.types["Query"].fields.items()
            if self._classified.connected(field)
        ]
        for name, type_name in roots:
            assert type_name is not None
            yield from self._chains("Query", name, type_name, longest)

    def _chains(self, parent: str, name: str, type_name: str, left: int) -> Iterator[list[Path]]:
        field = self._classified.types[parent].fields[name]
        if self._classified.connected(field):
            here: tuple[str, ...] = (f"{name}(first: {self.page(parent, name)})", "nodes")
        else:
            here = (name,)
        own = [Path((*here, one)) for one in ("__typename", "id", *self.restricted(type_name))]
        further = [
            (inner, leads)
            for inner, one in self._classified.types[type_name].fields.items()
            if (leads := self._classified.leads_to(one)) in self._classified.nodes
        ]
        if left == 0 or not further:
            yield own
            return
        for inner, leads in further:
            assert leads is not None
            for chain in self._chains(type_name, inner, leads, left - 1):
                yield [*own, *(Path((*here, *path.fields)) for path in chain)]

    def around(self, type_name: str) -> list[Path]:
        """Return the ways to what of a row, and of the rows it leads to, is not for everybody."""
        found = [Path((name,)) for name in ("__typename", "id", *self.restricted(type_name))]
        for name, field in self._classified.types[type_name].fields.items():
            leads = self._classified.leads_to(field)
            if leads is None:
                continue
            written: tuple[str, ...] = (name,)
            if self._classified.connected(field):
                written = (f"{name}(first: {self.page(type_name, name)})", "nodes")
            inner = ("__typename", "id", *self.restricted(leads))
            found += [Path((*written, one)) for one in inner]
        return found

    def restricted(self, type_name: str) -> list[str]:
        """Return the stored fields of a type that are not for everybody who sees the row."""
        name_of_table = self._classified.row_types[type_name]
        columns = table(name_of_table).columns.keys() & FIELDS.get(name_of_table, {}).keys()
        return [
            name
            for name, field in self._classified.types[type_name].fields.items()
            if to_snake_case(name) in columns and is_leaf_type(get_named_type(field.type))
        ]


def connection(page: int) -> list[Path]:
    """Return the ways to all leaves of a connection, with type and id of its nodes."""
    pages = ("hasNextPage", "hasPreviousPage", "startCursor", "endCursor")
    return [
        Path(("totalCount",)),
        Path(("totalCountIsExact",)),
        Path(("nodes", "__typename"), page),
        Path(("nodes", "id"), page),
        Path(("edges", "cursor"), page),
        Path(("edges", "node", "__typename"), page),
        Path(("edges", "node", "id"), page),
        *(Path(("pageInfo", name)) for name in pages),
    ]

"""Reading everything that rows hold, by every path."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from graphql import get_named_type, is_required_argument
from strawberry.utils.str_converters import to_snake_case
from tests.schema.walls.askers import REFERENCE
from tests.schema.walls.classified import CHILDREN, PARENTS, Classified
from tests.schema.walls.comparing import plain
from tests.schema.walls.selections import Selections, in_parts, printed
from tests.schema.walls.walk import Walk
from tests.schema.walls.world import World

from softlanding.storage.tables import Row
from softlanding_schema.reads.global_ids import encode

ALIASES = 25
Item = TypeVar("Item")


def in_batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def selections(walk: Walk) -> Selections:
    return Selections(walk.classified, pages(walk.classified, walk.world))


def pages(classified: Classified, world: World) -> Mapping[str, int]:
    """Return for each list of nodes how many its longest one holds, and one more."""
    found = {}
    for name, kind in classified.types.items():
        for field_name, field in kind.fields.items():
            leads = classified.connected(field)
            if leads is None:
                continue
            place = f"{name}.{field_name}"
            table, column = CHILDREN.get(place, (classified.row_types[leads], None))
            parents = [row[column] if column else None for row in world.all(table)]
            found[place] = 1 + max((parents.count(one) for one in set(parents)), default=0)
    return found


def compare_with_reference(walk: Walk, document: str) -> None:
    """Send a document as everybody, and compare with what the reference is told."""
    told = walk.reference(document)
    for who, way in walk.in_turn():
        got = walk.data(who, way, document)
        walk.compared(who).object("Query", told, got)


def read_all_fields(walk: Walk) -> None:
    """Read all fields of all rows of each type, by the shortest way."""
    selected = selections(walk)
    for type_name in walk.classified.nodes:
        way = selected.way_to(type_name)
        for part in in_parts([way.to(path) for path in selected.of(type_name)]):
            compare_with_reference(walk, f"{{ {printed([*way.names(), *part])} }}")


def read_along_relations(walk: Walk, longest: int) -> None:
    """Read from each list at the root through other rows, by every way of some length."""
    for chain in selections(walk).chains(longest):
        compare_with_reference(walk, f"{{ {printed(chain)} }}")


def read_one_by_one(walk: Walk) -> None:
    """Read each row by each field of the root that answers one: by slug, by id, by global id."""
    selected = selections(walk)
    for name, argument, type_name in _single(walk.classified):
        leaves = " ".join(["__typename", "id", *selected.restricted(type_name)])
        rows = walk.world.all(walk.classified.row_types[type_name])
        for some in in_batches(rows, ALIASES):
            values = {
                f"v{place}": _named(type_name, argument, row) for place, row in enumerate(some)
            }
            declared = ", ".join(f"${value}: {_KINDS[argument]}" for value in values)
            fields = " ".join(
                f"{value}: {name}({argument}: ${value}) {{ ... on {type_name} {{ {leaves} }} }}"
                for value in values
            )
            document = f"query({declared}) {{ {fields} }}"
            told = walk.reference(document, **values)
            assert None not in told.values()
            for who, way in walk.in_turn():
                got = walk.data(who, way, document, **values)
                for value, one in told.items():
                    walk.compared(who).one(type_name, one, got[value])


def _named(type_name: str, argument: str, row: Row) -> str:
    return encode(type_name, row["id"]) if argument == "id" else str(row["slug"])


_KINDS = {"id": "ID!", "slug": "String!"}


def _single(classified: Classified) -> Iterator[tuple[str, str, str]]:
    """Return the fields of the root that answer one row: name, argument, type."""
    for name, field in classified.types["Query"].fields.items():
        needed = [one for one, kind in field.args.items() if is_required_argument(kind)]
        if not needed:
            continue
        assert needed in (["id"], ["slug"]), f"Query.{name} is new: say how to read a row by it."
        leads = classified.leads_to(field)
        for type_name in [leads] if leads else classified.nodes:
            yield name, needed[0], type_name


def read_foreign_ids(walk: Walk) -> None:
    """Ask for ids of what is no node, and of nothing: everybody is told the same."""
    absent = "00000000-0000-7000-8000-000000000000"
    for type_name, table in walk.classified.row_types.items():
        keys = [absent, *walk.world.rows[table]]
        if type_name in walk.classified.nodes:
            keys = [absent]
        told = set()
        for key in keys:
            for who, way in walk.everybody():
                answer = walk.ask(
                    who,
                    way,
                    "query($id: ID!) { node(id: $id) { id } }",
                    id=encode(type_name, key),  # type: ignore[arg-type] # a text is printed the same
                )
                told.add(str(answer))
        assert len(told) == 1, told


def read_of_the_root(walk: Walk) -> None:
    """Read what the root leads to besides rows."""
    for who, way in walk.everybody():
        _viewer(walk, who, way)
        _plugins(walk, who, way)
        _rule_sets(walk, who, way)


def _viewer(walk: Walk, who: str, way: str) -> None:
    """Read who asks, and what they have of their own."""
    actor, world = walk.actors[who], walk.world
    got = walk.data(who, way, f"{{ viewer {{ {_all_of(walk.classified, 'Viewer')} }} }}")["viewer"]
    own = {
        table: [
            row
            for row in world.all(table)
            if actor.person_id is not None and row.get("person_id") == actor.person_id
        ]
        for table in ("memberships", "sessions", "tokens")
    }
    person = world.rows["persons"].get(actor.person_id or "")
    expected = {
        "kind": actor.kind,
        "name": actor.name,
        "email": person["email"] if person else None,
        "locale": person["locale"] if person else None,
        "notifications": person["notifications"] if person else None,
        "isAdmin": actor.is_admin,
        "isAuditor": actor.is_auditor,
        "today": walk.houses[way].core.clock.today().isoformat(),
        "founderOf": [_named_node("Startup", key) for key in sorted(actor.founder_of)],
        "staffOf": [_named_node("Incubator", key) for key in sorted(actor.staff_of)],
        "memberships": [_own(walk, "Membership", row) for row in own["memberships"]],
        "sessions": [_own(walk, "Session", row) for row in own["sessions"]],
        "tokens": [_own(walk, "AccessToken", row) for row in own["tokens"]],
    }
    for session in got["sessions"]:
        # Asking moves it.
        session["lastSeenAt"] = session["createdAt"]
    assert got == expected
    for name, type_name in (("sessions", "Session"), ("tokens", "AccessToken")):
        if expected[name]:
            walk.account.read |= {
                f"{type_name}.{field}" for field in walk.classified.types[type_name].fields
            }
        else:
            walk.account.hidden |= {
                f"{type_name}.{field}" for field in walk.classified.types[type_name].fields
            }
    walk.account.read |= {f"Viewer.{name}" for name in expected}


def _named_node(type_name: str, key: UUID) -> Mapping[str, str]:
    return {"__typename": type_name, "id": encode(type_name, key)}


def _own(walk: Walk, type_name: str, row: Row) -> Mapping[str, Any]:
    """Return a row of somebody as they are told it."""
    told: dict[str, Any] = {"__typename": type_name}
    for name in walk.classified.types[type_name].fields:
        column = to_snake_case(name)
        if name == "id":
            told[name] = encode(type_name, row["id"])
        elif name == "isThisOne":
            told[name] = False
        elif name == "person":
            person = walk.world.rows["persons"][row["person_id"]]
            told[name] = {"name": person["name"], "email": person["email"]}
        elif column_of_parent := PARENTS.get(f"{type_name}.{name}"):
            kind = get_named_type(walk.classified.types[type_name].fields[name].type).name
            key = row[column_of_parent]
            told[name] = None if key is None else _named_node(kind, key)
        else:
            told[name] = plain(row[column])
    return told


@cache
def _all_of(classified: Classified, type_name: str) -> str:
    return printed(Selections(classified, {}).of(type_name))


def _plugins(walk: Walk, who: str, way: str) -> None:
    document = f"{{ plugins {{ {_all_of(walk.classified, 'Plugin')} }} }}"
    told = walk.reference(document)
    answer = walk.ask(who, way, document)
    actor = walk.actors[who]
    if actor.staff_of or actor.is_admin or actor.is_auditor:
        assert answer["data"] == told
        walk.account.read |= {f"Plugin.{name}" for name in told["plugins"][0]}
    else:
        assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
        assert answer["data"] is None
        walk.account.hidden |= {f"Plugin.{name}" for name in told["plugins"][0]}


def _rule_sets(walk: Walk, who: str, way: str) -> None:
    """Read the figures, which are for everybody."""
    fields = _all_of(walk.classified, "RuleSet")
    versions = {(row["key"], row["version"]) for row in walk.world.all("rule_sets")}
    document = f"{{ ruleSets(inForce: false) {{ {fields} }} }}"
    told = walk.data(who, way, document)
    assert {(one["key"], one["version"]) for one in told["ruleSets"]} == versions
    assert told == walk.reference(document)
    walk.compared(REFERENCE).object("Query", told, told)
    one = told["ruleSets"][0]["key"]
    document = "query($key: String) { ruleSets(key: $key) { key } }"
    assert walk.data(who, way, document, key=one) == {"ruleSets": [{"key": one}]}

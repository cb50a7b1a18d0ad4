"""Another world that looks the same to somebody: what they may not see is otherwise.

Hidden rows are changed, added and taken away, and so are the fields of visible rows that the actor
does not read, and the secrets that nobody reads. Each change is kept only where all that the
table of access grants to the actor stays as it is.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from tests.schema.walls.granted import Granted
from tests.schema.walls.world import TABLES, Key, World, longest

from softlanding.access import FIELDS, ROWS
from softlanding.actors import Actor
from softlanding.storage.tables import Kind, Row, table

_NEW = UUID("0192f0a0-0000-7000-8000-000000000000")
SECRETS = {"hash", "password_hash", "password_changed_at", "nonce", "code_verifier"}
"""Columns that nobody reads."""
INTERNAL = {"created_at", "updated_at", "onboarding_revision"}
"""Columns that only those read, in calendars and orders, who read how often a row was changed."""
_UNIQUE = {"slug", "email", "hash", "key", "subject"}
_LEFT_ALONE = {
    # What plugins declared, what the machine does, and what is not of one network.
    *("step_definitions", "rule_sets", "duties", "demo_clock"),
}
# Of these there are hundreds, and some are enough.
_EVERY = {"history": 7, "onboarding_steps": 4}
# Changed one at a time, because others are seen through them.
_DECIDING = {"state", "published", "submitted_at", "role", "is_admin", "is_auditor"}
# They name rows, or tell databases what they may keep.
_FIXED = {"id", "standing_under", "standing_until", "definition_id", "position", "key"}


class Hiding:
    """Makes the other world of an actor."""

    def __init__(self, world: World, actor: Actor) -> None:
        self._world = world
        self._actor = actor
        self._granted = Granted(world, actor)
        self._face = face(self._granted)
        self.changed: dict[str, int] = {}

    def other(self) -> World:
        """Return the other world; `changed` counts what is otherwise in it, by kind."""
        now = _copy(self._world)
        for kind, change in (
            ("hidden fields changed", self._hidden_fields),
            ("hidden rows changed", self._hidden_rows),
            ("hidden rows added", self._added),
            ("hidden rows taken away", self._taken),
        ):
            self.changed[kind] = 0
            for name in TABLES:
                if name not in _LEFT_ALONE:
                    now = self._applied(now, kind, list(change(name)))
        return now

    def _applied(self, now: World, kind: str, changes: "list[Change]") -> World:
        """Apply changes, all at once or each for itself, as far as the actor sees none."""
        if not changes:
            return now
        tried = _copy(now)
        for change in changes:
            change.apply(tried)
        if face(Granted(tried, self._actor)) == self._face:
            self.changed[kind] += len(changes)
            return tried
        if len(changes) == 1:
            return now
        middle = len(changes) // 2
        return self._applied(self._applied(now, kind, changes[:middle]), kind, changes[middle:])

    def _hidden_fields(self, name: str) -> "Iterator[Change]":
        for row in self._granted.rows(name):
            hidden = {
                column
                for column in table(name).columns
                if not _read(self._granted, name, column, row)
            }
            yield from _otherwise(name, row, hidden)

    def _hidden_rows(self, name: str) -> "Iterator[Change]":
        for row in self._hidden(name)[:: _EVERY.get(name, 1)]:
            yield from _otherwise(name, row, set(table(name).columns) - SECRETS)

    def _added(self, name: str) -> "Iterator[Change]":
        for row in self._hidden(name)[:4]:
            made = {**row, "id": uuid5(_NEW, f"{name} {row['id']}")}
            for column in _UNIQUE & made.keys():
                if made[column] is not None and column != "key":
                    made[column] = f"new-{made[column]}"[: longest(name, column)]
            # There is one line of each revision.
            if name == "history":
                made["object_id"] = uuid5(_NEW, str(row["id"]))
            # There is one step of each definition on a stay, one membership of each in each.
            if name in {"onboarding_steps", "memberships"}:
                continue
            yield Change(name, made["id"], made)

    def _taken(self, name: str) -> "Iterator[Change]":
        if name in {"history", "sessions", "invitations", "calendar_addresses", "memberships"}:
            for row in self._hidden(name)[:30:3]:
                yield Change(name, row["id"], None)

    def _hidden(self, name: str) -> list[Row]:
        return [row for row in self._world.all(name) if not self._granted.sees(name, row)]


def _copy(world: World) -> World:
    # Changes replace rows, they do not change them.
    return World({name: dict(rows) for name, rows in world.rows.items()})


class Change:
    """A row that is to be so, or to be gone."""

    def __init__(self, name: str, key: Key, columns: Mapping[str, Any] | None) -> None:
        self._name, self._key, self._columns = name, key, columns

    def apply(self, world: World) -> None:
        rows = world.rows[self._name]
        if self._columns is None:
            rows.pop(self._key, None)
        elif self._key in rows or "id" in self._columns:
            rows[self._key] = {**rows.get(self._key, {}), **self._columns}


def face(granted: Granted) -> Mapping[str, Mapping[Key, Row]]:
    """Return all that an actor may read of a world, by table and row."""
    return {
        name: {
            row["id"]: {
                column: value for column, value in row.items() if _read(granted, name, column, row)
            }
            for row in granted.rows(name)
        }
        for name in ROWS
    }


def _read(granted: Granted, name: str, column: str, row: Row) -> bool:
    if column in SECRETS:
        return False
    if column in INTERNAL and "revision" in FIELDS.get(name, {}):
        return granted.reads(name, "revision", row)
    return granted.reads(name, column, row)


def _otherwise(name: str, row: Row, columns: set[str]) -> Iterator[Change]:
    """Return changes of columns of a row: those together that decide nothing."""
    together: dict[str, Any] = {}
    for column in sorted(columns - _FIXED):
        known = table(name).columns.get(column)
        # There is one line of history for each revision.
        if known is None or column.endswith("_id") or (name, column) == ("history", "revision"):
            continue
        value = _other(name, column, known.kind, row[column])
        if value == row[column] or _is_of_asker(name, row):
            continue
        if column in _DECIDING:
            yield Change(name, row["id"], {column: value})
        else:
            together[column] = value
    if together:
        yield Change(name, row["id"], together)


def _is_of_asker(name: str, row: Row) -> bool:
    """Tell whether others could not ask any more in the other world."""
    match name:
        case "persons":
            return bool(row["is_admin"])
        case "tokens":
            return str(row["label"]).startswith(("test ", "Website"))
    return False


def _other(name: str, column: str, kind: Kind, value: Any) -> Any:
    """Return another value that a column can hold."""
    match column:
        case "state":
            return "WITHDRAWN" if name == "stays" and value != "WITHDRAWN" else value
        case "hash":
            return f"{value[1:]}0"
        case "country":
            return "AT"
        case "goals":
            return ["Another goal"]
        case "travellers":
            return [{"name": "Another traveller", "nationalities": ["AT", "SE"]}]
        case "arrival" | "departure":
            return value + timedelta(days=3)
        case "stage" | "role" | "severity" | "nace":
            return value
    if value is None:
        return "Another text" if kind is Kind.TEXT and column in {"motivation", "city"} else None
    match kind:
        case Kind.TEXT:
            other = f"{value}-x" if column in _UNIQUE else f"Another {value}"
            return other[: longest(name, column)]
        case Kind.NUMBER:
            return value + 1 if column == "trl" else value + 7
        case Kind.DAY | Kind.MOMENT:
            assert isinstance(value, date | datetime)
            return value - timedelta(days=2)
        case Kind.BOOLEAN:
            return not value
        case Kind.JSON:
            return _other_numbers(value)
        case _:
            return value


def _other_numbers(value: Any) -> Any:
    """Return JSON of the same shape with other numbers in it."""
    if isinstance(value, dict):
        return {name: _other_numbers(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_other_numbers(one) for one in value]
    if isinstance(value, str) and value.replace(".", "", 1).isdigit():
        return f"1{value}"
    return value

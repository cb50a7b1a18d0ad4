"""Revisions of editable objects: what each changed, and changes made against an older one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from softlanding.domain.problems import Code, Problem, Refused
from softlanding.predicates import AllOf, Compare, Equals, OneOf
from softlanding.storage.database import Rows
from softlanding.storage.tables import Row

_NOT_TOLD = frozenset({"id", "revision"})


@dataclass(frozen=True)
class FieldChange:
    """What a field held before and after."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, kw_only=True)
class Revision:
    """A revision of an object: who made it, and what it changed; nothing is told of erased ones."""

    number: int
    at: datetime
    actor: str
    action: str
    changes: tuple[FieldChange, ...]
    erased: bool


async def revisions_of(rows: Rows, table: str, keys: Iterable[UUID]) -> dict[UUID, list[Revision]]:
    """Return the revisions of objects, oldest first."""
    wanted = AllOf((Equals("table_name", table), OneOf("row_id", tuple(keys))))
    changes = await rows.select("record_changes", wanted)
    entries = await _by_id(rows, "record_entries", (one["entry_id"] for one in changes))
    names = await _names(rows, entries.values())
    found: dict[UUID, list[Revision]] = {}
    for change in changes:
        entry = entries[change["entry_id"]]
        revision = Revision(
            number=change["revision"],
            at=entry["at"],
            actor=names[entry["id"]],
            action=entry["action"],
            changes=differences(_side(change, "before"), _side(change, "after")),
            erased=change["erased_at"] is not None,
        )
        found.setdefault(change["row_id"], []).append(revision)
    for told in found.values():
        told.sort(key=lambda one: one.number)
    return found


def changes_between(
    revisions: Iterable[Revision], older: int, newer: int | None
) -> tuple[FieldChange, ...]:
    """Return in what two revisions differ: the first value and the last of each field.

    Without `newer` it is the last one.
    """
    found: dict[str, FieldChange] = {}
    for revision in revisions:
        if older < revision.number and (newer is None or revision.number <= newer):
            for change in revision.changes:
                first = found.get(change.field, change)
                found[change.field] = FieldChange(change.field, first.before, change.after)
    return tuple(one for _, one in sorted(found.items()) if one.before != one.after)


async def require_revision(rows: Rows, table: str, row: Row, expected: int | None) -> None:
    """Refuse a change that was made against an older revision of a row, and tell what differs."""
    if expected is None or expected == row["revision"]:
        return
    wanted = AllOf(
        (
            Equals("table_name", table),
            Equals("row_id", row["id"]),
            Compare("revision", ">", expected),
        )
    )
    changed = {
        change.field
        for one in await rows.select("record_changes", wanted)
        for change in differences(_side(one, "before"), _side(one, "after"))
    }
    fields = tuple(sorted(changed))
    since = f"; {_listed(fields)} changed since" if fields else ""
    raise Refused(
        Problem(
            code=Code.CONFLICT,
            message=f"The object is at revision {row['revision']}, your change was made against"
            f" revision {expected}{since}.",
            path=("revision",),
            hint="Read the object again, look at what changed, and repeat your change.",
            revision=row["revision"],
            fields=fields,
        )
    )


def _side(change: Row, side: str) -> Mapping[str, Any]:
    return orjson.loads(change[side]) if change[side] else {}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    """Return in what two rows differ, by names of fields; its key and revision aside."""
    return tuple(
        FieldChange(camel_case(name), before.get(name), after.get(name))
        for name in sorted({*before, *after} - _NOT_TOLD)
        if before.get(name) != after.get(name)
    )


def camel_case(name: str) -> str:
    """Return a field's name as GraphQL has it: submitted_at → submittedAt."""
    first, *others = name.split("_")
    return first + "".join(one.title() for one in others)


def _listed(fields: tuple[str, ...]) -> str:
    *first, last = fields
    return f"{', '.join(first)} and {last}" if first else last


async def _names(rows: Rows, entries: Iterable[Row]) -> dict[UUID, str]:
    """Return who made entries, in words, by the entries' keys."""
    entries = list(entries)
    people = await _by_id(rows, "persons", (one["person_id"] for one in entries))
    keys = await _by_id(rows, "tokens", (one["key_id"] for one in entries))
    found = {}
    for entry in entries:
        named = people.get(entry["person_id"], {}).get("name")
        named = named or keys.get(entry["key_id"], {}).get("label") or entry["name"]
        found[entry["id"]] = named or _KINDS.get(entry["kind"], "unknown")
    return found


_KINDS = {"COMMAND": "command line", "VISITOR": "visitor", "PERSON": "erased", "KEY": "erased"}


async def _by_id(rows: Rows, table: str, keys: Iterable[UUID | None]) -> dict[UUID | None, Row]:
    wanted = tuple({key for key in keys if key is not None})
    if not wanted:
        return {}
    return {row["id"]: row for row in await rows.select(table, OneOf("id", wanted))}

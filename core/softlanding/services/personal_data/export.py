"""All that is kept of a person or a start-up, as one JSON document."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from softlanding.contract.personal_data import DataSubject
from softlanding.domain.personal_data import lost
from softlanding.predicates import Equals
from softlanding.services.core import Core
from softlanding.services.personal_data.clearing import Clearing
from softlanding.services.personal_data.fields import require_all_plugins
from softlanding.services.personal_data.finding import Found, clearing_of, find_person, find_startup
from softlanding.services.personal_data.plugins import export_from_plugins
from softlanding.services.personal_data.tables import SECRET
from softlanding.storage.tables import Row


async def export_person(core: Core, subject: DataSubject) -> dict[str, Any]:
    """Return all that is kept of a person; refuses while a plugin is quarantined.

    `named` are the places at which others named them, and no more of those texts.
    """
    require_all_plugins(core.registry)
    clearing = await clearing_of(core, subject)
    found = await find_person(core, subject, clearing)
    did = Equals("person_id", subject.id) if subject.id else None
    entries = await core.database.rows.select("record_entries", did) if did else []
    return {
        **_told(core, subject, found),
        "named": list(_named(found, clearing)),
        "did": [{name: entry[name] for name in ("at", "action")} for entry in entries],
        "plugins": await export_from_plugins(core, subject),
    }


async def export_startup(core: Core, subject: DataSubject) -> dict[str, Any]:
    """Return all that is a start-up's; refuses while a plugin is quarantined."""
    require_all_plugins(core.registry)
    found = await find_startup(core, subject)
    plugins = await export_from_plugins(core, subject)
    return {**_told(core, subject, found), "plugins": plugins}


def as_json(document: Mapping[str, Any]) -> str:
    """Return a document as it is handed out."""
    return orjson.dumps(document, default=str, option=orjson.OPT_INDENT_2).decode()


def _told(core: Core, subject: DataSubject, found: Found) -> dict[str, Any]:
    return {
        "kind": subject.kind,
        "id": subject.id,
        "exported_at": core.clock.now(),
        "rows": {table: _open(some) for table, some in found.own.items() if some},
        "changes": [
            {
                "table": change["table_name"],
                "id": change["row_id"],
                **{side: change[side] and orjson.loads(change[side]) for side in _SIDES},
            }
            for change in found.changes
            # Of other rows the places are told, below `named`, and not what else is in them.
            if subject.kind == "STARTUP" or change["row_id"] in _keys(found)
        ],
    }


_SIDES = ("before", "after")


def _keys(found: Found) -> set[Any]:
    return {row["id"] for some in found.own.values() for row in some}


def _open(rows: Iterable[Row]) -> list[Row]:
    return [{name: one for name, one in row.items() if name not in SECRET} for row in rows]


def _named(found: Found, clearing: Clearing) -> Iterable[Row]:
    for table, some in found.texts.items():
        for row in some:
            for column, after in clearing.cleared(table, row).items():
                for place, value in lost(row[column], after, column):
                    yield {"table": table, "id": row["id"], "place": place, "value": value}

"""The record: what a unit of work changed, chained so that nobody can change it unseen.

Each entry's hash covers the hash before it, who acted, and the digest of its changes. The changes
stand beside it with a salt each, so that personal data can be erased and the chain still verifies.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from softlanding.storage.models import new_id
from softlanding.storage.tables import Row, table

NETWORK = UUID(int=0)
"""The chain of what belongs to no incubator."""

_SECRET = frozenset({"hash", "password_hash"})
_NOISE = frozenset({"created_at", "updated_at"})
LEFT_OUT: Mapping[str, frozenset[str]] = {
    "incubators": _NOISE,
    "startups": _NOISE,
    "stays": _NOISE | {"onboarding_revision", "standing_under", "standing_until"},
    "onboarding_steps": _NOISE,
    "persons": _SECRET | {"digest_on"},
    "memberships": frozenset(),
    "invitations": _SECRET,
    "identities": frozenset(),
    "tokens": _SECRET | {"last_used_at"},
    "sessions": _SECRET | {"last_seen_at"},
    "calendar_addresses": _SECRET,
    "records": frozenset(),
    "rule_sets": frozenset(),
    "webhooks": _NOISE | {"secret", "old_secret"},
}
"""The tables that are on the record, and which of their columns are not: secrets, and noise."""


@dataclass(frozen=True, kw_only=True)
class Acting:
    """Who does something, and what: as an entry names it.

    People and keys are named by their key in the database, which tells nothing once they are
    erased; `name` is that of a duty, or of the command line.
    """

    kind: str
    action: str
    name: str = ""
    person_id: UUID | None = None
    key_id: UUID | None = None


ITSELF = Acting(kind="SYSTEM", name="softlanding", action="")
"""The product itself, where nobody asked it to."""


@dataclass(frozen=True)
class Change:
    """What was changed in a row: None stands where there was none, or is none any more."""

    table: str
    key: UUID
    before: Row | None
    after: Row | None


class Changes:
    """The changes of one unit of work, as it goes on.

    Where `erased_at` is set, it is recorded that rows were changed, and never what they held.
    """

    def __init__(self) -> None:
        self.erased_at: datetime | None = None
        self._found: dict[tuple[str, UUID], Change] = {}

    def note(self, table: str, key: UUID, before: Row | None, after: Row | None) -> None:
        """Note a change; several of one row are one."""
        earlier = self._found.get((table, key))
        self._found[table, key] = Change(table, key, earlier.before if earlier else before, after)

    def after(self, table: str, key: UUID | str) -> Row | None:
        """Return a row as it was left, where it was changed already."""
        found = self._found.get((table, key)) if isinstance(key, UUID) else None
        return found.after if found else None

    def add(self, later: "Changes") -> None:
        """Add what a later unit of work changed."""
        for one in later._found.values():
            self.note(one.table, one.key, one.before, one.after)

    def told(self) -> list[Change]:
        """Return what is to be recorded: rows that differ in what is on the record."""
        shown = [
            Change(one.table, one.key, _shown(one.table, one.before), _shown(one.table, one.after))
            for one in self._found.values()
        ]
        return [one for one in shown if one.before != one.after]

    def chain(self) -> UUID:
        """Return the chain that they belong to: that of the home incubator, or the network's."""
        for one in self._found.values():
            row = one.after or one.before or {}
            if one.table == "incubators":
                return one.key
            if found := row.get("home_id") or row.get("incubator_id"):
                return UUID(str(found))
        return NETWORK


def _shown(table_name: str, row: Row | None) -> Row | None:
    """Return what of a row is on the record; whoever read it may have added to it."""
    if row is None:
        return None
    shown = table(table_name).columns.keys() - LEFT_OUT[table_name]
    return {name: value for name, value in row.items() if name in shown}


def change_row(
    entry_id: UUID, position: int, change: Change, *, erased_at: datetime | None = None
) -> Row:
    """Return a change as it is stored, with its digest; one that is erased at once has no more."""
    row = change.after or change.before or {}
    salt = secrets.token_hex(16)
    stored = {
        "table_name": change.table,
        "row_id": change.key,
        "before": None if change.before is None else canonical(change.before).decode(),
        "after": None if change.after is None else canonical(change.after).decode(),
    }
    return {
        "id": new_id(),
        "entry_id": entry_id,
        "position": position,
        **stored,
        "revision": row.get("revision"),
        "salt": salt,
        "digest": digest_of(salt, stored),
        "erased_at": None,
        **({} if erased_at is None else {**ERASED, "erased_at": erased_at}),
    }


ERASED: Row = {"before": None, "after": None, "salt": None}
"""What is left of a change that was erased, besides its digest; `erased_at` tells when."""


def digest_of(salt: str, change: Mapping[str, Any]) -> str:
    """Return the digest of a change as it is stored, with its salt."""
    told = [change[name] for name in ("table_name", "row_id", "before", "after")]
    return _sha256(salt.encode(), canonical(told))


def digest_of_all(digests: Sequence[str]) -> str:
    """Return the digest of all changes of an entry, in their order."""
    return _sha256("".join(digests).encode())


def hash_of_entry(before: str, entry: Mapping[str, Any]) -> str:
    """Return the hash of an entry behind another one."""
    names = (
        "chain_id",
        "number",
        "at",
        "kind",
        "name",
        "person_id",
        "key_id",
        "action",
        "request_id",
        "digest",
    )
    return _sha256(before.encode(), canonical([entry[name] for name in names]))


def canonical(value: Any) -> bytes:
    """Return the one way in which a value is written: sorted, as it comes back from a database."""
    return orjson.dumps(value, default=str, option=orjson.OPT_SORT_KEYS)


def _sha256(*parts: bytes) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(part)
    return found.hexdigest()

"""Finding all that concerns a person or a start-up, in the rows as they are committed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

import orjson

from softlanding.contract.personal_data import DataSubject
from softlanding.domain.personal_data import Naming
from softlanding.predicates import AllOf, AnyOf, Equals, IsNull, OneOf, Predicate
from softlanding.services.attempts import account
from softlanding.services.core import Core
from softlanding.services.personal_data.clearing import Clearing
from softlanding.services.personal_data.fields import PersonalPlaces
from softlanding.services.personal_data.tables import OF_PERSON, OF_STARTUP, OF_STAY, TEXTS
from softlanding.storage.database import Rows
from softlanding.storage.mentions import rows_with
from softlanding.storage.tables import Row

_ATTEMPTS = ("password", "reset")
_WORK = frozenset({"incubators", "startups", "stays", "onboarding_steps", "records"})
"""Tables on the record in which somebody may be named by others."""


@dataclass
class Found:
    """What concerns somebody.

    `own` are their rows by table, in the order in which they can be deleted; `texts` are rows of
    others that name them; `changes` are changes on the record; `repeats` are answers kept for
    requests that are sent again.
    """

    own: dict[str, list[Row]] = field(default_factory=dict)
    texts: dict[str, list[Row]] = field(default_factory=dict)
    changes: list[Row] = field(default_factory=list)
    repeats: list[Row] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((*self.own.values(), *self.texts.values(), self.changes, self.repeats))


async def clearing_of(core: Core, subject: DataSubject) -> Clearing:
    """Return how rows are cleared of a person, as they stand before any is."""
    rows, naming = core.database.rows, Naming(subject.names, subject.emails)
    stays = {
        stay["id"]
        for stay in await rows_with(rows, "stays", ("travellers",), naming.texts)
        if any(naming.is_one(one.get("name")) for one in stay["travellers"])
    }
    if subject.id is not None:
        founded = AllOf((Equals("person_id", subject.id), IsNull("startup_id", value=False)))
        keys = [one["startup_id"] for one in await rows.select("memberships", founded)]
        stays |= {stay["id"] for stay in await _of(rows, "stays", "startup_id", keys)}
    return Clearing(naming, PersonalPlaces(core.registry), frozenset(stays), core.clock.today())


async def find_person(core: Core, subject: DataSubject, clearing: Clearing) -> Found:
    """Return all that concerns a person."""
    rows, found = core.database.rows, Found()
    for table in OF_PERSON:
        if subject.id is not None:
            found.own[table] = await rows.select(table, Equals("person_id", subject.id))
    found.own["invitations"] = await rows.select("invitations", _one_of("email", subject.emails))
    tried = {account(kind, email).subject for kind in _ATTEMPTS for email in subject.emails}
    found.own["sign_in_attempts"] = await rows.select("sign_in_attempts", _one_of("subject", tried))
    if subject.id is not None:
        found.own["persons"] = await rows.select("persons", Equals("id", subject.id))
    deleted = {row["id"] for some in found.own.values() for row in some}
    for table in TEXTS:
        named = [row for row in await _naming(rows, table, clearing) if row["id"] not in deleted]
        found.texts[table] = [row for row in named if clearing.cleared(table, row)]
    found.changes = await _changes_of_person(rows, subject, clearing.naming)
    found.repeats = await _repeats(rows, subject, found.changes)
    return found


async def _naming(rows: Rows, table: str, clearing: Clearing) -> list[Row]:
    """Return rows that may name a person, and those that tell of one without a name."""
    found = await rows_with(rows, table, TEXTS[table], clearing.naming.texts)
    if table in ("onboarding_steps", "records"):
        found += await _of(rows, table, "stay_id", clearing.stays)
    return list({row["id"]: row for row in found}.values())


async def _changes_of_person(rows: Rows, subject: DataSubject, naming: Naming) -> list[Row]:
    """Return the changes of the person's rows, and those in which others named them."""
    keys = [] if subject.id is None else [str(subject.id)]
    texts = [*keys, *naming.texts]
    found = []
    for change in await rows_with(rows, "record_changes", ("before", "after"), texts):
        sides = [orjson.loads(change[side]) for side in ("before", "after") if change[side]]
        theirs = any(
            side.get("person_id") in keys
            or side.get("id") in keys
            or side.get("email") in subject.emails
            for side in sides
        )
        # A namesake's account is on the record, too; it stays theirs.
        named = change["table_name"] != "persons" and any(naming.names(side) for side in sides)
        if theirs or named:
            found.append(change)
    return found


async def find_startup(core: Core, subject: DataSubject) -> Found:
    """Return all that is a start-up's own: its stays and what hangs on them, too."""
    assert subject.id is not None  # noqa: S101 - a start-up has a key
    rows, found = core.database.rows, Found()
    stays = await rows.select("stays", Equals("startup_id", subject.id))
    keys = [stay["id"] for stay in stays]
    for table in OF_STAY:
        found.own[table] = await _of(rows, table, "stay_id", keys)
    for table in OF_STARTUP:
        found.own[table] = await rows.select(table, Equals("startup_id", subject.id))
    found.own["stays"] = stays
    found.own["startups"] = await rows.select("startups", Equals("id", subject.id))
    # What hung on them earlier names one of them: a step its stay, a membership its start-up.
    names = {str(key) for key in (subject.id, *keys)}
    for change in await rows_with(rows, "record_changes", ("before", "after"), sorted(names)):
        found.changes.append(change)
    found.repeats = await _repeats(rows, subject, found.changes)
    return found


async def _repeats(rows: Rows, subject: DataSubject, changes: Iterable[Row]) -> list[Row]:
    """Return the answers that are kept for requests that made these changes, or were theirs."""
    entries = tuple({change["entry_id"] for change in changes})
    asked: list[Predicate] = [OneOf("entry_id", entries)]
    if subject.id is not None:
        asked.append(Equals("actor", str(subject.id)))
    found = await rows.select("idempotency_keys", AnyOf(tuple(asked)))
    told = await rows_with(rows, "idempotency_keys", ("answer",), [*subject.names, *subject.emails])
    return list({row["id"]: row for row in (*found, *told)}.values())


def _one_of(column: str, values: Iterable[str]) -> Predicate:
    return OneOf(column, tuple(sorted(values)))


async def _of(rows: Rows, table: str, column: str, keys: Iterable[UUID]) -> list[Row]:
    wanted = tuple(keys)
    return await rows.select(table, OneOf(column, wanted)) if wanted else []


def counted(found: Mapping[str, Iterable[Row]]) -> dict[str, int]:
    """Return how many rows there are of each table, where there are any."""
    counts = {table: len(list(some)) for table, some in found.items()}
    return {table: count for table, count in counts.items() if count}

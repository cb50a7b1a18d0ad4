"""From a secret to an actor: bearer tokens, keys of partners, sessions.

One statement each: who a person is and what they are a member of is read at every request, so that
what is taken away is gone with the next one.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson

from softlanding.actors import ANONYMOUS, Actor, ActorKind, KeyScope
from softlanding.predicates import OneOf
from softlanding.services.core import Core
from softlanding.storage.engines import Dialect

SESSION_IDLE = timedelta(hours=8)
SESSION_LONGEST = timedelta(days=7)
"""How long a session lives without being used, and at most."""


def hash_of(secret: str) -> str:
    """Return what is stored of a secret: its SHA-256, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def authenticate(core: Core, token: str) -> Actor | None:
    """Return the actor of a token or key, or None when it is unknown, expired or revoked."""
    held = await _held(core, _HOLDER, token)
    if held is None or held.revoked or (held.expires_at and held.expires_at <= core.clock.now()):
        return None
    if held.actor.key_id is not None:
        core.uses.note(core, "tokens", held.actor.key_id, "last_used_at")
    return held.actor


async def authenticate_session(core: Core, secret: str) -> Actor | None:
    """Return the person of a session, or None when it is unknown, ended or too old."""
    held = await _held(core, _SIGNED_IN, secret)
    if held is None or held.revoked or held.seen_at is None or held.created_at is None:
        return None
    now = core.clock.now()
    if now - held.seen_at > SESSION_IDLE or now - held.created_at > SESSION_LONGEST:
        return None
    if held.actor.session_id is not None:
        core.uses.note(core, "sessions", held.actor.session_id, "last_seen_at")
    return held.actor


async def actor_of(core: Core, person_id: UUID) -> Actor:
    """Return a person as an actor, with what they are a member of now."""
    rows = core.database.rows
    person = await rows.one("persons", person_id)
    if person is None:
        return ANONYMOUS
    memberships = await rows.select("memberships", OneOf("person_id", (person["id"],)))
    return _person(
        person, ((one["role"], one["startup_id"] or one["incubator_id"]) for one in memberships)
    )


@dataclass(frozen=True)
class _Held:
    """Who holds a secret, and how long."""

    actor: Actor
    revoked: bool
    expires_at: datetime | None = None
    seen_at: datetime | None = None
    created_at: datetime | None = None


async def _held(core: Core, statements: Mapping[Dialect, str], secret: str) -> _Held | None:
    database = core.database
    return _read(await database.text(statements[database.dialect], [hash_of(secret)]))


@lru_cache(maxsize=1024)
def _read(text: bytes) -> _Held | None:
    """Return who holds a secret, as the database tells it."""
    told = orjson.loads(text)
    if told is None:
        return None
    return _Held(
        actor=_key(told) if told["name"] is None else _of_person(told),
        revoked=told["revoked_at"] is not None,
        expires_at=_moment(told.get("expires_at")),
        seen_at=_moment(told.get("seen_at")),
        created_at=_moment(told.get("created_at")),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _key(told: Mapping[str, Any]) -> Actor:
    stored = told["scope"]
    return actor_of_key(
        {
            "id": UUID(told["id"]),
            "label": told["label"],
            "incubator_id": UUID(told["incubator_id"]),
            # SQLite tells JSON columns as texts.
            "scope": orjson.loads(stored) if isinstance(stored, str) else stored,
        }
    )


def actor_of_key(key: Mapping[str, Any]) -> Actor:
    """Return a stored key as an actor: staff of its incubator, as far as its scope says."""
    scope = scope_of(key["scope"])
    own = frozenset({key["incubator_id"]}) if scope and scope.drafts else frozenset()
    return Actor(
        kind=ActorKind.WEBSITE, name=key["label"], key_id=key["id"], staff_of=own, scope=scope
    )


def scope_of(stored: Mapping[str, Any] | None) -> KeyScope | None:
    """Return the scope of a key as it is stored."""
    if stored is None:
        return None
    return KeyScope(
        types=frozenset(stored["types"]),
        fields=frozenset(stored["fields"]),
        mutations=frozenset(stored["mutations"]),
        drafts=stored["drafts"],
        introspection=stored["introspection"],
    )


def _of_person(told: Mapping[str, Any]) -> Actor:
    person = _person(
        {
            "id": UUID(told["person_id"]),
            "name": told["name"],
            "is_admin": bool(told["is_admin"]),
            "is_auditor": bool(told["is_auditor"]),
        },
        ((role, UUID(key)) for role, key in told["memberships"] or ()),
    )
    return replace(person, session_id=UUID(told["id"])) if "seen_at" in told else person


def _person(person: Mapping[str, Any], memberships: Iterable[tuple[str, UUID]]) -> Actor:
    known = list(memberships)

    def those(*roles: str) -> frozenset[UUID]:
        return frozenset(key for role, key in known if role in roles)

    return Actor(
        kind=ActorKind.PERSON,
        name=person["name"],
        person_id=person["id"],
        founder_of=those("FOUNDER"),
        staff_of=those("STAFF", "MANAGER"),
        manager_of=those("MANAGER"),
        reviewer_of=those("REVIEWER"),
        is_admin=person["is_admin"],
        is_auditor=person["is_auditor"],
    )


_PERSON_TEXT = """'person_id', p.id, 'name', p.name, 'is_admin', p.is_admin,
        'is_auditor', p.is_auditor, 'memberships', (
            SELECT {list}({pair}(m.role, coalesce(m.startup_id, m.incubator_id)))
            FROM memberships m WHERE m.person_id = p.id)"""
_HOLDER_TEXT = """
    SELECT {object}('id', t.id, 'revoked_at', t.revoked_at, 'expires_at', t.expires_at,
        'label', t.label, 'incubator_id', t.incubator_id, 'scope', t.scope, {person}
    ){end} FROM tokens t LEFT JOIN persons p ON p.id = t.person_id WHERE t.hash = {hash}"""
_SIGNED_IN_TEXT = """
    SELECT {object}('id', s.id, 'revoked_at', s.ended_at, 'seen_at', s.last_seen_at,
        'created_at', s.created_at, {person}
    ){end} FROM sessions s JOIN persons p ON p.id = s.person_id WHERE s.hash = {hash}"""


def _statements(text: str) -> Mapping[Dialect, str]:
    return {
        "sqlite": text.format(
            object="json_object",
            person=_PERSON_TEXT.format(list="json_group_array", pair="json_array"),
            end="",
            hash="?",
        ),
        "postgresql": text.format(
            object="convert_to(json_build_object",
            person=_PERSON_TEXT.format(list="json_agg", pair="json_build_array"),
            end="::text, 'UTF8')",
            hash="$1",
        ),
    }


_HOLDER = _statements(_HOLDER_TEXT)
_SIGNED_IN = _statements(_SIGNED_IN_TEXT)

"""Roles: as what somebody is let in, seen from one row, and the conditions that say so.

`access` is the table made of them.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeAlias
from uuid import UUID

from softlanding.actors import Actor
from softlanding.predicates import (
    EVERYTHING,
    NOTHING,
    AllOf,
    AnyOf,
    Has,
    IsSet,
    OneOf,
    Predicate,
    Through,
    Unbound,
)

Condition: TypeAlias = Callable[[Actor], Predicate]
"""Which rows a role is about, for an actor."""


class Role(StrEnum):
    """As what somebody is let in, as seen from one row."""

    EVERYBODY = "EVERYBODY", "everybody"
    SIGNED_IN = "SIGNED_IN", "people who are signed in, and keys that read drafts"
    PERSON = "PERSON", "the person themselves"
    FOUNDER = "FOUNDER", "founders of the start-up"
    STAFF = "STAFF", "staff of the incubator"
    MANAGER = "MANAGER", "managers of the incubator"
    HOME = "HOME", "staff of the home incubator"
    HOST = "HOST", "staff of the host incubator"
    REVIEWER = "REVIEWER", "reviewers of the host incubator"
    AUDITOR = "AUDITOR", "auditors"
    ADMIN = "ADMIN", "administrators"

    told: str

    def __new__(cls, value: str, told: str) -> "Role":
        """Keep how the role is called in a sentence."""
        role = str.__new__(cls, value)
        role._value_ = value
        role.told = told
        return role


_R = Role


def _person(actor: Actor) -> frozenset[UUID]:
    return frozenset() if actor.person_id is None else frozenset({actor.person_id})


MEMBERSHIPS: Mapping[str, Mapping[Role, tuple[str, Callable[[Actor], Any]]]] = {
    "incubators": {
        _R.STAFF: ("id", lambda actor: actor.staff_of),
        _R.MANAGER: ("id", lambda actor: actor.manager_of),
    },
    "startups": {
        _R.FOUNDER: ("id", lambda actor: actor.founder_of),
        _R.HOME: ("home_id", lambda actor: actor.staff_of),
    },
    "stays": {
        _R.FOUNDER: ("startup_id", lambda actor: actor.founder_of),
        _R.HOME: ("home_id", lambda actor: actor.staff_of),
        _R.HOST: ("host_id", lambda actor: actor.staff_of),
        _R.REVIEWER: ("host_id", lambda actor: actor.reviewer_of),
    },
    "memberships": {
        _R.PERSON: ("person_id", _person),
        _R.FOUNDER: ("startup_id", lambda actor: actor.founder_of),
        _R.MANAGER: ("incubator_id", lambda actor: actor.manager_of),
    },
    "invitations": {
        _R.MANAGER: ("incubator_id", lambda actor: actor.manager_of),
        _R.HOME: ("home_id", lambda actor: actor.staff_of),
    },
    "tokens": {
        _R.PERSON: ("person_id", _person),
        _R.MANAGER: ("incubator_id", lambda actor: actor.manager_of),
    },
    "webhooks": {_R.MANAGER: ("incubator_id", lambda actor: actor.manager_of)},
    "persons": {_R.PERSON: ("id", _person)},
    "sessions": {_R.PERSON: ("person_id", _person)},
    "identities": {_R.PERSON: ("person_id", _person)},
    "calendar_addresses": {_R.PERSON: ("person_id", _person)},
}
"""Which column of a row is one of which memberships of the actor, by table and role."""


def _one_of(column: str, ids: Iterable[UUID] | Unbound) -> OneOf:
    # Keys that are not bound yet have no order. A scope sifts rows that are found otherwise.
    keys = ids if isinstance(ids, Unbound | tuple) else tuple(sorted(ids))
    return OneOf(column, keys, common=True)


def holder(role: Role, table: str, actor: Actor) -> Predicate:
    """Return the condition under which the actor is this to a row of the table."""
    column, members = MEMBERSHIPS[table][role]
    own = members(actor)
    return _one_of(column, own) if isinstance(own, Unbound) or own else NOTHING


SUBMITTED = IsSet("submitted_at")
"""A stay that its host sees."""


def own(table: str, role: Role) -> Condition:
    """Return the condition under which an actor is this to a row."""
    return lambda actor: holder(role, table, actor)


def signed_in(actor: Actor) -> Predicate:
    """Return the condition of whoever is signed in: there is none."""
    return EVERYTHING if actor.is_signed_in else NOTHING


def submitted(role: Role) -> Condition:
    """Return the condition of a stay that an actor is this to, once it is submitted."""
    return lambda actor: both(holder(role, "stays", actor), SUBMITTED)


def applied(role: Role) -> Condition:
    """Return the condition of a start-up that submitted such a stay."""
    return lambda actor: having("stays", "startup_id", submitted(role)(actor))


def of_stay(stays: Condition) -> Condition:
    """Return the condition of what belongs to such a stay."""
    return lambda actor: through("stay_id", "stays", stays(actor))


def of_webhook(webhooks: Condition) -> Condition:
    """Return the condition of what belongs to such a webhook."""
    return lambda actor: through("webhook_id", "webhooks", webhooks(actor))


def of_startup(startups: Condition) -> Condition:
    """Return the condition of what belongs to such a start-up."""
    return lambda actor: through("startup_id", "startups", startups(actor))


def member(memberships: Condition) -> Condition:
    """Return the condition of a person with such a membership."""
    return lambda actor: having("memberships", "person_id", memberships(actor))


def any_of(predicates: Iterable[Predicate]) -> Predicate:
    """Return the condition that one of them holds."""
    found: list[Predicate] = []
    for one in predicates:
        if one == EVERYTHING:
            return EVERYTHING
        if one != NOTHING:
            found.append(one)
    return found[0] if len(found) == 1 else AnyOf(tuple(found))


def both(one: Predicate, other: Predicate) -> Predicate:
    """Return the condition that both hold."""
    return NOTHING if one == NOTHING else AllOf((one, other))


def through(column: str, table: str, predicate: Predicate) -> Predicate:
    """Return the condition on the row that a column names."""
    return NOTHING if predicate == NOTHING else Through(column, table, predicate)


def having(table: str, column: str, predicate: Predicate) -> Predicate:
    """Return the condition that such a row names this one."""
    return NOTHING if predicate == NOTHING else Has(table, column, predicate)


def holds(predicate: Predicate, row: Mapping[str, Any]) -> bool:
    """Tell whether a condition on memberships holds for a row."""
    match predicate:
        case OneOf(column, tuple() as values):
            return row[column] in values
        case AllOf(predicates):
            return all(holds(inner, row) for inner in predicates)
        case AnyOf(predicates):
            return any(holds(inner, row) for inner in predicates)
        case _:
            raise TypeError(f"{predicate} is for the database to decide.")

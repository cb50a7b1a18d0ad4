"""Who is told: the people and incubators of a stay, what they may see of it, their language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from softlanding import access
from softlanding.actors import Actor, ActorKind
from softlanding.contract.catalogues import Catalogue
from softlanding.contract.channels import Addressee
from softlanding.domain.texts import DEFAULT_LOCALE, fallback_chain
from softlanding.domain.vocabulary import Notifications, Party, StayState
from softlanding.predicates import AllOf, AnyOf, Equals, OneOf
from softlanding.services.authentication import actor_of
from softlanding.services.channels import channel_to
from softlanding.services.core import Core, parties
from softlanding.storage.tables import Row

_MEMBERS = ("FOUNDER", "STAFF", "MANAGER")
_NOT_OF_HOST = frozenset({StayState.DRAFT})


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody to be told: as an actor, whose rights apply, and as an addressee."""

    actor: Actor
    addressee: Addressee

    def sides(self, stay: Mapping[str, Any]) -> frozenset[Party]:
        """Return the sides of a stay that they act for as members, not as administrators."""
        return parties(_as_member(self.actor), stay)


def _as_member(actor: Actor) -> Actor:
    return Actor(
        kind=actor.kind,
        name=actor.name,
        person_id=actor.person_id,
        founder_of=actor.founder_of,
        staff_of=actor.staff_of,
        manager_of=actor.manager_of,
    )


async def recipients_of(
    core: Core, stay: Row, *, wanted: frozenset[Notifications], besides: UUID | None
) -> list[str]:
    """Return the keys of those to be told of a stay: people who want it so, and incubators.

    `besides` is who did what is told.
    """
    rows = core.database.rows
    incubators = [stay["home_id"]]
    if StayState(stay["state"]) not in _NOT_OF_HOST and stay["submitted_at"] is not None:
        incubators.append(stay["host_id"])
    members = await rows.select(
        "memberships",
        AllOf(
            (
                OneOf("role", _MEMBERS),
                AnyOf(
                    (
                        Equals("startup_id", stay["startup_id"]),
                        OneOf("incubator_id", tuple(incubators)),
                    )
                ),
            )
        ),
    )
    keys = tuple({member["person_id"] for member in members} - {besides})
    persons = await rows.select("persons", OneOf("id", keys)) if keys else []
    told = [f"person:{one['id']}" for one in persons if one["notifications"] in wanted]
    for row in await rows.select("incubators", OneOf("id", tuple(set(incubators)))):
        if channel_to(core, _addressee_of(row)) is not None:
            told.append(f"incubator:{row['id']}")
    return told


async def reader_of(core: Core, recipient: str) -> Reader | None:
    """Return who a key of `recipients_of` names, or None for who is gone."""
    kind, _, key = recipient.partition(":")
    rows = core.database.rows
    if kind == "incubator":
        row = await rows.one("incubators", UUID(key))
        return Reader(actor=_staff(row), addressee=_addressee_of(row)) if row else None
    person = await rows.one("persons", UUID(key))
    return await reader_of_person(core, person) if person else None


async def reader_of_person(core: Core, person: Row) -> Reader:
    """Return a person who is to be told something."""
    actor = await actor_of(core, person["id"])
    return Reader(
        actor=actor,
        addressee=Addressee(
            kind="PERSON",
            address=person["email"],
            name=person["name"],
            locale=person["locale"] or await _usual_locale(core, actor),
        ),
    )


async def seen(core: Core, reader: Reader, stay_id: UUID) -> Row | None:
    """Return a stay as its reader sees it, or None where they do not."""
    wanted = AllOf((Equals("id", stay_id), access.rows("stays", reader.actor)))
    found = await core.database.rows.select("stays", wanted)
    return found[0] if found else None


def _staff(incubator: Row) -> Actor:
    """Return the staff of an incubator as one actor."""
    return Actor(
        kind=ActorKind.PERSON, name=incubator["name"], staff_of=frozenset({incubator["id"]})
    )


def _addressee_of(incubator: Row) -> Addressee:
    return Addressee(
        kind="INCUBATOR",
        address=incubator["slug"],
        name=incubator["name"],
        locale=_first_known(incubator["languages"]),
    )


async def _usual_locale(core: Core, actor: Actor) -> str:
    """Return the language of somebody who has chosen none: that of their incubator."""
    rows = core.database.rows
    keys = set(actor.staff_of)
    if not keys and actor.founder_of:
        startups = await rows.select("startups", OneOf("id", tuple(sorted(actor.founder_of))))
        keys = {row["home_id"] for row in startups}
    found = await rows.select("incubators", OneOf("id", tuple(sorted(keys)))) if keys else []
    return _first_known(found[0]["languages"] if found else ())


def _first_known(languages: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    known = {DEFAULT_LOCALE, *Catalogue("softlanding").languages}
    for language in languages:
        if known.intersection(tuple(fallback_chain(language))[:-1]):
            return str(language)
    return DEFAULT_LOCALE

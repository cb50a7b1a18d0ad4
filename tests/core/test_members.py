"""Members: who changes and removes them, who leaves, and that a manager stays; both databases."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias
from uuid import UUID, uuid4

import pytest

from softlanding.actors import Actor, operator
from softlanding.domain.problems import Refused
from softlanding.domain.vocabulary import InvitedRole, MemberRole
from softlanding.predicates import EVERYTHING, AllOf, Equals
from softlanding.services.authentication import actor_of
from softlanding.services.invitations import NewInvitation, invite_founder, invite_member
from softlanding.services.members import change_member, leave, remove_founder, remove_member
from softlanding.services.people import NewPerson, add_person
from softlanding.storage.database import Transaction
from softlanding.storage.tables import Row
from softlanding.testing.house import House

ADMIN = operator("Ada Admin")
_PEOPLE: Mapping[str, tuple[str, str, str]] = {
    "manager": ("manager_of", "incubators", "gtec"),
    "other manager": ("manager_of", "incubators", "gtec"),
    "staff": ("staff_of", "incubators", "gtec"),
    "reviewer": ("reviewer_of", "incubators", "gtec"),
    "founder": ("founder_of", "startups", "havelwerk-3d"),
    "other founder": ("founder_of", "startups", "havelwerk-3d"),
    "manager elsewhere": ("manager_of", "incubators", "imt-starter"),
}
Change: TypeAlias = Callable[[Actor, UUID], Awaitable[Any]]


class Office:
    """GTEC and one of its start-ups, with nobody but one member of each kind."""

    def __init__(self, house: House) -> None:
        self.core = house.core
        self.members: dict[str, Actor] = {}
        self.memberships: dict[str, UUID] = {}
        self.gtec = self.startup = uuid4()

    async def fill(self) -> None:
        rows = self.core.database.rows

        async def empty(transaction: Transaction) -> None:
            await transaction.delete("memberships", EVERYTHING)

        await self.core.database.transact(empty)
        for name, (kind, table, slug) in _PEOPLE.items():
            place = await rows.by_slug(table, slug)
            assert place is not None
            new = NewPerson(name=name.title(), email=f"{name.replace(' ', '.')}@example.org")
            person = await add_person(self.core, new, **{kind: [place["id"]]})
            self.members[name] = await actor_of(self.core, person)
            (row,) = await rows.select("memberships", Equals("person_id", person))
            self.memberships[name] = row["id"]
            if slug == "gtec":
                self.gtec = place["id"]
            elif table == "startups":
                self.startup = place["id"]

    async def everything(self) -> list[list[Row]]:
        rows = self.core.database.rows
        return [await rows.select(table, EVERYTHING) for table in ("memberships", "invitations")]

    async def roles(self) -> dict[str, str]:
        """Return what the members are now, by name."""
        stored = {row["id"]: row["role"] for row in (await self.everything())[0]}
        return {name: stored[key] for name, key in self.memberships.items() if key in stored}

    async def managers(self) -> int:
        own = AllOf((Equals("incubator_id", self.gtec), Equals("role", "MANAGER")))
        return len(await self.core.database.rows.select("memberships", own))


@pytest.fixture
async def office(seeded: House) -> Office:
    made = Office(seeded)
    await made.fill()
    return made


async def refusal(work: Awaitable[Any]) -> tuple[str, str]:
    """Return code and sentence of what is refused."""
    with pytest.raises(Refused) as raised:
        await work
    (problem,) = raised.value.problems
    return str(problem.code), problem.message


HIDDEN = ("NOT_FOUND", "There is no such membership, or you may not see it.")
MANAGERS = ("FORBIDDEN", "Only managers of an incubator change its members.")
HOMES = ("FORBIDDEN", "Only staff of its home remove founders of a start-up.")
OWN = ("FORBIDDEN", "Members leave by themselves.")

# What the manager, the staff member and the founder are refused by each change, for each actor.
REFUSED: Mapping[str, Mapping[str, tuple[tuple[str, str] | None, ...]]] = {
    "change": {
        "administrator": (None, None, HIDDEN),
        "other manager": (None, None, MANAGERS),
        "manager elsewhere": (HIDDEN, HIDDEN, HIDDEN),
        "staff": (HIDDEN, MANAGERS, MANAGERS),
        "reviewer": (HIDDEN, HIDDEN, HIDDEN),
        "other founder": (HIDDEN, HIDDEN, MANAGERS),
        "anonymous": (HIDDEN, HIDDEN, HIDDEN),
    },
    "remove founder": {
        "administrator": (HIDDEN, HIDDEN, None),
        "other manager": (HIDDEN, HIDDEN, None),
        "manager elsewhere": (HIDDEN, HIDDEN, HIDDEN),
        "staff": (HIDDEN, HIDDEN, None),
        "reviewer": (HIDDEN, HIDDEN, HIDDEN),
        "other founder": (HIDDEN, HIDDEN, HOMES),
        "anonymous": (HIDDEN, HIDDEN, HIDDEN),
    },
    "leave": {
        "administrator": (None, None, None),
        "other manager": (OWN, OWN, OWN),
        "manager elsewhere": (HIDDEN, HIDDEN, HIDDEN),
        "staff": (HIDDEN, None, OWN),
        "reviewer": (HIDDEN, HIDDEN, HIDDEN),
        "other founder": (HIDDEN, HIDDEN, OWN),
        "anonymous": (HIDDEN, HIDDEN, HIDDEN),
    },
}
NO_TOKEN = ("UNAUTHENTICATED", "Changing something needs a token of a person.")


@pytest.mark.parametrize("who", REFUSED["leave"])
@pytest.mark.parametrize("kind", ["change", "remove", "remove founder", "leave"])
async def test_each_changes_what_the_table_says_and_nothing_else(
    office: Office, kind: str, who: str
) -> None:
    core = office.core
    changes: Mapping[str, Change] = {
        "change": lambda actor, key: change_member(core, actor, key, MemberRole.REVIEWER),
        "remove": lambda actor, key: remove_member(core, actor, key),
        "remove founder": lambda actor, key: remove_founder(core, actor, key),
        "leave": lambda actor, key: leave(core, actor, key),
    }
    actor = {"administrator": ADMIN, "anonymous": Actor()}.get(who) or office.members[who]
    expected = REFUSED["change" if kind == "remove" else kind][who]
    for whom, problem in zip(("manager", "staff", "founder"), expected, strict=True):
        before = await office.everything()
        key = office.memberships[whom]
        if problem is None:
            await changes[kind](actor, key)
            after = (await office.roles()).get(whom)
            assert after == ("REVIEWER" if kind == "change" else None)
            continue
        told = NO_TOKEN if who == "anonymous" else problem
        assert await refusal(changes[kind](actor, key)) == told
        if told == HIDDEN:
            assert await refusal(changes[kind](actor, uuid4())) == told
        assert await office.everything() == before


async def test_each_leaves_what_is_their_own(office: Office) -> None:
    for name in ("manager", "staff", "reviewer", "founder"):
        await leave(office.core, office.members[name], office.memberships[name])
    assert list(await office.roles()) == ["other manager", "other founder", "manager elsewhere"]


LAST = ("WRONG_STATE", "This is the last manager of the incubator.")


async def test_the_last_manager_stays_unless_an_administrator_says_otherwise(
    office: Office,
) -> None:
    core, manager, key = office.core, office.members["manager"], office.memberships["manager"]
    await remove_member(core, manager, office.memberships["other manager"])
    before = await office.everything()
    for change in (
        change_member(core, manager, key, MemberRole.STAFF),
        change_member(core, manager, key, MemberRole.REVIEWER),
        remove_member(core, manager, key),
        leave(core, manager, key),
    ):
        assert await refusal(change) == LAST
    assert await office.everything() == before
    await change_member(core, manager, key, MemberRole.MANAGER)
    assert await office.everything() == before
    await change_member(core, ADMIN, key, MemberRole.STAFF)
    assert await office.managers() == 0
    await change_member(core, ADMIN, key, MemberRole.MANAGER)
    await remove_member(core, ADMIN, key)
    assert await office.managers() == 0


@pytest.mark.parametrize("each", ["leaves", "removes the other", "steps down"])
async def test_of_two_managers_who_go_at_once_one_stays(office: Office, each: str) -> None:
    core, names = office.core, ("manager", "other manager")
    first, second = (office.members[name] for name in names)
    key, other = (office.memberships[name] for name in names)
    changes: Mapping[str, Callable[[], tuple[Awaitable[Any], ...]]] = {
        "leaves": lambda: (leave(core, first, key), leave(core, second, other)),
        "removes the other": lambda: (
            remove_member(core, first, other),
            remove_member(core, second, key),
        ),
        "steps down": lambda: (
            change_member(core, first, key, MemberRole.STAFF),
            change_member(core, second, other, MemberRole.STAFF),
        ),
    }
    answers = await asyncio.gather(*changes[each](), return_exceptions=True)
    (refused,) = [one for one in answers if isinstance(one, Refused)]
    assert refused.problems[0].message == LAST[1]
    assert await office.managers() == 1


async def test_what_is_removed_twice_at_once_is_removed_once(office: Office) -> None:
    manager, key = office.members["manager"], office.memberships["staff"]
    answers = await asyncio.gather(
        *(remove_member(office.core, manager, key) for _ in range(4)), return_exceptions=True
    )
    refused = [one.problems[0].code for one in answers if isinstance(one, Refused)]
    assert refused == ["NOT_FOUND"] * 3


async def test_nobody_becomes_a_founder_of_an_incubator(office: Office) -> None:
    before = await office.everything()
    change = change_member(office.core, ADMIN, office.memberships["staff"], MemberRole.FOUNDER)
    assert await refusal(change) == ("INVALID", "Founders are founders of a start-up.")
    assert await office.everything() == before


async def test_whoever_is_changed_or_goes_does_not_come_back_by_an_older_link(
    office: Office,
) -> None:
    core, manager = office.core, office.members["manager"]

    async def open_links() -> list[str]:
        stored = (await office.everything())[1]
        return [f"{one['email']} {one['role']}" for one in stored if one["revoked_at"] is None]

    for name in ("staff", "reviewer", "other manager"):
        new = NewInvitation(name=name, email=f"{name.replace(' ', '.')}@example.org")
        role = InvitedRole.MANAGER
        await invite_member(core, manager, new, incubator_id=office.gtec, role=role)
    founder = NewInvitation(name="x", email="founder@example.org")
    await invite_founder(core, manager, founder, startup_id=office.startup)
    stranger = NewInvitation(name="x", email="stranger@example.org")
    await invite_founder(core, manager, stranger, startup_id=office.startup)
    assert len(await open_links()) == 5
    await remove_member(core, manager, office.memberships["staff"])
    await change_member(core, manager, office.memberships["reviewer"], MemberRole.STAFF)
    await leave(core, office.members["other manager"], office.memberships["other manager"])
    assert await open_links() == ["founder@example.org FOUNDER", "stranger@example.org FOUNDER"]
    await remove_founder(core, manager, office.memberships["founder"])
    assert await open_links() == ["stranger@example.org FOUNDER"]

"""Invitations: who is let in by a link, once, as what; on both databases."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from softlanding.actors import Actor, operator
from softlanding.contract.channels import Message
from softlanding.domain.problems import Refused
from softlanding.domain.vocabulary import InvitedRole
from softlanding.predicates import EVERYTHING, Equals
from softlanding.services.accepting import Accepted, Invited, accept_invitation, invitation_of
from softlanding.services.authentication import actor_of, hash_of
from softlanding.services.invitations import (
    INVITATION_HOLDS,
    MOST_OPEN,
    NewInvitation,
    invite_founder,
    invite_member,
    invite_officer,
    revoke_invitation,
)
from softlanding.services.people import NewPerson, add_person, person_row, set_offices
from softlanding.storage.database import Transaction
from softlanding.storage.tables import Row
from softlanding.testing.house import House

PASSWORD = "three brass lanterns swinging"
NINA = NewInvitation(name="Nina New", email="nina.new@example.org")
ADMIN = operator("Ada Admin")


class Letters:
    """A channel that keeps its messages, by whom they are for."""

    def __init__(self) -> None:
        self.sent: list[Message] = []

    async def send(self, message: Message) -> None:
        self.sent.append(message)


class Office:
    """GTEC and one of its start-ups, and what was sent to people."""

    def __init__(self, house: House, gtec: Row, startup: Row) -> None:
        self.house = house
        self.core = house.core
        self.letters = Letters()
        self.core.console = self.letters
        self.gtec: UUID = gtec["id"]
        self.startup: UUID = startup["id"]

    async def link(self) -> str:
        """Return the secret of the link that was sent last."""
        await self.core.background.settle()
        found = re.search(r"/invitations/accept\?link=([\w-]{43})$", self.letters.sent[-1].text)
        assert found is not None
        return found[1]

    async def invited(self, role: InvitedRole, new: NewInvitation = NINA) -> str:
        """Invite somebody to GTEC, and return the secret of the link."""
        await invite_member(self.core, ADMIN, new, incubator_id=self.gtec, role=role)
        return await self.link()

    async def person(self, name: str, **memberships: list[UUID]) -> Actor:
        email = f"{name.lower().replace(' ', '.')}@example.org"
        new = NewPerson(name=name, email=email)
        return await actor_of(self.core, await add_person(self.core, new, **memberships))

    async def rows(self, table: str) -> list[Row]:
        return await self.core.database.rows.select(table, EVERYTHING)

    async def roles(self, person_id: UUID) -> list[str]:
        own = Equals("person_id", person_id)
        return [row["role"] for row in await self.core.database.rows.select("memberships", own)]


@pytest.fixture
async def office(seeded: House) -> Office:
    rows = seeded.core.database.rows
    gtec = await rows.by_slug("incubators", "gtec")
    startup = await rows.by_slug("startups", "havelwerk-3d")
    assert gtec is not None
    assert startup is not None
    return Office(seeded, gtec, startup)


async def refusal(work: Any) -> tuple[str, str]:
    """Return code and sentence of what is refused."""
    with pytest.raises(Refused) as raised:
        await work
    (problem,) = raised.value.problems
    return str(problem.code), problem.message


NO_INVITATION = ("NOT_FOUND", "This invitation does not hold any more, or never did.")


async def test_a_link_tells_its_holder_who_is_invited_to_what(office: Office) -> None:
    link = await office.invited(InvitedRole.REVIEWER)
    assert await invitation_of(office.core, link) == Invited(
        name="Nina New",
        email="nina.new@example.org",
        role=InvitedRole.REVIEWER,
        place="GTEC",
        is_known=False,
    )
    (message,) = office.letters.sent
    assert (message.to.address, message.text.splitlines()[0]) == (
        "nina.new@example.org",
        "Ada Admin invites you to be reviewer of GTEC at Soft Landing.",
    )
    (row,) = await office.rows("invitations")
    assert row["hash"] == hash_of(link)
    assert link not in str(row)
    await invite_founder(office.core, ADMIN, NINA, startup_id=office.startup)
    assert (await invitation_of(office.core, await office.link())).place == "Havelwerk 3D"
    await invite_officer(office.core, ADMIN, NINA, role=InvitedRole.AUDITOR)
    assert (await invitation_of(office.core, await office.link())).place == "the network"


async def test_links_that_do_not_hold_are_all_refused_in_one_sentence(office: Office) -> None:
    used = await office.invited(InvitedRole.STAFF)
    await accept_invitation(office.core, used, PASSWORD)
    revoked = await office.invited(InvitedRole.STAFF)
    await revoke_invitation(office.core, ADMIN, (await office.rows("invitations"))[-1]["id"])
    expired = await office.invited(InvitedRole.STAFF)
    office.house.clock.move_to(office.core.clock.today() + INVITATION_HOLDS)
    before = [await office.rows(table) for table in ("persons", "memberships", "invitations")]
    for link in (used, revoked, expired, "unknown", ""):
        assert await refusal(invitation_of(office.core, link)) == NO_INVITATION
        assert await refusal(accept_invitation(office.core, link, PASSWORD)) == NO_INVITATION
    after = [await office.rows(table) for table in ("persons", "memberships", "invitations")]
    assert after == before


async def test_a_link_holds_to_its_last_moment(office: Office) -> None:
    link = await office.invited(InvitedRole.STAFF)
    office.house.clock.move_to(office.core.clock.today() + INVITATION_HOLDS - timedelta(days=1))
    assert (await accept_invitation(office.core, link, PASSWORD)).is_new


ROLES = (InvitedRole.REVIEWER, InvitedRole.STAFF, InvitedRole.MANAGER)


@pytest.mark.parametrize("invited", ROLES)
@pytest.mark.parametrize("before", ROLES)
async def test_a_member_becomes_the_higher_of_what_they_are_and_are_invited_to_be(
    office: Office, before: InvitedRole, invited: InvitedRole
) -> None:
    first = await accept_invitation(office.core, await office.invited(before), PASSWORD)
    stored = await office.core.database.rows.one("persons", first.person_id)
    again = NewInvitation(name="Another Name", email="NINA.NEW@example.org")
    second = await accept_invitation(office.core, await office.invited(invited, again), "ignored")
    assert (first.is_new, second) == (True, Accepted(first.person_id, is_new=False))
    assert await office.roles(first.person_id) == [str(max(before, invited, key=ROLES.index))]
    assert await office.core.database.rows.one("persons", first.person_id) == stored


async def test_offices_are_added_to_what_somebody_is(office: Office) -> None:
    person = None
    for role in (InvitedRole.AUDITOR, InvitedRole.ADMINISTRATOR, InvitedRole.AUDITOR):
        await invite_officer(office.core, ADMIN, NINA, role=role)
        accepted = await accept_invitation(office.core, await office.link(), PASSWORD)
        assert accepted.is_new is (person is None)
        person = accepted.person_id
    assert person is not None
    actor = await actor_of(office.core, person)
    assert (actor.is_admin, actor.is_auditor, await office.roles(person)) == (True, True, [])


async def test_a_link_that_is_accepted_many_times_at_once_is_used_once(office: Office) -> None:
    link = await office.invited(InvitedRole.STAFF)
    answers = await asyncio.gather(
        *(accept_invitation(office.core, link, PASSWORD) for _ in range(8)), return_exceptions=True
    )
    accepted = [one for one in answers if isinstance(one, Accepted)]
    refused = [one for one in answers if isinstance(one, Refused)]
    assert (len(accepted), len(refused)) == (1, 7)
    assert await office.roles(accepted[0].person_id) == ["STAFF"]


async def test_many_links_of_one_new_person_at_once_make_one_person_and_one_member_of_each_place(
    office: Office,
) -> None:
    links = [await office.invited(role) for role in (*ROLES, *ROLES)]
    await invite_founder(office.core, ADMIN, NINA, startup_id=office.startup)
    links.append(await office.link())
    await invite_officer(office.core, ADMIN, NINA, role=InvitedRole.AUDITOR)
    links.append(await office.link())
    answers = await asyncio.gather(
        *(accept_invitation(office.core, link, PASSWORD) for link in links)
    )
    (person,) = {one.person_id for one in answers}
    assert sorted(one.is_new for one in answers) == [False] * (len(links) - 1) + [True]
    assert sorted(await office.roles(person)) == ["FOUNDER", "MANAGER"]
    assert (await actor_of(office.core, person)).is_auditor


WAITING = """SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'"""


async def test_somebody_new_who_is_added_by_another_link_meanwhile_is_one_person(
    office: Office, engine: str
) -> None:
    link = await office.invited(InvitedRole.STAFF)
    other = person_row(office.core, name="Nina Other", email="nina.new@example.org")

    async def add_other(transaction: Transaction) -> asyncio.Task[Accepted]:
        await transaction.insert("persons", other)
        accepting = asyncio.create_task(accept_invitation(office.core, link, PASSWORD))
        # SQLite lets one write at a time; on PostgreSQL the second waits for the address.
        while engine == "postgresql" and not await office.core.database.rows.fetch(WAITING, []):
            pass
        return accepting

    accepted = await (await office.core.database.transact(add_other))
    assert accepted == Accepted(other["id"], is_new=False)
    assert await office.roles(other["id"]) == ["STAFF"]
    assert other in await office.rows("persons")


async def test_what_is_accepted_and_taken_back_at_once_is_one_of_both(office: Office) -> None:
    for number in range(5):
        new = NewInvitation(name="Nina New", email=f"nina{number}@example.org")
        link = await office.invited(InvitedRole.STAFF, new)
        key = (await office.rows("invitations"))[-1]["id"]
        accepted, revoked = await asyncio.gather(
            accept_invitation(office.core, link, PASSWORD),
            revoke_invitation(office.core, ADMIN, key),
            return_exceptions=True,
        )
        assert isinstance(accepted, Accepted) is isinstance(revoked, Refused)
        row = (await office.rows("invitations"))[-1]
        assert (row["accepted_at"] is None) is (row["revoked_at"] is not None)


async def test_whoever_loses_an_office_does_not_take_it_again_by_a_link(office: Office) -> None:
    person = await office.person("Nina New")
    assert person.person_id is not None
    await set_offices(office.core, person.person_id, is_admin=True, is_auditor=None)
    await invite_officer(office.core, ADMIN, NINA, role=InvitedRole.ADMINISTRATOR)
    link = await office.link()
    elsewhere = await office.invited(InvitedRole.STAFF)
    await set_offices(office.core, person.person_id, is_admin=False, is_auditor=None)
    assert await refusal(accept_invitation(office.core, link, None)) == NO_INVITATION
    await accept_invitation(office.core, elsewhere, None)
    assert await office.roles(person.person_id) == ["STAFF"]


async def test_a_hundred_invitations_to_a_place_are_open_at_most(office: Office) -> None:
    new = [NewInvitation(name="X Y", email=f"x{number}@example.org") for number in range(MOST_OPEN)]
    for one in new:
        await office.invited(InvitedRole.STAFF, one)
    full = ("CONFLICT", "100 invitations are open, which is the most.")
    assert await refusal(office.invited(InvitedRole.STAFF)) == full
    assert len(office.letters.sent) == len(await office.rows("invitations")) == MOST_OPEN
    await invite_founder(office.core, ADMIN, NINA, startup_id=office.startup)
    await invite_officer(office.core, ADMIN, NINA, role=InvitedRole.AUDITOR)
    await revoke_invitation(office.core, ADMIN, (await office.rows("invitations"))[0]["id"])
    await office.invited(InvitedRole.STAFF)
    assert await refusal(office.invited(InvitedRole.STAFF)) == full
    office.house.clock.move_to(office.core.clock.today() + INVITATION_HOLDS)
    await office.invited(InvitedRole.STAFF)


# Who may invite to what: to GTEC, as founder of its start-up, to an office of the network.
MAY_INVITE = {
    "administrator": (True, True, True),
    "manager": (True, True, False),
    "staff": (False, True, False),
    "reviewer": (False, False, False),
    "founder": (False, False, False),
    "manager elsewhere": (False, False, False),
    "nobody": (False, False, False),
}


@pytest.mark.parametrize("who", MAY_INVITE)
async def test_each_invites_whom_the_table_says_and_nobody_else(office: Office, who: str) -> None:
    imt = await office.core.database.rows.by_slug("incubators", "imt-starter")
    assert imt is not None
    actors = {
        "administrator": ADMIN,
        "manager": await office.person("Mia Manager", manager_of=[office.gtec]),
        "staff": await office.person("Stan Staff", staff_of=[office.gtec]),
        "reviewer": await office.person("Rita Reviewer", reviewer_of=[office.gtec]),
        "founder": await office.person("Fay Founder", founder_of=[office.startup]),
        "manager elsewhere": await office.person("Otto Other", manager_of=[imt["id"]]),
        "nobody": await office.person("Nora Nobody"),
    }
    core, actor = office.core, actors[who]
    invited: tuple[Callable[[], Awaitable[UUID]], ...] = (
        lambda: invite_member(core, actor, NINA, incubator_id=office.gtec, role=InvitedRole.STAFF),
        lambda: invite_founder(core, actor, NINA, startup_id=office.startup),
        lambda: invite_officer(core, actor, NINA, role=InvitedRole.AUDITOR),
    )
    for invite, may in zip(invited, MAY_INVITE[who], strict=True):
        before = await office.rows("invitations")
        if may:
            await revoke_invitation(core, actor, await invite())
            assert len(await office.rows("invitations")) == len(before) + 1
        else:
            assert (await refusal(invite()))[0] == "FORBIDDEN"
            assert await office.rows("invitations") == before


async def test_an_invitation_that_is_hidden_is_refused_as_one_that_does_not_exist(
    office: Office,
) -> None:
    await office.invited(InvitedRole.STAFF)
    (row,) = await office.rows("invitations")
    staff = await office.person("Stan Staff", staff_of=[office.gtec])
    hidden = await refusal(revoke_invitation(office.core, staff, row["id"]))
    assert hidden == await refusal(revoke_invitation(office.core, staff, uuid4()))
    assert hidden == ("NOT_FOUND", "There is no such invitation, or you may not see it.")
    assert await office.rows("invitations") == [row]

"""What ways in leave behind is deleted, each in its time; on both databases."""

from datetime import timedelta

from softlanding.actors import operator
from softlanding.domain.vocabulary import InvitedRole
from softlanding.predicates import EVERYTHING
from softlanding.services.attempts import account, count_attempt
from softlanding.services.duties import do_duties
from softlanding.services.invitations import NewInvitation, invite_officer
from softlanding.services.password_resets import reset_link
from softlanding.services.people import NewPerson, add_person
from softlanding.services.sessions import open_session
from softlanding.testing.house import House

TABLES = ("password_resets", "sign_in_attempts", "sessions", "invitations")


async def left(house: House) -> list[str]:
    rows = house.core.database.rows
    return [table for table in TABLES if await rows.select(table, EVERYTHING)]


async def test_what_is_over_is_deleted_once_a_day(house: House) -> None:
    core = house.core
    person = await add_person(core, NewPerson(name="Ada Admin", email="ada@example.org"))
    await reset_link(core, person)
    await open_session(core, person, method="password", user_agent="test")
    await count_attempt(core, account("password", "ada@example.org"))
    new = NewInvitation(name="Nina New", email="nina@example.org")
    await invite_officer(core, operator("test"), new, role=InvitedRole.AUDITOR)
    start = core.clock.today()
    for days, expected in (
        (0, list(TABLES)),
        (3, ["password_resets", "sessions", "invitations"]),
        (9, ["sessions", "invitations"]),
        (39, ["invitations"]),
        (99, []),
    ):
        house.clock.move_to(start + timedelta(days=days))
        await do_duties(core)
        assert await left(house) == expected, days

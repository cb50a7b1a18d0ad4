"""Why somebody may see or do something: the line of the table that decides, in words."""

from uuid import UUID

import pytest

from softlanding.actors import operator
from softlanding.predicates import EVERYTHING
from softlanding.services.api_keys import NewApiKey, create_api_key, revoke_api_key
from softlanding.services.why import CannotExplain, known_actor, why
from softlanding.storage.tables import Row
from softlanding.testing.house import House


async def explained(house: House, who: str, action: str, table: str, slug: str = "") -> str:
    rows = house.core.database.rows
    row = await rows.by_slug(table, slug) if slug else (await submitted_stay(house))
    assert row is not None
    return str(await why(house.core, await known_actor(house.core, who), action, table, row["id"]))


async def submitted_stay(house: House) -> Row:
    """Return a stay that GTEC receives and that is not public."""
    core = house.core
    gtec = await core.database.rows.by_slug("incubators", "gtec")
    assert gtec is not None
    stays = await core.database.rows.select("stays", EVERYTHING, order=("id",))
    return next(
        one
        for one in stays
        if one["host_id"] == gtec["id"] and one["state"] in {"SUBMITTED", "IN_REVIEW", "ACCEPTED"}
    )


@pytest.fixture
async def people(seeded: House) -> House:
    await seeded.person("Hugo Host", staff_of=["gtec"])
    await seeded.person("Rita Reviewer", reviewer_of=["gtec"])
    await seeded.person("Sara Stranger", staff_of=["f6s-network"])
    await seeded.person("Aude Auditor", auditor=True)
    await seeded.person("Ada Admin", admin=True)
    return seeded


async def test_reading_a_row_names_the_line_that_shows_it(people: House) -> None:
    assert await explained(people, "anonymous", "read", "incubators", "gtec") == (
        "yes\n  incubators: everybody see published ones"
    )
    assert await explained(people, "hugo.host@example.org", "read", "stays") == (
        "yes\n  stays: staff of the host incubator see submitted ones at their incubator"
    )
    assert await explained(people, "aude.auditor@example.org", "read", "stays") == (
        "yes\n  stays: auditors see all"
    )


async def test_a_hidden_row_names_the_lines_that_do_not_apply(people: House) -> None:
    assert await explained(people, "sara.stranger@example.org", "read", "stays") == (
        "no\n"
        "  stays: founders of the start-up see those of their start-ups; this is none of it\n"
        "  stays: staff of the home incubator see those that their incubator sends; this is none"
        " of it\n"
        "  stays: staff of the host incubator see submitted ones at their incubator; this is none"
        " of it\n"
        "  stays: reviewers of the host incubator see submitted ones at their incubator; this is"
        " none of it\n"
        "  stays: everybody see from CONFIRMED on and never cancelled, with all three sides"
        " published; this is none of it"
    )


async def test_reading_a_field_names_who_may(people: House) -> None:
    assert await explained(people, "rita.reviewer@example.org", "read.goals", "stays") == (
        "yes\n  stays.goals: for reviewers of the host incubator"
    )
    assert await explained(people, "rita.reviewer@example.org", "read.travellers", "stays") == (
        "no\n"
        "  stays.travellers: for founders of the start-up; the actor is none of them\n"
        "  stays.travellers: for staff of the home incubator; the actor is none of them\n"
        "  stays.travellers: for staff of the host incubator; the actor is none of them"
    )
    assert await explained(people, "anonymous", "read.name", "incubators", "gtec") == (
        "yes\n  incubators.name: whoever sees the row"
    )


async def test_an_action_names_the_line_that_grants_it(people: House) -> None:
    assert await explained(people, "hugo.host@example.org", "acceptStay", "stays") == (
        "yes\n  accept_stay: for staff of the host incubator"
    )
    assert await explained(people, "rita.reviewer@example.org", "acceptStay", "stays") == (
        "no\n  accept_stay: for staff of the host incubator; the actor is none of them"
    )
    assert await explained(people, "aude.auditor@example.org", "acceptStay", "stays") == (
        "no\n  accept_stay: for staff of the host incubator; the actor is none of them"
    )
    assert await explained(people, "ada.admin@example.org", "acceptStay", "stays") == (
        "yes\n  accept_stay: administrators do all"
    )
    told = await explained(people, "sara.stranger@example.org", "acceptStay", "stays")
    assert told.splitlines()[-1] == "  accept_stay: who does not see a row does nothing to it"


async def test_a_key_is_explained_by_its_scope(people: House) -> None:
    gtec = await people.core.database.rows.by_slug("incubators", "gtec")
    assert gtec is not None
    new = NewApiKey(label="site", drafts=True, mutations=["acceptStay"])
    secret, _ = await create_api_key(
        people.core, operator("test"), new, incubator_id=UUID(str(gtec["id"]))
    )
    key = secret[:12]
    assert await explained(people, key, "acceptStay", "stays") == (
        "yes\n  accept_stay: for staff of the host incubator"
    )
    assert await explained(people, key, "declineStay", "stays") == (
        "no\n  decline_stay: the key's scope does not name it"
    )
    assert await explained(people, key, "waiveStep", "stays") == (
        "no\n  waive_step: people only, no keys"
    )


async def test_a_key_is_explained_by_its_types_and_fields_and_as_long_as_it_is_in_force(
    people: House,
) -> None:
    core = people.core
    gtec = await core.database.rows.by_slug("incubators", "gtec")
    assert gtec is not None
    new = NewApiKey(label="site", types=["Startup", "Stay"], fields=["Stay.goals"], drafts=True)
    secret, key_id = await create_api_key(
        core, operator("test"), new, incubator_id=UUID(str(gtec["id"]))
    )
    key = secret[:12]
    beyond = "the key's scope does not name it"
    assert (
        await explained(people, key, "read", "incubators", "gtec") == f"no\n  Incubator: {beyond}"
    )
    assert await explained(people, key, "read.goals", "stays") == (
        "yes\n  stays.goals: for staff of the host incubator"
    )
    assert await explained(people, key, "read.motivation", "stays") == (
        f"no\n  Stay.motivation: {beyond}"
    )
    assert await explained(people, key, "read.arrival", "stays") == (
        "yes\n  stays.arrival: whoever sees the row"
    )
    await revoke_api_key(core, operator("test"), key_id)
    with pytest.raises(CannotExplain, match="was revoked or is over"):
        await explained(people, key, "read", "stays")


@pytest.mark.parametrize(
    ("who", "action", "message"),
    [
        ("nobody@example.org", "read", "There is no person nobody@example.org."),
        ("slk_nothing", "read", "slk_nothing is neither anonymous, nor"),
        ("anonymous", "paint", "There is no action paint; there are read"),
        ("anonymous", "acceptStay", "accept_stay is done to a row of stays, this is one of inc"),
    ],
)
async def test_what_cannot_be_explained_is_told_in_a_sentence(
    people: House, who: str, action: str, message: str
) -> None:
    with pytest.raises(CannotExplain, match=message):
        await explained(people, who, action, "incubators", "gtec")

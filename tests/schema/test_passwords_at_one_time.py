"""What happens at one time: a password is chosen while others sign in, or choose one too."""

import asyncio
from typing import Any

import pytest
from argon2 import PasswordHasher, extract_parameters
from tests.schema.test_sign_in import (
    EMAIL,
    FAY,
    HERE,
    NO_ACCOUNT,
    PASSWORD,
    person_id,
    sign_in,
    told,
    who,
)
from tests.schema.test_sign_in import fay as fay

from softlanding.domain.problems import Refused
from softlanding.predicates import EVERYTHING
from softlanding.services.attempts import address
from softlanding.services.password_resets import reset_link, set_password
from softlanding.services.passwords import NOBODYS, hashed, person_with
from softlanding.services.sessions import open_session
from softlanding.testing.house import House

OTHER = "four green windmills turn"
NO_LINK = (404, "This link does not hold any more, or never did.")


async def choose(house: House, link: str, password: str) -> Any:
    form = {"link": link, "password": password}
    return await house.http.post("/password/new", data=form, headers=HERE)


async def test_a_new_password_ends_all_other_links(fay: House) -> None:
    first, second = [await reset_link(fay.core, await person_id(fay)) for _ in range(2)]
    assert (await choose(fay, first, OTHER)).status_code == 303
    assert told(await choose(fay, second, PASSWORD)) == NO_LINK
    assert (await sign_in(fay, password=OTHER)).status_code == 303


async def test_of_several_links_used_at_one_time_one_holds(fay: House) -> None:
    links = [await reset_link(fay.core, await person_id(fay)) for _ in range(4)]
    passwords = [f"{word} green windmills turn" for word in ("two", "three", "four", "five")]
    answers = await asyncio.gather(*map(choose, [fay] * 4, links, passwords))
    assert sorted(answer.status_code for answer in answers) == [303, 404, 404, 404]
    fay.http.cookies.clear()
    signed_in = [(await sign_in(fay, password=one)).status_code for one in passwords]
    assert signed_in == [
        answer.status_code if answer.status_code == 303 else 401 for answer in answers
    ]


async def test_a_link_used_twice_at_one_time_holds_once(fay: House) -> None:
    link = await reset_link(fay.core, await person_id(fay))
    answers = await asyncio.gather(*(choose(fay, link, OTHER) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [303, 404, 404, 404]


async def test_whoever_knew_the_old_password_is_not_signed_in_after_the_new_one(fay: House) -> None:
    verified = await person_with(fay.core, EMAIL, PASSWORD)
    assert verified is not None
    await set_password(fay.core, verified.person_id, await hashed(OTHER))
    with pytest.raises(Refused, match=r"The password was changed a moment ago\."):
        await open_session(
            fay.core,
            verified.person_id,
            method="password",
            user_agent="",
            chosen_at=verified.chosen_at,
        )
    assert await fay.core.database.rows.select("sessions", EVERYTHING) == []
    assert told(await sign_in(fay)) == NO_ACCOUNT


async def test_a_password_stored_with_older_parameters_is_stored_anew(fay: House) -> None:
    older = PasswordHasher(memory_cost=1024, time_cost=1, parallelism=1).hash(PASSWORD)
    await set_password(fay.core, await person_id(fay), older)
    answers = await asyncio.gather(*(sign_in(fay) for _ in range(3)))
    assert [answer.status_code for answer in answers] == [303] * 3
    person = await fay.core.database.rows.one("persons", await person_id(fay))
    assert person is not None
    assert extract_parameters(person["password_hash"]) == extract_parameters(NOBODYS)
    assert (await sign_in(fay)).status_code == 303


async def test_somebody_ends_all_their_other_sessions(fay: House) -> None:
    for _ in range(2):
        assert (await sign_in(fay)).status_code == 303
        fay.http.cookies.clear()
    await sign_in(fay)
    assert "End all other sessions" in (await fay.http.get("/sign-in")).text
    answer = await fay.http.post("/sign-out/others", headers=HERE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert await who(fay) == FAY
    sessions = await fay.core.database.rows.select("sessions", EVERYTHING, order=("id",))
    assert [session["ended_at"] is None for session in sessions] == [False, False, True]
    foreign = await fay.http.post("/sign-out/others", headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403


async def test_whoever_is_signed_out_ends_nobody_elses_session(fay: House) -> None:
    await sign_in(fay)
    kept = fay.http.cookies["softlanding"]
    fay.http.cookies.set("softlanding", "sls_unknown")
    await fay.http.post("/sign-out/others", headers=HERE)
    fay.http.cookies.set("softlanding", kept)
    assert await who(fay) == FAY


async def test_ten_passwords_a_minute_are_looked_at_by_a_link(fay: House) -> None:
    link = await reset_link(fay.core, await person_id(fay))
    statuses = [(await choose(fay, link, "password1234")).status_code for _ in range(11)]
    assert statuses == [400] * 10 + [429]
    answer = await choose(fay, link, OTHER)
    assert answer.headers["retry-after"] == "60"
    assert f'name="link" value="{link}"' in answer.text


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.8", False),
        ("203.0.113.7", "::ffff:203.0.113.7", True),
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::8", True),
        ("2001:db8:1:2::7", "2001:db8:1:3::7", False),
        ("unknown", "testclient", False),
    ],
)
def test_addresses_of_one_network_are_counted_as_one(one: str, other: str, same: bool) -> None:
    assert (address("password", one) == address("password", other)) is same

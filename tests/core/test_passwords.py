"""Passwords as they are stored; that they are refused or accepted, `test_sign_in` says."""

import asyncio

import pytest
from argon2 import extract_parameters

from softlanding.domain.problems import Refused
from softlanding.services.passwords import NOBODYS, hashed


async def test_where_there_is_no_account_as_much_is_worked_out() -> None:
    stored = await hashed("seven small boats at noon")
    assert extract_parameters(NOBODYS) == extract_parameters(stored)
    assert stored.startswith("$argon2id$v=19$m=47104,t=1,p=1$")


async def test_a_password_is_stored_differently_each_time() -> None:
    password = "seven small boats at noon"
    assert await hashed(password) != await hashed(password)


@pytest.mark.parametrize("length", [12, 31, 32, 33, 72, 73, 255, 256])
async def test_every_length_from_12_to_256_is_taken(length: int) -> None:
    password = ("vkq7 zephyr mule " * 16)[:length]
    assert (await hashed(password)).startswith("$argon2id$")


async def test_the_loop_turns_while_a_password_is_estimated() -> None:
    refused = asyncio.create_task(hashed("passwordpassword"))
    turns = 0
    while not refused.done():
        turns += 1
        await asyncio.sleep(0)
    # An estimate on the loop would be done with the first turn.
    assert turns > 2
    with pytest.raises(Refused):
        await refused


async def test_what_is_known_of_one_person_is_not_looked_for_in_the_password_of_another() -> None:
    password = "wilhelmina.vandergraaf"
    own, others = await asyncio.gather(
        hashed(password, known=(password,)),
        hashed(password, known=("Somebody Else",)),
        return_exceptions=True,
    )
    assert isinstance(own, Refused)
    assert isinstance(others, str)

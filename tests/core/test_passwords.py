"""Passwords as they are stored; that they are refused or accepted, `test_sign_in` says."""

from argon2 import extract_parameters

from softlanding.services.passwords import NOBODYS, hashed


async def test_where_there_is_no_account_as_much_is_worked_out() -> None:
    stored = await hashed("seven small boats at noon")
    assert extract_parameters(NOBODYS) == extract_parameters(stored)
    assert stored.startswith("$argon2id$v=19$m=47104,t=1,p=1$")


async def test_a_password_is_stored_differently_each_time() -> None:
    password = "seven small boats at noon"
    assert await hashed(password) != await hashed(password)
